import type { Kysely, Selectable } from 'kysely';
import type { NoteRecord } from '../records.js';
import type { NotesTable } from '../store.js';
import type { Database } from './schema.js';

export function notesTable(db: Kysely<Database>): NotesTable {
  return {
    async get(booking, id) {
      const query = db.selectFrom('notes').selectAll().where('booking', '=', booking).where('id', '=', id);
      const row = await query.executeTakeFirst();
      return row && noteOf(row);
    },
    async list(booking, after, limit, author) {
      let query = db.selectFrom('notes').selectAll().where('booking', '=', booking).where('seq', '>', after);
      if (author !== undefined) query = query.where('author', '=', author);
      return (await query.orderBy('seq').limit(limit).execute()).map(noteOf);
    },
    async counts(bookings) {
      const rows = await db
        .selectFrom('notes')
        .select(['booking', (count) => count.fn.countAll<number>().as('notes')])
        .where('booking', 'in', bookings)
        .groupBy('booking')
        .execute();
      return new Map(rows.map(({ booking, notes }) => [booking, notes]));
    },
    async of(bookings) {
      const query = db.selectFrom('notes').selectAll().where('booking', 'in', bookings);
      return (await query.orderBy('seq').execute()).map(noteOf);
    },
    async wrote(author, booking) {
      const query = db.selectFrom('notes').select('seq').where('author', '=', author).where('booking', '=', booking);
      return (await query.limit(1).executeTakeFirst()) !== undefined;
    },
    async last(booking) {
      const query = db.selectFrom('notes').selectAll().where('booking', '=', booking).orderBy('seq', 'desc').limit(1);
      const row = await query.executeTakeFirst();
      return row && noteOf(row);
    },
    async insert({ providerName, withdrawnAt, ...same }) {
      await db
        .insertInto('notes')
        .values({ ...same, provider_name: providerName, withdrawn_at: withdrawnAt })
        .execute();
    },
    async withdraw(booking, id, at) {
      const { numUpdatedRows } = await db
        .updateTable('notes')
        .set({ withdrawn_at: at })
        .where('booking', '=', booking)
        .where('id', '=', id)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

function noteOf(row: Selectable<Database['notes']>): NoteRecord {
  const { provider_name: providerName, withdrawn_at: withdrawnAt, ...same } = row;
  return { ...same, providerName, withdrawnAt };
}
