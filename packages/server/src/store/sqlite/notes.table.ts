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
    async list(booking, after, limit) {
      const rows = await db
        .selectFrom('notes')
        .selectAll()
        .where('booking', '=', booking)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(noteOf);
    },
    async last(booking) {
      const query = db.selectFrom('notes').selectAll().where('booking', '=', booking).orderBy('seq', 'desc').limit(1);
      const row = await query.executeTakeFirst();
      return row && noteOf(row);
    },
    async insert({ providerName, ...same }) {
      await db
        .insertInto('notes')
        .values({ ...same, provider_name: providerName })
        .execute();
    },
  };
}

function noteOf({ provider_name: providerName, ...same }: Selectable<Database['notes']>): NoteRecord {
  return { ...same, providerName };
}
