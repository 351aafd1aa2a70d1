import { SessionCall } from './session-call.js';

SessionCall.define();
