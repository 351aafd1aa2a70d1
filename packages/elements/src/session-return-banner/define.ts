import { SessionReturnBanner } from './session-return-banner.js';

SessionReturnBanner.define();
