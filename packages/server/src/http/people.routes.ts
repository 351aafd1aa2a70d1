import { Hono } from 'hono';
import { toIso, type Me, type Provider, type Slot } from '@active-session/core';
import { freeSlots, sessionTypesOf } from '../domain/booking.js';
import { notFound } from '../domain/problem.js';
import type { Domain } from '../domain/unit.js';
import { readUnit } from '../domain/unit.js';
import type { AppEnv } from './context.js';
import { optionalInstant } from './input.js';

const DAY = 86_400_000;
const DEFAULT_RANGE = 14 * DAY;
const LONGEST_RANGE = 62 * DAY;

/** Who is signed in, whom one can book, and when. */
export function peopleRoutes(domain: Domain): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get('/me', (c) => {
    const { person, role } = c.get('signedIn');
    const { id, name } = person;
    return c.json({ id, role, name, serverTime: toIso(domain.clock.now()), policy: domain.policy } satisfies Me);
  });

  routes.get('/providers', async (c) => {
    const items = await readUnit(domain, async (unit) => {
      const providers = await unit.view.people.providers();
      return Promise.all(
        providers.map(async ({ id, name, initials, specialty, timeZone }): Promise<Provider> => {
          const sessionTypes = await sessionTypesOf(unit, id);
          return { id, name, initials, specialty, timeZone, sessionTypes };
        }),
      );
    });
    return c.json({ items });
  });

  routes.get('/providers/:id/slots', async (c) => {
    const now = domain.clock.now();
    const from = Math.max(now, optionalInstant(c.req.query('from'), 'from') ?? now);
    const asked = optionalInstant(c.req.query('to'), 'to') ?? from + DEFAULT_RANGE;
    const to = Math.min(asked, from + LONGEST_RANGE);
    const items = await readUnit(domain, async (unit): Promise<Slot[]> => {
      const provider = await unit.view.people.person(c.req.param('id'));
      if (provider?.role !== 'provider') throw notFound();
      const slots = await freeSlots(unit, provider, from, to);
      return slots.map(({ start, durationMinutes }) => ({ start: toIso(start), durationMinutes }));
    });
    return c.json({ items });
  });

  return routes;
}
