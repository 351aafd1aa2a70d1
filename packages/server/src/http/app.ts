import { Hono } from 'hono';
import { createMeter, type Meter } from '../allowance.js';
import type { ServerConfig } from '../config.js';
import { recordDenied } from '../domain/audit.js';
import { notFound, type Problem } from '../domain/problem.js';
import type { SignallingAddress } from '../domain/tickets.js';
import type { Domain } from '../domain/unit.js';
import type { EventHub } from '../events/hub.js';
import type { Log } from '../log.js';
import { authentication, createAuthenticate } from './auth.js';
import type { AppContext, AppEnv } from './context.js';
import { createGuard } from './guard.js';
import { aboutHandlers } from './handlers/about.js';
import { bookingCommandHandlers, bookingReadHandlers } from './handlers/bookings.js';
import { eventHandlers } from './handlers/events.js';
import { noteHandlers } from './handlers/notes.js';
import { peopleHandlers } from './handlers/people.js';
import { sessionHandlers } from './handlers/session.js';
import { edge, type HeaderOptions } from './headers.js';
import { inspectAnswers, type Inspect } from './inspect.js';
import { limitBody } from './input.js';
import { addressOf, DEFAULT_LIMITS, limitAddresses, limitPersons, take } from './limits.js';
import { mountMethods, mountOperations, type Handlers } from './operation-routes.js';
import { originsOf } from './origins.js';
import { asProblem, problemResponse } from './problem-response.js';

export interface AppOptions {
  readonly config: ServerConfig;
  readonly domain: Domain;
  readonly hub: EventHub;
  readonly address: SignallingAddress;
  readonly log: Log;
  /** How much each network address has asked, here and elsewhere. */
  readonly addresses: Meter;
  readonly inspect?: Inspect | undefined;
}

/** All operations of the contract, relative to wherever they are mounted. Only what the contract says is for everybody. */
export function createApp({ config, domain, hub, address, log, addresses, inspect }: AppOptions): Hono<AppEnv> {
  const { clock } = domain;
  const { limits = DEFAULT_LIMITS, proxies = 0 } = config;
  const isSecure = config.publicUrl.startsWith('https:');
  const headers: HeaderOptions = { clock, allowedOrigins: config.allowedOrigins, isSecure };
  const now = (): number => clock.now();
  const refusedSignIns = createMeter(limits.refused, now);
  const { getOpenApi, getHealth, getReadiness } = aboutHandlers(domain, config.publicUrl);
  const signedIn: Omit<Handlers, 'getOpenApi' | 'getHealth' | 'getReadiness'> = {
    ...peopleHandlers(domain, config.contact),
    ...bookingReadHandlers(domain, log),
    ...bookingCommandHandlers(domain),
    ...sessionHandlers(domain, address),
    ...noteHandlers(domain, log),
    ...eventHandlers({ domain, hub, headers, log }),
  };
  const guard = createGuard(domain);

  const app = new Hono<AppEnv>();
  app.onError(async (error, c) => {
    const problem = asProblem(error, log, c.get('requestId'));
    await denied(c, problem);
    return problemResponse(c, problem);
  });
  app.use('*', edge(headers, log));
  if (inspect !== undefined) app.use('*', inspectAnswers(inspect));
  mountOperations(app, { getHealth, getReadiness }, guard);
  app.use('*', limitAddresses(addresses, proxies));
  mountOperations(app, { getOpenApi }, guard);
  app.use('*', limitBody());
  app.use(
    '*',
    authentication({
      authenticate: createAuthenticate(config.auth, { domain, log }),
      cookie: config.auth.cookie,
      ownOrigin: originsOf(config).own,
      refused: (c) => take(refusedSignIns, addressOf(c, proxies)),
    }),
  );
  app.use('*', limitPersons(createMeter(limits.person, now)));
  app.use('*', async (c, next) => {
    // Taken before the data is read: who starts the stream after it misses nothing.
    const newest = hub.newest();
    if (newest !== undefined) c.header('Event-Id', newest);
    await next();
  });
  mountOperations(app, signedIn, guard);
  mountMethods(app);
  app.all('*', () => {
    throw notFound();
  });
  return app;

  /** Who tried what was not for them. That it can't be written down now changes nothing for them. */
  async function denied(c: AppContext, problem: Problem): Promise<void> {
    const operation = c.get('operation');
    const isDenied = problem.code === 'not-found' || problem.code === 'forbidden';
    if (!isDenied || operation === undefined) return;
    const actor = c.get('signedIn').person.id;
    await recordDenied({ domain, log }, { actor, operation, id: c.req.param('id') });
  }
}
