import { SessionScope } from './session-scope.js';

SessionScope.define();
