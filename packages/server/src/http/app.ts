import { Hono } from 'hono';
import type { ServerConfig } from '../config.js';
import { notFound, Problem } from '../domain/problem.js';
import type { SignallingAddress } from '../domain/tickets.js';
import type { Domain } from '../domain/unit.js';
import type { EventHub } from '../events/hub.js';
import type { Log } from '../log.js';
import { accessRoutes } from './access.routes.js';
import { authentication, createAuthenticate } from './auth.js';
import { bookingsRoutes } from './bookings.routes.js';
import type { AppEnv } from './context.js';
import { eventsRoutes } from './events.routes.js';
import { edge } from './headers.js';
import { limitBody } from './input.js';
import { notesRoutes } from './notes.routes.js';
import { peopleRoutes } from './people.routes.js';
import { asProblem, problemResponse } from './problem-response.js';

export interface AppOptions {
  readonly config: ServerConfig;
  readonly domain: Domain;
  readonly hub: EventHub;
  readonly address: SignallingAddress;
  readonly log: Log;
}

/** All routes, relative to wherever they are mounted. Only the two about health are for everybody. */
export function createApp({ config, domain, hub, address, log }: AppOptions): Hono<AppEnv> {
  const headers = { clock: domain.clock, allowedOrigins: config.allowedOrigins };
  const app = new Hono<AppEnv>();
  app.onError((error, c) => problemResponse(c, asProblem(error, log, c.get('requestId'))));
  app.use('*', edge(headers, log));

  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    try {
      await domain.store.read((view) => view.events.span());
    } catch (cause) {
      throw new Problem('unavailable', 'The database does not answer.', { cause, retryAfter: 1 });
    }
    return c.json({ status: 'ready' });
  });

  app.use('*', limitBody());
  app.use('*', authentication(createAuthenticate(config.auth, domain.store, domain.clock)));
  app.use('*', async (c, next) => {
    // Taken before the data is read: who starts the stream after it misses nothing.
    const newest = hub.newest();
    if (newest !== undefined) c.header('Event-Id', newest);
    await next();
  });
  app.route('/', peopleRoutes(domain));
  app.route('/', bookingsRoutes(domain));
  app.route('/', accessRoutes(domain, address));
  app.route('/', notesRoutes(domain));
  app.route('/', eventsRoutes(hub, headers, log));
  app.all('*', () => {
    throw notFound();
  });
  return app;
}
