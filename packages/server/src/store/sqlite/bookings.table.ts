import { sql, type Kysely } from 'kysely';
import type { BookingRecord } from '../records.js';
import type { BookingsTable } from '../store.js';
import { allBookings, bookingRecords, type BookingQuery } from './booking-query.js';
import { changeRow, rowOf } from './booking-rows.js';
import { isUniqueViolation } from './failures.js';
import { lookingBack } from './history.table.js';
import type { Database } from './schema.js';

export function bookingsTable(db: Kysely<Database>): BookingsTable {
  return { ...readingBookings(db), ...changingBookings(db), ...attending(db), ...admitting(db), ...lookingBack(db) };
}

type Reading = Pick<BookingsTable, 'get' | 'list' | 'candidates' | 'attended' | 'taken'>;

function readingBookings(db: Kysely<Database>): Reading {
  const all = (): BookingQuery => allBookings(db);
  const records = (query: BookingQuery): Promise<BookingRecord[]> => bookingRecords(db, query);

  return {
    async get(id) {
      return (await records(all().where('id', '=', id)))[0];
    },

    async list({ person, status, from, to, after, limit }) {
      let query = all().where((where) => where.or([where('patient', '=', person), where('provider', '=', person)]));
      if (status !== undefined) query = query.where('status', '=', status);
      if (from !== undefined) query = query.where('start', '>=', from);
      if (to !== undefined) query = query.where('start', '<', to);
      if (after !== undefined) query = query.where(sql<boolean>`("start", id) > (${after.start}, ${after.id})`);
      return records(query.orderBy('start').orderBy('id').limit(limit));
    },

    async candidates(person, since) {
      const live = db
        .selectFrom('attendance')
        .select('booking')
        .where((where) => where.or([where('left_at', 'is', null), where('left_at', '>=', since)]));
      const query = all()
        .where((where) => where.or([where('patient', '=', person), where('provider', '=', person)]))
        .where('status', '=', 'scheduled')
        .where((where) => where.or([where('start', '>=', since), where('id', 'in', live)]));
      return records(query.orderBy('start').limit(500));
    },

    async attended({ from, to, leftBy }) {
      const query = all()
        .where('status', '=', 'scheduled')
        .where('start', '>=', from)
        .where('start', '<', to)
        .where((where) => {
          const entries = where
            .selectFrom('attendance')
            .select('attendance.id')
            .whereRef('booking', '=', 'bookings.id')
            .whereRef('attendance.epoch', '=', 'bookings.epoch');
          return where.and([
            where.exists(entries.where('seat', '=', 'patient')),
            where.exists(entries.where('seat', '=', 'provider')),
            where.not(
              where.exists(
                entries.where((entry) => entry.or([entry('left_at', 'is', null), entry('left_at', '>', leftBy)])),
              ),
            ),
          ]);
        });
      return records(query.orderBy('start').limit(1_000));
    },

    async taken(provider, from, to, except) {
      let query = db.selectFrom('bookings').select(['start', 'end']).where('provider', '=', provider);
      if (except !== undefined) query = query.where('id', '<>', except);
      return query
        .where('status', '<>', 'cancelled')
        .where('start', '<', to)
        .where('end', '>', from)
        .orderBy('start')
        .execute();
    },
  };
}

function changingBookings(db: Kysely<Database>): Pick<BookingsTable, 'insert' | 'update'> {
  return {
    async insert(booking) {
      try {
        await db.insertInto('bookings').values(rowOf(booking)).execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },

    async update(id, version, change) {
      const { numUpdatedRows } = await db
        .updateTable('bookings')
        .set({ ...changeRow(change), version: version + 1 })
        .$if(change.moved !== undefined, (query) => query.set({ epoch: sql<number>`epoch + 1` }))
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

/** Of the life that a booking has now: entries of former ones stay as they are. */
function attending(
  db: Kysely<Database>,
): Pick<BookingsTable, 'openAttendance' | 'reopenAttendance' | 'closeAttendance'> {
  return {
    async openAttendance(booking, seat, joinedAt) {
      await sql`
        insert into attendance (booking, seat, joined_at, epoch)
        select id, ${seat}, ${joinedAt}, epoch from bookings where id = ${booking}`.execute(db);
    },

    async reopenAttendance(booking, seat, joinedAt) {
      await sql`
        update attendance set left_at = null, joined_at = coalesce(${joinedAt ?? null}, joined_at)
        where id = (select max(attendance.id) from attendance join bookings on bookings.id = booking
                    where booking = ${booking} and seat = ${seat} and attendance.epoch = bookings.epoch)`.execute(db);
    },

    async closeAttendance(booking, seat, leftAt) {
      await db
        .updateTable('attendance')
        // A clock that stepped back must not make somebody leave before they came.
        .set({ left_at: sql<number>`max(joined_at, ${leftAt})` })
        .where('booking', '=', booking)
        .where('seat', '=', seat)
        .where('left_at', 'is', null)
        .execute();
    },
  };
}

function admitting(db: Kysely<Database>): Pick<BookingsTable, 'admission' | 'putAdmission' | 'dropAdmission'> {
  return {
    async admission(booking) {
      const query = db.selectFrom('admissions').select(['state', 'message']).where('booking', '=', booking);
      return query.executeTakeFirst();
    },

    async putAdmission(booking, admission) {
      await db
        .insertInto('admissions')
        .values({ booking, ...admission })
        .onConflict((conflict) => conflict.column('booking').doUpdateSet(admission))
        .execute();
    },

    async dropAdmission(booking) {
      await db.deleteFrom('admissions').where('booking', '=', booking).execute();
    },
  };
}
