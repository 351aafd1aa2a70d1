import type { Messages } from '../shared/messages.js';
import { booking } from './zh-Hans/booking.js';
import { call } from './zh-Hans/call.js';
import { check } from './zh-Hans/check.js';
import { composer } from './zh-Hans/composer.js';
import { dashboard } from './zh-Hans/dashboard.js';
import { gate } from './zh-Hans/gate.js';
import { guest } from './zh-Hans/guest.js';
import { history } from './zh-Hans/history.js';
import { notes } from './zh-Hans/notes.js';
import { problems } from './zh-Hans/problems.js';
import { queue } from './zh-Hans/queue.js';
import { weak } from './zh-Hans/weak.js';

/** Every sentence in Chinese, in simplified characters. */
export const messagesZhHans: Messages = {
  ...booking,
  ...call,
  ...check,
  ...composer,
  ...dashboard,
  ...gate,
  ...guest,
  ...history,
  ...notes,
  ...problems,
  ...queue,
  ...weak,
};
