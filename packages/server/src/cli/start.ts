import { Hono } from 'hono';
import { loadConfig, type Config } from '../config.js';
import { listen } from '../listen.js';
import { jsonLog } from '../log.js';
import { createServer } from '../server.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';

const STOP_AT_THE_LATEST = 5_000;

/** Starts the server from environment variables; it stops at SIGTERM or SIGINT. */
export async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const log = jsonLog((line) => process.stdout.write(line));
  const store = await openSqliteStore(config);
  const session = createServer({ config, store, log });
  const app = new Hono().route(new URL(config.publicUrl).pathname, session.app);
  const listening = await listen(app.fetch, config).catch(async (error: unknown) => {
    await session.close();
    await store.close();
    throw error;
  });
  session.attach(listening.server);
  log({ level: 'info', event: 'started', ...where(config, listening.port) });

  const stop = (signal: string): void => {
    log({ level: 'info', event: 'stopping', signal });
    setTimeout(endAtOnce, STOP_AT_THE_LATEST).unref();
    void session
      .close()
      .then(() => listening.stop())
      .then(() => store.close())
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Without `exit`, which waits for a write that hangs. What was acknowledged is kept already. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

function where(config: Config, port: number): { address: string; publicUrl: string; dataFolder: string } {
  return { address: `http://${config.host}:${port}`, publicUrl: config.publicUrl, dataFolder: config.dataFolder };
}
