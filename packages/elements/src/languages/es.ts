import type { Messages } from '../shared/messages.js';
import { booking } from './es/booking.js';
import { call } from './es/call.js';
import { check } from './es/check.js';
import { composer } from './es/composer.js';
import { dashboard } from './es/dashboard.js';
import { gate } from './es/gate.js';
import { guest } from './es/guest.js';
import { history } from './es/history.js';
import { notes } from './es/notes.js';
import { problems } from './es/problems.js';
import { queue } from './es/queue.js';
import { weak } from './es/weak.js';

/** Every sentence in Spanish, for every region. */
export const messagesEs: Messages = {
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
