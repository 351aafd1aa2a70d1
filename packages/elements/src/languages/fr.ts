import type { Messages } from '../shared/messages.js';
import { booking } from './fr/booking.js';
import { call } from './fr/call.js';
import { check } from './fr/check.js';
import { composer } from './fr/composer.js';
import { dashboard } from './fr/dashboard.js';
import { gate } from './fr/gate.js';
import { guest } from './fr/guest.js';
import { history } from './fr/history.js';
import { notes } from './fr/notes.js';
import { problems } from './fr/problems.js';
import { queue } from './fr/queue.js';
import { weak } from './fr/weak.js';

/** Every sentence in French, for every region. Two-part marks have a narrow no-break space before them (U+202F). */
export const messagesFr: Messages = {
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
