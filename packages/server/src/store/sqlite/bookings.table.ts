import { MINUTE, toInstant, toIso } from '@active-session/core';
import { sql, type Kysely, type Selectable, type SelectQueryBuilder } from 'kysely';
import type { BookingChange, BookingRecord } from '../records.js';
import type { BookingsTable } from '../store.js';
import { isUniqueViolation } from './failures.js';
import type { Database } from './schema.js';

type BookingRow = Selectable<Database['bookings']>;
type AttendanceRow = Selectable<Database['attendance']>;
type BookingQuery = SelectQueryBuilder<Database, 'bookings', BookingRow>;

export function bookingsTable(db: Kysely<Database>): BookingsTable {
  const all = (): BookingQuery => db.selectFrom('bookings').selectAll('bookings');

  async function records(query: BookingQuery): Promise<BookingRecord[]> {
    const rows = await query.execute();
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const entries = await db.selectFrom('attendance').selectAll().where('booking', 'in', ids).orderBy('id').execute();
    return rows.map((row) =>
      recordOf(
        row,
        entries.filter(({ booking }) => booking === row.id),
      ),
    );
  }

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

    async attended() {
      const query = all()
        .where('status', '=', 'scheduled')
        .where((where) => {
          const entries = where
            .selectFrom('attendance')
            .select('attendance.id')
            .whereRef('booking', '=', 'bookings.id');
          return where.and([
            where.exists(entries.where('seat', '=', 'patient')),
            where.exists(entries.where('seat', '=', 'provider')),
            where.not(where.exists(entries.where('left_at', 'is', null))),
          ]);
        });
      return records(query.limit(1_000));
    },

    async taken(provider, from, to) {
      return db
        .selectFrom('bookings')
        .select(['start', 'end'])
        .where('provider', '=', provider)
        .where('status', '<>', 'cancelled')
        .where('start', '<', to)
        .where('end', '>', from)
        .orderBy('start')
        .execute();
    },

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
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async openAttendance(booking, seat, joinedAt) {
      await db.insertInto('attendance').values({ booking, seat, joined_at: joinedAt, left_at: null }).execute();
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

function recordOf(row: BookingRow, attendance: readonly AttendanceRow[]): BookingRecord {
  return {
    id: row.id,
    provider: row.provider,
    providerName: row.provider_name,
    providerInitials: row.provider_initials,
    dateTime: toIso(row.start),
    sessionType: row.session_type,
    notes: row.notes,
    status: row.status,
    bookedAt: toIso(row.booked_at),
    patient: row.patient,
    patientName: row.patient_name,
    durationMinutes: (row.end - row.start) / MINUTE,
    timeZone: row.time_zone,
    version: row.version,
    ...(row.completed_at === null ? {} : { completedAt: toIso(row.completed_at) }),
    ...(row.cancelled_at === null ? {} : { cancelledAt: toIso(row.cancelled_at) }),
    ...(row.cancel_reason === null ? {} : { cancelReason: row.cancel_reason }),
    attendance: attendance.map(({ seat, joined_at, left_at }) => ({
      seat,
      role: seat,
      joinedAt: toIso(joined_at),
      ...(left_at === null ? {} : { leftAt: toIso(left_at) }),
    })),
  };
}

function rowOf(booking: BookingRecord): BookingRow {
  const start = toInstant(booking.dateTime);
  return {
    id: booking.id,
    patient: booking.patient,
    patient_name: booking.patientName,
    provider: booking.provider,
    provider_name: booking.providerName,
    provider_initials: booking.providerInitials,
    start,
    end: start + booking.durationMinutes * MINUTE,
    time_zone: booking.timeZone,
    session_type: booking.sessionType,
    notes: booking.notes,
    status: booking.status,
    booked_at: toInstant(booking.bookedAt),
    version: booking.version,
    completed_at: null,
    cancelled_at: null,
    cancel_reason: null,
  };
}

function changeRow(change: BookingChange): Partial<BookingRow> {
  return {
    ...(change.status === undefined ? {} : { status: change.status }),
    ...(change.completedAt === undefined ? {} : { completed_at: toInstant(change.completedAt) }),
    ...(change.cancelledAt === undefined ? {} : { cancelled_at: toInstant(change.cancelledAt) }),
    ...(change.cancelReason === undefined ? {} : { cancel_reason: change.cancelReason }),
  };
}
