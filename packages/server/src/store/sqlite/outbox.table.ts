import { toIso } from '@active-session/core';
import { sql, type Expression, type ExpressionBuilder, type Kysely, type SqlBool } from 'kysely';
import type { AnswersTable, DraftKeysTable, EventsTable } from '../store.js';
import type { Database } from './schema.js';

export function eventsTable(db: Kysely<Database>): EventsTable {
  return {
    async append(event, now) {
      await db
        .insertInto('outbox')
        .values({ ...event, guest: event.guest ?? null, created: now })
        .execute();
    },
    async exceeds(seq, limit, person) {
      const beyond = db.selectFrom('outbox').select('seq').where('seq', '>', seq).where(seenBy(person));
      return (await beyond.orderBy('seq').offset(limit).limit(1).executeTakeFirst()) !== undefined;
    },
    async after(seq, limit, person) {
      let query = db.selectFrom('outbox').select(['seq', 'patient', 'provider', 'guest', 'type', 'payload']);
      query = query.where('seq', '>', seq);
      if (person !== undefined) query = query.where(seenBy(person));
      return query.orderBy('seq').limit(limit).execute();
    },
    async blankNote(booking, note, withdrawnAt) {
      // Who wrote it is told anew, with the content.
      await db
        .updateTable('outbox')
        .set({
          payload: sql<string>`json_set(payload, '$.note.content', '', '$.note.withdrawnAt', ${toIso(withdrawnAt)})`,
          provider: null,
        })
        .where('booking', '=', booking)
        .where('note', '=', note)
        .execute();
    },
    async detach(booking, provider) {
      await db
        .updateTable('outbox')
        .set({ provider: null })
        .where('booking', '=', booking)
        .where('provider', '=', provider)
        .execute();
    },
    async span() {
      // The sequence outlives its rows, so that an id is never given twice.
      const given = await sql<{ seq: number }>`select seq from sqlite_sequence where name = 'outbox'`.execute(db);
      const head = given.rows[0]?.seq ?? 0;
      const first = await db.selectFrom('outbox').select('seq').orderBy('seq').limit(1).executeTakeFirst();
      return { head, oldest: first?.seq ?? head + 1 };
    },
    async purge(before) {
      await db.deleteFrom('outbox').where('created', '<', before).execute();
    },
  };
}

function seenBy(person: string): (where: ExpressionBuilder<Database, 'outbox'>) => Expression<SqlBool> {
  return (where) =>
    where.or([where('patient', '=', person), where('provider', '=', person), where('guest', '=', person)]);
}

export function answersTable(db: Kysely<Database>): AnswersTable {
  return {
    async recall(person, route, key) {
      const row = await db
        .selectFrom('answers')
        .select(['request_hash', 'body'])
        .where('person', '=', person)
        .where('route', '=', route)
        .where('key', '=', key)
        .executeTakeFirst();
      return row && { requestHash: row.request_hash, body: row.body };
    },
    async remember(person, route, key, { requestHash, body }, now) {
      await db
        .insertInto('answers')
        .values({ person, route, key, request_hash: requestHash, body, created: now })
        .execute();
    },
    async purge(before) {
      await db.deleteFrom('answers').where('created', '<', before).execute();
    },
  };
}

export function draftKeysTable(db: Kysely<Database>): DraftKeysTable {
  return {
    async get(person) {
      return db.selectFrom('draft_keys').select(['id', 'key']).where('person', '=', person).executeTakeFirst();
    },
    async insert(person, { id, key }) {
      await db.insertInto('draft_keys').values({ person, id, key }).execute();
    },
  };
}
