import * as z from 'zod/mini';
import { sql, type Kysely } from 'kysely';
import type { PersonRecord } from '../records.js';
import type { PeopleTable } from '../store.js';
import type { Database } from './schema.js';

const sessionTypesSchema = z.array(z.string());

export function peopleTable(db: Kysely<Database>): PeopleTable {
  return {
    async person(id) {
      const row = await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
      return row && personOf(row);
    },
    async providers() {
      const query = db.selectFrom('people').selectAll().where('role', '=', 'provider').where('active', '=', 1);
      return (await query.orderBy('name').execute()).map(personOf);
    },
    async gone(ids) {
      // One parameter, however many they are.
      const { rows } = await sql<{ id: string }>`
        select value as id from json_each(${JSON.stringify(ids)})
        where not exists (select 1 from people where people.id = value and active = 1)
          and not exists (select 1 from guests where guests.id = value and removed_at is null)`.execute(db);
      return rows.map(({ id }) => id);
    },
    async openingHours(provider) {
      const rows = await db
        .selectFrom('opening_hours')
        .selectAll()
        .where('provider', '=', provider)
        .orderBy('weekday')
        .orderBy('from_time')
        .execute();
      return rows.map((row) => ({
        provider: row.provider,
        weekday: row.weekday,
        from: row.from_time,
        to: row.to_time,
        slotMinutes: row.slot_minutes,
        sessionTypes: sessionTypesSchema.parse(JSON.parse(row.session_types)),
      }));
    },
    async putPerson(person) {
      const { timeZone, specialty, active = true, ...same } = person;
      const row = { ...same, specialty: specialty ?? null, time_zone: timeZone, active: active ? 1 : 0 };
      await db
        .insertInto('people')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    async putOpeningHours(provider, hours) {
      await db.deleteFrom('opening_hours').where('provider', '=', provider).execute();
      if (hours.length === 0) return;
      await db
        .insertInto('opening_hours')
        .values(
          hours.map((entry) => ({
            provider,
            weekday: entry.weekday,
            from_time: entry.from,
            to_time: entry.to,
            slot_minutes: entry.slotMinutes,
            session_types: JSON.stringify(entry.sessionTypes),
          })),
        )
        .execute();
    },
  };
}

function personOf(row: Database['people']): PersonRecord {
  const { specialty, time_zone: timeZone, active, ...same } = row;
  return {
    ...same,
    timeZone,
    ...(specialty === null ? {} : { specialty }),
    ...(active === 1 ? {} : { active: false }),
  };
}
