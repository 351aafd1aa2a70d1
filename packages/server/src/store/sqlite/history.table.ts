import { MINUTE, toInstant, toIso } from '@active-session/core';
import { sql, type Kysely } from 'kysely';
import type { HandoverRecord } from '../records.js';
import type { BookingsTable } from '../store.js';
import { allBookings, bookingRecords } from './booking-query.js';
import type { Database } from './schema.js';

/** What a provider may look up of a patient: their own bookings, and those they wrote in before they handed them over. */
export function lookingBack(db: Kysely<Database>): Pick<BookingsTable, 'history' | 'know' | 'putHandover'> {
  return {
    async history({ provider, patient, before, from, to, kind, after, limit }) {
      const left = sql`from handovers where handovers.booking = bookings.id and handovers.provider = ${provider}
        and bookings.provider <> ${provider}`;
      // To who handed it over, it is when and what it was then.
      const start = sql<number>`coalesce((select handovers."start" ${left}), bookings."start")`;
      const status = sql<string>`coalesce((select handovers.status ${left}), bookings.status)`;
      const wrote = sql<boolean>`exists (select 1 ${left})
        and exists (select 1 from notes where author = ${provider} and booking = bookings.id)`;
      let query = allBookings(db)
        .where('patient', '=', patient)
        .where((where) => where.or([where('provider', '=', provider), wrote]))
        .where((where) => where.or([where(start, '<', before), where(status, '=', 'completed')]));
      if (to !== undefined) query = query.where(start, '<', to);
      if (from !== undefined) query = query.where(start, '>=', from);
      if (after !== undefined) query = query.where(sql<boolean>`(${start}, id) < (${after.start}, ${after.id})`);
      if (kind !== undefined) {
        // Of a booking that is another's now, only what they wrote themselves is theirs to find.
        query = query.where(
          sql<boolean>`exists (select 1 from notes where booking = bookings.id and kind = ${kind}
            and withdrawn_at is null and (bookings.provider = ${provider} or author = ${provider}))`,
        );
      }
      const found = await bookingRecords(db, query.orderBy(start, 'desc').orderBy('id', 'desc').limit(limit));
      const handovers = await handoversOf(
        db,
        provider,
        found.filter((booking) => booking.provider !== provider).map(({ id }) => id),
      );
      return found.map((booking) => {
        const handover = handovers.get(booking.id);
        return handover === undefined ? { booking } : { booking, left: handover };
      });
    },

    async know(provider, patient) {
      const { rows } = await sql`
        select 1 from bookings where patient = ${patient} and (provider = ${provider}
          or exists (select 1 from notes where author = ${provider} and booking = bookings.id))
        limit 1`.execute(db);
      return rows.length > 0;
    },

    async putHandover(handover) {
      const row = handoverRow(handover);
      await db
        .insertInto('handovers')
        .values(row)
        .onConflict((conflict) => conflict.columns(['booking', 'provider']).doUpdateSet(row))
        .execute();
    },
  };
}

async function handoversOf(
  db: Kysely<Database>,
  provider: string,
  bookings: readonly string[],
): Promise<ReadonlyMap<string, HandoverRecord>> {
  if (bookings.length === 0) return new Map();
  const query = db.selectFrom('handovers').selectAll().where('provider', '=', provider);
  const rows = await query.where('booking', 'in', bookings).execute();
  return new Map(rows.map((row) => [row.booking, handoverOf(row)]));
}

function handoverRow(handover: HandoverRecord): Database['handovers'] {
  const { dateTime, durationMinutes, completedAt, rescheduledFrom } = handover;
  const start = toInstant(dateTime);
  return {
    booking: handover.booking,
    provider: handover.provider,
    at: handover.at,
    provider_name: handover.providerName,
    provider_initials: handover.providerInitials,
    start,
    end: start + durationMinutes * MINUTE,
    time_zone: handover.timeZone,
    status: handover.status,
    version: handover.version,
    completed_at: completedAt === undefined ? null : toInstant(completedAt),
    rescheduled_from: rescheduledFrom === undefined ? null : toInstant(rescheduledFrom),
  };
}

function handoverOf(row: Database['handovers']): HandoverRecord {
  return {
    booking: row.booking,
    provider: row.provider,
    at: row.at,
    providerName: row.provider_name,
    providerInitials: row.provider_initials,
    dateTime: toIso(row.start),
    durationMinutes: (row.end - row.start) / MINUTE,
    timeZone: row.time_zone,
    status: row.status,
    version: row.version,
    ...(row.completed_at === null ? {} : { completedAt: toIso(row.completed_at) }),
    ...(row.rescheduled_from === null ? {} : { rescheduledFrom: toIso(row.rescheduled_from) }),
  };
}
