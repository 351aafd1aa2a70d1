import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { BookingRecord } from '../records.js';
import { recordOf, type AttendanceRow, type BookingRow } from './booking-rows.js';
import type { Database } from './schema.js';

export type BookingQuery = SelectQueryBuilder<Database, 'bookings', BookingRow>;

export function allBookings(db: Kysely<Database>): BookingQuery {
  return db.selectFrom('bookings').selectAll('bookings');
}

/** What a query finds, each with its attendance. */
export async function bookingRecords(db: Kysely<Database>, query: BookingQuery): Promise<BookingRecord[]> {
  const rows = await query.execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const entries = await db.selectFrom('attendance').selectAll().where('booking', 'in', ids).orderBy('id').execute();
  const byBooking = Map.groupBy(entries, ({ booking }: AttendanceRow) => booking);
  return rows.map((row) => recordOf(row, byBooking.get(row.id) ?? []));
}
