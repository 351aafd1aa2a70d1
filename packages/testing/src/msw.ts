export { sessionHandlers } from './msw/handlers.js';
export type { SessionHandlersOptions } from './msw/handlers.js';
