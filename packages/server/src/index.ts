export { systemClock } from './clock.js';
export type { Clock } from './clock.js';
export { ConfigError, loadConfig, secretKey } from './config.js';
export type { AuthConfig, Config, ServerConfig } from './config.js';
export { listen } from './listen.js';
export type { Listening } from './listen.js';
export { jsonLog, silentLog } from './log.js';
export type { Log, LogEntry } from './log.js';
export { createServer } from './server.js';
export type { ServerOptions, SessionServer } from './server.js';
export { seed } from './store/seed.js';
export type { Seed } from './store/seed.js';
export { openSqliteStore } from './store/sqlite/sqlite-store.js';
export type { SqliteStoreOptions } from './store/sqlite/sqlite-store.js';
export { StoreUnavailableError } from './store/store.js';
export type { Store, StoreView } from './store/store.js';
export type {
  Audience,
  BookingRecord,
  EventRecord,
  GrantRecord,
  LeaseRecord,
  NoteRecord,
  OpeningHours,
  PersonRecord,
  RememberedAnswer,
} from './store/records.js';
