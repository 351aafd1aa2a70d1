import { compareText, toIso } from '@active-session/core';
import { sql, type Kysely, type Selectable } from 'kysely';
import { DAY } from '../../clock.js';
import { auditId } from '../audit-chain.js';
import type { CalledOff, PatientRecords, RecordRow } from '../records.js';
import type { RecordsTable } from '../store.js';
import type { Database } from './schema.js';

/** In place of a name: the contract has no booking without one. */
const NO_NAME = '—';

/** Longer after its end no session is open, whatever the policy. */
const OPEN_AT_MOST = DAY;

const INSTANTS = new Set([
  'at',
  'since',
  'start',
  'end',
  'timestamp',
  'booked_at',
  'completed_at',
  'cancelled_at',
  'rescheduled_from',
  'late_said_at',
  'joined_at',
  'left_at',
  'reported_at',
  'expires_at',
  'withdrawn_at',
  'invited_at',
  'removed_at',
]);

export function recordsTable(db: Kysely<Database>): RecordsTable {
  return {
    about: (patient) => about(db, patient),

    async bookingsOf(patient) {
      const rows = await db.selectFrom('bookings').select('id').where('patient', '=', patient).orderBy('id').execute();
      return rows.map(({ id }) => id);
    },

    async endedBefore(before, after, limit) {
      const { rows } = await sql<{ id: string }>`
        select id from bookings
        where id > ${after} and "end" < ${before}
          and (patient_name <> ${NO_NAME} or notes <> '' or cancel_reason is not null or late_message is not null
               or exists (select 1 from notes where booking = bookings.id and content <> ''))
          and not exists (select 1 from notes where booking = bookings.id and timestamp >= ${before})
          and not exists (select 1 from attendance where booking = bookings.id and left_at is null)
          and not exists (select 1 from leases where booking = bookings.id)
        order by id limit ${limit}`.execute(db);
      return rows.map(({ id }) => id);
    },

    async isErased(booking) {
      const query = db.selectFrom('bookings').select('id').where('id', '=', booking).where('erased_at', 'is not', null);
      return (await query.executeTakeFirst()) !== undefined;
    },

    async eraseContent(bookings, now) {
      const list = listOf(bookings);
      const statements = [
        sql`update bookings set patient_name = ${NO_NAME}, notes = '', cancel_reason = null, late_message = null,
              version = version + 1, erased_at = coalesce(erased_at, ${now}) where id in ${list}`,
        sql`update notes set content = '', kind = null, withdrawn_at = coalesce(withdrawn_at, ${now})
            where booking in ${list}`,
        sql`delete from admissions where booking in ${list}`,
        sql`delete from guests where booking in ${list}`,
        sql`delete from leases where booking in ${list}`,
        sql`delete from grants where booking in ${list}`,
        sql`delete from outbox where booking in ${list}`,
        sql`delete from answers where json_extract(body, '$.id') in ${list}
                                   or json_extract(body, '$.bookingId') in ${list}`,
      ];
      for (const statement of statements) await statement.execute(db);
    },

    async callOff(bookings, now) {
      const list = listOf(bookings);
      await sql`update attendance set left_at = max(joined_at, ${now}) where booking in ${list} and left_at is null`.execute(
        db,
      );
      const open = sql`id in ${list} and status = 'scheduled' and "end" > ${now - OPEN_AT_MOST}`;
      const both = sql`(select count(distinct seat) from attendance
                        where booking = bookings.id and attendance.epoch = bookings.epoch) = 2`;
      const completed = await sql<{ id: string }>`
        update bookings set status = 'completed', completed_at = ${now} where ${open} and ${both} returning id`.execute(
        db,
      );
      const cancelled = await sql<{ id: string }>`
        update bookings set status = 'cancelled', cancelled_at = ${now} where ${open} returning id`.execute(db);
      return [
        ...completed.rows.map(({ id }): CalledOff => ({ id, as: 'completed' })),
        ...cancelled.rows.map(({ id }): CalledOff => ({ id, as: 'cancelled' })),
      ].sort((a, b) => compareText(a.id, b.id));
    },

    async erasePerson(id) {
      const statements = [
        sql`update people set name = ${NO_NAME}, initials = '', specialty = null, time_zone = 'UTC', active = 0
            where id = ${id}`,
        sql`delete from leases where person = ${id}`,
        sql`delete from draft_keys where person = ${id}`,
        sql`delete from answers where person = ${id}`,
        sql`delete from outbox where patient = ${id} or provider = ${id}`,
      ];
      for (const statement of statements) await statement.execute(db);
    },

    async resetPages(bookings, now) {
      const list = listOf(bookings);
      await sql`
        insert into outbox (patient, provider, type, payload, created)
        select patient, null, 'reset', '{}', ${now} from bookings where id in ${list} group by patient
        union all
        select null, person, 'reset', '{}', ${now} from (
          select provider as person from bookings where id in ${list}
          union select author from notes where booking in ${list})`.execute(db);
    },
  };
}

/** One parameter, however many there are. */
function listOf(ids: readonly string[]): ReturnType<typeof sql> {
  return sql`(select value from json_each(${JSON.stringify(ids)}))`;
}

async function about(db: Kysely<Database>, patient: string): Promise<PatientRecords | undefined> {
  const person = await db.selectFrom('people').selectAll().where('id', '=', patient).executeTakeFirst();
  if (person === undefined) return undefined;
  const own = db.selectFrom('bookings').where('patient', '=', patient);
  const ids = own.select('id');
  const bookings = await own.selectAll().orderBy('start').orderBy('id').execute();
  const attendance = await db.selectFrom('attendance').selectAll().where('booking', 'in', ids).orderBy('id').execute();
  const admissions = await db.selectFrom('admissions').selectAll().where('booking', 'in', ids).execute();
  const guests = await db
    .selectFrom('guests')
    .select(['id', 'booking', 'seat', 'name', 'kind', 'invited_at', 'removed_at', 'admission', 'message'])
    .select(['joined_at', 'left_at'])
    .where('booking', 'in', ids)
    .orderBy('invited_at')
    .execute();
  const seats = await db.selectFrom('leases').selectAll().where('booking', 'in', ids).execute();
  const handovers = await db.selectFrom('handovers').selectAll().where('booking', 'in', ids).orderBy('at').execute();
  const notes = await db.selectFrom('notes').selectAll().where('booking', 'in', ids).orderBy('seq').execute();
  const audit = await db
    .selectFrom('audit')
    .selectAll()
    .where((where) =>
      where.or([
        where('actor', '=', auditId(patient)),
        where('subject', '=', auditId(patient)),
        where('booking', 'in', ids),
      ]),
    )
    .orderBy('seq')
    .execute();
  const of = byBooking({ attendance, admissions, guests, seats, handovers, notes: notes.map(withoutWithdrawn) });
  return {
    person: given(person),
    bookings: bookings.map((booking) => ({ booking: given(booking), ...of(booking.id) })),
    audit: audit.map(given),
  };
}

/** What stood in the wrong chart is about somebody else. */
function withoutWithdrawn({ content, ...note }: Selectable<Database['notes']>): Row {
  return note.withdrawn_at === null ? { ...note, content } : { ...note, withdrawn: true };
}

type Parts = 'attendance' | 'admissions' | 'guests' | 'seats' | 'handovers' | 'notes';
type Row = RecordRow & { readonly booking: string };

function byBooking(rows: Record<Parts, readonly Row[]>): (id: string) => Record<Parts, RecordRow[]> {
  const grouped = {
    attendance: Map.groupBy(rows.attendance, ({ booking }) => booking),
    admissions: Map.groupBy(rows.admissions, ({ booking }) => booking),
    guests: Map.groupBy(rows.guests, ({ booking }) => booking),
    seats: Map.groupBy(rows.seats, ({ booking }) => booking),
    handovers: Map.groupBy(rows.handovers, ({ booking }) => booking),
    notes: Map.groupBy(rows.notes, ({ booking }) => booking),
  };
  return (id) => ({
    attendance: (grouped.attendance.get(id) ?? []).map(given),
    admissions: (grouped.admissions.get(id) ?? []).map(given),
    guests: (grouped.guests.get(id) ?? []).map(given),
    seats: (grouped.seats.get(id) ?? []).map(given),
    handovers: (grouped.handovers.get(id) ?? []).map(given),
    notes: (grouped.notes.get(id) ?? []).map(given),
  });
}

function given(row: RecordRow): RecordRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      INSTANTS.has(column) && typeof value === 'number' ? toIso(value) : value,
    ]),
  );
}
