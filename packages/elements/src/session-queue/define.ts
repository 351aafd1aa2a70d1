import { SessionQueue } from './session-queue.js';

SessionQueue.define();
