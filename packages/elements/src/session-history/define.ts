import { SessionHistory } from './session-history.js';

SessionHistory.define();
