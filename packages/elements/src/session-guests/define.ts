import { SessionGuests } from './session-guests.js';

SessionGuests.define();
