import { Hono } from 'hono';
import * as z from 'zod/mini';
import { noteRequestSchema } from '@active-session/core';
import { once } from '../domain/idempotency.js';
import { addNote, noteOf } from '../domain/notes.js';
import { ownBooking } from '../domain/own-booking.js';
import { commit, type Domain } from '../domain/unit.js';
import type { AppEnv } from './context.js';
import { decodeCursor, encodeCursor, idempotencyKey, readBody } from './input.js';

const PAGE = 100;
const cursorSchema = z.tuple([z.int()]);

/** Provider notes of one booking: both read, its provider appends. */
export function notesRoutes(domain: Domain): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get('/bookings/:id/notes', async (c) => {
    const me = c.get('signedIn').person.id;
    const [after] = decodeCursor(c.req.query('cursor'), cursorSchema) ?? [0];
    const found = await domain.store.read(async (view) => {
      const { booking } = await ownBooking(view, c.req.param('id'), me);
      return view.notes.list(booking.id, after, PAGE + 1);
    });
    const items = found.slice(0, PAGE);
    const last = found.length > PAGE ? items.at(-1) : undefined;
    return c.json({ items: items.map(noteOf), ...(last === undefined ? {} : { cursor: encodeCursor([last.seq]) }) });
  });

  routes.post('/bookings/:id/notes', async (c) => {
    const { person } = c.get('signedIn');
    const id = c.req.param('id');
    // Somebody else's booking must answer 404 before anything is said about the request.
    await domain.store.read((view) => ownBooking(view, id, person.id));
    const key = idempotencyKey(c);
    const request = await readBody(c, noteRequestSchema);
    const { body } = await commit(domain, (unit) =>
      once(unit, { person: person.id, route: `note ${id}`, key, request }, async () => {
        return { status: 201, body: await addNote(unit, person, id, request) };
      }),
    );
    return c.body(body, 201, { 'Content-Type': 'application/json' });
  });

  return routes;
}
