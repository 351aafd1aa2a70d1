import * as z from 'zod/mini';
import { audited } from '../../domain/audit.js';
import { readHistory } from '../../domain/history.js';
import { once } from '../../domain/idempotency.js';
import { addNote, readNotes, withdrawNote } from '../../domain/notes.js';
import { act, readUnit, type Domain } from '../../domain/unit.js';
import type { Log } from '../../log.js';
import type { AuditEntry } from '../../store/records.js';
import { decodeCursor, encodeCursor, optionalInstant, pageSize } from '../input.js';
import type { Handlers } from '../operation-routes.js';

const noteCursorSchema = z.tuple([z.int()]);
const historyCursorSchema = z.tuple([z.number(), z.string()]);

type NoteHandlers = Pick<Handlers, 'listNotes' | 'addNote' | 'withdrawNote' | 'listHistory'>;

/** Provider notes of one booking, and of a patient's earlier ones. */
export function noteHandlers(domain: Domain, log: Log): NoteHandlers {
  return {
    async listNotes({ id, query, signedIn: { person } }) {
      const [after] = decodeCursor(query.cursor, noteCursorSchema) ?? [0];
      return audited({ domain, log }, { actor: person.id, action: 'notes.read', booking: id }, async () => {
        const limit = pageSize(query.limit);
        const { items, next } = await readUnit(domain, (unit) => readNotes(unit, person.id, id, after, limit));
        return { items, ...(next === undefined ? {} : { cursor: encodeCursor([next]) }) };
      });
    },

    addNote: async ({ id, body, key, signedIn }) =>
      act(domain, signedIn.person.id, (unit, person) => {
        const retold = (): AuditEntry => ({ actor: person.id, action: 'notes.read', booking: id });
        const request = { person: person.id, route: `note ${id}`, key, request: body, retold };
        return once(unit, request, () => addNote(unit, person, id, body));
      }),

    withdrawNote: async ({ id, context, signedIn: { person } }) =>
      act(domain, person.id, (unit) => withdrawNote(unit, person.id, id, context.req.param('note') ?? '')),

    async listHistory({ id, query, signedIn: { person } }) {
      const filter = {
        from: optionalInstant(query.from),
        to: optionalInstant(query.to),
        kind: query.kind,
        after: decodeCursor(query.cursor, historyCursorSchema),
        limit: pageSize(query.limit),
      };
      return audited({ domain, log }, { actor: person.id, action: 'history.read', subject: id }, async () => {
        const { items, next } = await readUnit(domain, (unit) => readHistory(unit, person, id, filter));
        return { items, ...(next === undefined ? {} : { cursor: encodeCursor(next) }) };
      });
    },
  };
}
