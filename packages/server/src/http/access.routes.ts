import { Hono } from 'hono';
import * as z from 'zod/mini';
import { join, type SignallingAddress } from '../domain/tickets.js';
import { leave, reportPresence, takeSeat } from '../domain/seats.js';
import { commit, type Domain } from '../domain/unit.js';
import type { AppEnv } from './context.js';
import { readBody } from './input.js';

const word = z.string().check(z.minLength(1), z.maxLength(300));
const seatSchema = z.object({ holder: z.optional(word), takeOver: z._default(z.boolean(), false) });
const leaseSchema = z.object({ lease: word });
const presenceSchema = z.object({ lease: word, state: z.enum(['waiting', 'in-call']) });

/** The right to take part in a call: the seat, the ticket, and who is there. */
export function accessRoutes(domain: Domain, address: SignallingAddress): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.post('/bookings/:id/seat', async (c) => {
    const { holder, takeOver } = await readBody(c, seatSchema);
    const me = c.get('signedIn').person.id;
    const request = { holder: holder ?? null, takeOver };
    return c.json(await commit(domain, (unit) => takeSeat(unit, me, c.req.param('id'), request)));
  });

  routes.post('/bookings/:id/join', async (c) => {
    const { lease } = await readBody(c, leaseSchema);
    const me = c.get('signedIn').person.id;
    return c.json(await commit(domain, (unit) => join(unit, me, c.req.param('id'), lease, address)));
  });

  routes.put('/bookings/:id/presence', async (c) => {
    const { lease, state } = await readBody(c, presenceSchema);
    const me = c.get('signedIn').person.id;
    return c.json(await commit(domain, (unit) => reportPresence(unit, me, c.req.param('id'), lease, state)));
  });

  routes.post('/bookings/:id/leave', async (c) => {
    const { lease } = await readBody(c, leaseSchema);
    const me = c.get('signedIn').person.id;
    await commit(domain, (unit) => leave(unit, me, c.req.param('id'), lease));
    return c.body(null, 204);
  });

  return routes;
}
