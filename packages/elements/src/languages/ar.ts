import type { Messages } from '../shared/messages.js';
import { booking } from './ar/booking.js';
import { call } from './ar/call.js';
import { check } from './ar/check.js';
import { composer } from './ar/composer.js';
import { dashboard } from './ar/dashboard.js';
import { gate } from './ar/gate.js';
import { guest } from './ar/guest.js';
import { history } from './ar/history.js';
import { notes } from './ar/notes.js';
import { problems } from './ar/problems.js';
import { queue } from './ar/queue.js';
import { weak } from './ar/weak.js';

/** Every sentence in Modern Standard Arabic, worded so that it fits whoever reads it and whoever it names. */
export const messagesAr: Messages = {
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
