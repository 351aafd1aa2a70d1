import { parse, parseNotes, providerNoteSchema, type NotesPort } from '@active-session/core';
import { pathOf } from './bookings.js';
import type { Http } from './http.js';
import { pageOf } from './page.js';

export function createNotes(http: Http): Required<NotesPort> {
  return {
    async list(bookingId, cursor, { signal }) {
      const page = pageOf(await http.json({ path: `${pathOf(bookingId)}/notes`, query: { cursor }, signal }));
      return { ...parseNotes(page.items), cursor: page.cursor };
    },
    async add(bookingId, note, { idempotencyKey, signal }) {
      const headers = { 'Idempotency-Key': idempotencyKey };
      const path = `${pathOf(bookingId)}/notes`;
      return parse(providerNoteSchema, await http.json({ method: 'POST', path, body: note, headers, signal }), 'note');
    },
  };
}
