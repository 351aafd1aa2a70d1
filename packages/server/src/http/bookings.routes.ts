import { Hono } from 'hono';
import * as z from 'zod/mini';
import {
  bookingRequestSchema,
  bookingStatusSchema,
  chooseActive,
  MINUTE,
  roleIn,
  verdictToWire,
  type Role,
} from '@active-session/core';
import { book, cancel, complete } from '../domain/booking.js';
import { once } from '../domain/idempotency.js';
import { startOf, verdictOf } from '../domain/own-booking.js';
import { withParties } from '../domain/parties.js';
import { Problem } from '../domain/problem.js';
import { commit, readUnit, type Domain } from '../domain/unit.js';
import type { AppEnv } from './context.js';
import { decodeCursor, encodeCursor, idempotencyKey, optionalInstant, readBody, readQuery } from './input.js';

const PAGE = 50;
const LARGEST_PAGE = 200;

const listQuerySchema = z.object({
  status: z.optional(bookingStatusSchema),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  cursor: z.optional(z.string()),
  limit: z.optional(z.string().check(z.regex(/^[1-9]\d{0,3}$/))),
});
const cursorSchema = z.tuple([z.number(), z.string()]);
const cancelSchema = z.object({ reason: z.optional(z.string().check(z.minLength(1), z.maxLength(500))) });

/** A person's own bookings: to read, to make, and to end. */
export function bookingsRoutes(domain: Domain): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get('/bookings', async (c) => {
    const query = readQuery(c, listQuerySchema);
    const limit = Math.min(Number(query.limit ?? PAGE), LARGEST_PAGE);
    const after = decodeCursor(query.cursor, cursorSchema);
    const filter = {
      person: c.get('signedIn').person.id,
      status: query.status,
      from: optionalInstant(query.from, 'from'),
      to: optionalInstant(query.to, 'to'),
      after: after && { start: after[0], id: after[1] },
      limit: limit + 1,
    };
    const { items, more } = await readUnit(domain, async (unit) => {
      const found = await unit.view.bookings.list(filter);
      const page = found.slice(0, limit).map((booking) => withParties(unit, booking));
      return { items: await Promise.all(page), more: found.length > limit };
    });
    const last = more ? items.at(-1) : undefined;
    return c.json({ items, ...(last === undefined ? {} : { cursor: encodeCursor([startOf(last), last.id]) }) });
  });

  routes.get('/bookings/active', async (c) => {
    const me = c.get('signedIn').person.id;
    const answer = await readUnit(domain, async (unit) => {
      const candidates = await unit.view.bookings.candidates(me, unit.now - reach(domain));
      const roleOf = (booking: (typeof candidates)[number]): Role => roleIn(booking, me);
      const chosen = chooseActive(candidates, (booking) => roleIn(booking, me), unit.now, unit.policy);
      const booking = candidates.find(({ id }) => id === chosen?.id);
      if (booking === undefined) return { booking: null, verdict: null };
      const verdict = verdictToWire(verdictOf(unit, booking, roleOf(booking)));
      return { booking: await withParties(unit, booking), verdict };
    });
    return c.json(answer);
  });

  routes.post('/bookings', async (c) => {
    const { person, role } = c.get('signedIn');
    if (role !== 'patient') throw new Problem('forbidden', 'Only a patient books.');
    const key = idempotencyKey(c);
    const request = await readBody(c, bookingRequestSchema);
    const { status, body } = await commit(domain, (unit) =>
      once(unit, { person: person.id, route: 'book', key, request }, async () => {
        return { status: 201, body: await book(unit, person, request) };
      }),
    );
    return c.body(body, status === 201 ? 201 : 200, { 'Content-Type': 'application/json' });
  });

  routes.post('/bookings/:id/cancel', async (c) => {
    const { reason } = await readBody(c, cancelSchema);
    const me = c.get('signedIn').person.id;
    return c.json(await commit(domain, (unit) => cancel(unit, me, c.req.param('id'), reason)));
  });

  routes.post('/bookings/:id/complete', async (c) => {
    const me = c.get('signedIn').person.id;
    return c.json(await commit(domain, (unit) => complete(unit, me, c.req.param('id'))));
  });

  return routes;
}

/** How long after its start a booking can be open by its window, or by somebody's time to come back. */
function reach({ policy }: Domain): number {
  const closes = Math.max(policy.patient.closesAfterMinutes, policy.provider.closesAfterMinutes);
  return (closes + policy.returnMinutes) * MINUTE;
}
