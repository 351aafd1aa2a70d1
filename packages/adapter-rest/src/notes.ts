import {
  historyEntrySchema,
  parse,
  parseList,
  parseNotes,
  providerNoteSchema,
  type NotesPort,
} from '@active-session/core';
import type { Http } from './http.js';
import { pageOf, range } from './page.js';

export function createNotes(http: Http): Required<NotesPort> {
  return {
    async list(bookingId, cursor, { signal }) {
      const page = pageOf(await http.json('GET /bookings/{id}/notes', { of: [bookingId], query: { cursor }, signal }));
      return { ...parseNotes(page.items), cursor: page.cursor };
    },
    async add(bookingId, body, { idempotencyKey, signal }) {
      const headers = { 'Idempotency-Key': idempotencyKey };
      const answer = await http.json('POST /bookings/{id}/notes', { of: [bookingId], body, headers, signal });
      return parse(providerNoteSchema, answer, 'note');
    },
    async withdraw(bookingId, noteId, { signal }) {
      const request = { of: [bookingId, noteId], body: {}, signal };
      return parse(providerNoteSchema, await http.json('POST /bookings/{id}/notes/{note}/withdraw', request), 'note');
    },
    async history(patient, { kind, cursor, limit, ...when }, { signal }) {
      const query = { kind, cursor, limit: limit === undefined ? undefined : String(limit), ...range(when) };
      const page = pageOf(await http.json('GET /patients/{id}/history', { of: [patient], query, signal }));
      return { ...parseList(historyEntrySchema, page.items, 'earlier booking'), cursor: page.cursor };
    },
  };
}
