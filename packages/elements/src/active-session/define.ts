import { ActiveSession } from './active-session.js';

ActiveSession.define();
