import { fileURLToPath } from 'node:url';
import { createServer, listen, loadConfig, openSqliteStore, seed, type Log } from '@active-session/server';
import { Hono, type MiddlewareHandler } from 'hono';
import { HOURS, PEOPLE } from './people.js';
import { createSite } from './site.js';
import { AUDIENCE, createSignIn, ISSUER, signingSecret } from './sign-in.js';

const MOUNT = '/api/session/v1';
const DEFAULT_PORT = '4300';
const DEFAULT_TOKEN_SECONDS = 900;
const DATA = fileURLToPath(new URL('../data', import.meta.url));

/** Starts the demo on one port: the reference backend, the portal's pages, and signing in by choosing a person. */
async function start(): Promise<void> {
  const folder = process.env['ACTIVE_SESSION_DATA_FOLDER'] ?? DATA;
  const secret = await signingSecret(folder);
  const config = loadConfig({
    ACTIVE_SESSION_PORT: DEFAULT_PORT,
    ...process.env,
    ACTIVE_SESSION_DATA_FOLDER: folder,
    ACTIVE_SESSION_JWT_SECRET: secret,
    ACTIVE_SESSION_JWT_ISSUER: ISSUER,
    ACTIVE_SESSION_JWT_AUDIENCE: AUDIENCE,
  });
  const store = await openSqliteStore(config);
  await seed(store, { people: PEOPLE, hours: HOURS });
  const backend = createServer({ config, store, log });

  const portal = new Hono();
  portal.use(oneAddress);
  portal.route('/sign-in', createSignIn(secret, tokenSeconds()));
  portal.route(MOUNT, backend.app);
  portal.route('/', createSite());
  const listening = await listen(portal.fetch, config);
  backend.attach(listening.server);
  greet(`http://localhost:${String(listening.port)}`);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void backend
        .close()
        .then(() => listening.stop())
        .then(() => store.close());
    });
  }
}

/** A sign-in that ends soon shows what pages make of it. */
function tokenSeconds(): number {
  const text = process.env['ACTIVE_SESSION_DEMO_TOKEN_SECONDS'];
  if (!text) return DEFAULT_TOKEN_SECONDS;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error('ACTIVE_SESSION_DEMO_TOKEN_SECONDS must be a number of seconds.');
  return Number(text);
}

/** The pages, their tickets and the camera's permission all go by one name: a page at 127.0.0.1 would be another origin. */
const oneAddress: MiddlewareHandler = async (context, next) => {
  const url = new URL(context.req.url);
  if (url.hostname === '127.0.0.1') {
    url.hostname = 'localhost';
    return context.redirect(url.href);
  }
  await next();
  return undefined;
};

const log: Log = (entry) => {
  if (entry.level === 'error') process.stderr.write(`${JSON.stringify(entry)}\n`);
};

function greet(origin: string): void {
  process.stdout.write(`
  The demo is running.

    Patient    ${origin}/patient?as=sam
    Provider   ${origin}/provider?as=dr-smith
    Everybody  ${origin}/

  1. On the patient's page, book Dr. Smith: take the first free time, it opens at once.
  2. Go to the tab "Active Session" and press "Start Call".
  3. Open the provider's page in a second tab, choose Sam Rivera and press "Start Call".
  4. Write a note on the provider's page and press "Share": it shows on the patient's page.

  What you book stays in the data folder. Ctrl+C stops the demo.

`);
}

start().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    process.stderr.write(
      'Perhaps the demo is running already. Another port: ACTIVE_SESSION_PORT=4301 npx -y pnpm@12 demo\n',
    );
  }
  process.exitCode = 1;
});
