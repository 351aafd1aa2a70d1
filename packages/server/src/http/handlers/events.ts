import { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { record } from '../../domain/audit.js';
import { Problem } from '../../domain/problem.js';
import type { Domain } from '../../domain/unit.js';
import type { EventHub } from '../../events/hub.js';
import { describeError, type Log } from '../../log.js';
import { standardHeaders, type HeaderOptions } from '../headers.js';
import type { Handlers } from '../operation-routes.js';

export interface EventsOptions {
  readonly domain: Domain;
  readonly hub: EventHub;
  readonly headers: HeaderOptions;
  readonly log: Log;
}

/** What happens, as it happens: server-sent events, or for who asks for JSON, what has happened since. */
export function eventHandlers({ domain, hub, headers, log }: EventsOptions): Pick<Handlers, 'followEvents'> {
  return {
    async followEvents({ context: c, query, signedIn: { person, expiresAt } }) {
      const after = c.req.header('Last-Event-ID') ?? query.after;
      const accept = c.req.header('Accept') ?? '';
      if (accept.includes('application/json') && !accept.includes('text/event-stream')) {
        const { events, ...rest } = await hub.poll(person.id, after);
        if (events.length > 0) await record({ domain, log }, { actor: person.id, action: 'events.followed' });
        return { events: [...events], ...rest };
      }
      const response = c.req.raw.method === 'HEAD' ? undefined : c.env.outgoing;
      if (!(response instanceof ServerResponse)) {
        throw new Problem('not-supported', 'This server cannot stream here; ask for application/json.');
      }
      await record({ domain, log }, { actor: person.id, action: 'events.followed' });
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
    },
  };
}
