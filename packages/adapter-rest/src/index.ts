export { createRestBackend } from './rest-backend.js';
export type { RestBackend, RestBackendOptions } from './rest-backend.js';
export type { GetToken } from './tokens.js';
