import { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { Problem } from '../domain/problem.js';
import type { EventHub } from '../events/hub.js';
import { describeError, type Log } from '../log.js';
import type { AppEnv } from './context.js';
import { standardHeaders, type HeaderOptions } from './headers.js';

/** What happens, as it happens: server-sent events, or for who asks for JSON, what has happened since. */
export function eventsRoutes(hub: EventHub, headers: HeaderOptions, log: Log): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get('/events', async (c) => {
    const { person, expiresAt } = c.get('signedIn');
    const after = c.req.header('Last-Event-ID') ?? c.req.query('after');
    const accept = c.req.header('Accept') ?? '';
    if (accept.includes('application/json') && !accept.includes('text/event-stream')) {
      return c.json(await hub.poll(person.id, after));
    }
    const response = c.req.raw.method === 'HEAD' ? undefined : c.env.outgoing;
    if (!(response instanceof ServerResponse)) {
      throw new Problem('not-supported', 'This server cannot stream here; ask for application/json.');
    }
    response.writeHead(200, {
      ...standardHeaders(headers, c.req.header('Origin')),
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    // From here on the answer is the response's own; a stream that can't go on is cut, and the client comes back.
    hub.open({ person: person.id, expiresAt, after, response }).catch((error: unknown) => {
      log({ level: 'error', event: 'events.open-failed', requestId: c.get('requestId'), ...describeError(error) });
      response.destroy();
    });
    return RESPONSE_ALREADY_SENT;
  });

  return routes;
}
