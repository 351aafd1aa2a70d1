/** Registers every element. */
import './session-scope/define.js';
import './active-session/define.js';
import './booking-required/define.js';
import './appointment-actions/define.js';
import './book-appointment/define.js';
import './device-check/define.js';
import './session-call/define.js';
import './note-composer/define.js';
import './session-return-banner/define.js';
import './provider-notes/define.js';
import './session-guests/define.js';
import './session-queue/define.js';
import './session-history/define.js';
import './provider-dashboard/define.js';
