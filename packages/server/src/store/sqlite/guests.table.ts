import type { Kysely } from 'kysely';
import type { GuestRecord } from '../records.js';
import type { GuestChange, GuestsTable } from '../store.js';
import { isUniqueViolation } from './failures.js';
import type { Database } from './schema.js';

type GuestRow = Database['guests'];

export function guestsTable(db: Kysely<Database>): GuestsTable {
  const all = db.selectFrom('guests').selectAll();
  return {
    async of(booking) {
      const query = all.where('booking', '=', booking).where('removed_at', 'is', null);
      return (await query.orderBy('seat').execute()).map(guestOf);
    },
    async get(id) {
      const row = await all.where('id', '=', id).executeTakeFirst();
      return row && guestOf(row);
    },
    async byToken(tokenHash) {
      const row = await all.where('token_hash', '=', tokenHash).executeTakeFirst();
      return row && guestOf(row);
    },
    async insert(guest) {
      try {
        await db.insertInto('guests').values(rowOf(guest)).execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    async change(id, change) {
      await db.updateTable('guests').set(changeRow(change)).where('id', '=', id).execute();
    },
  };
}

function rowOf(guest: GuestRecord): GuestRow {
  const { invitedAt, removedAt, tokenHash, joinedAt, leftAt, ...same } = guest;
  const times = { invited_at: invitedAt, removed_at: removedAt, joined_at: joinedAt, left_at: leftAt };
  return { ...same, ...times, token_hash: tokenHash };
}

function guestOf(row: GuestRow): GuestRecord {
  const { invited_at, removed_at, token_hash, joined_at, left_at, ...same } = row;
  const times = { invitedAt: invited_at, removedAt: removed_at, joinedAt: joined_at, leftAt: left_at };
  return { ...same, ...times, tokenHash: token_hash };
}

function changeRow({ removedAt, admission, message, joinedAt, leftAt }: GuestChange): Partial<GuestRow> {
  return {
    ...(removedAt === undefined ? {} : { removed_at: removedAt }),
    ...(admission === undefined ? {} : { admission }),
    ...(message === undefined ? {} : { message }),
    ...(joinedAt === undefined ? {} : { joined_at: joinedAt }),
    ...(leftAt === undefined ? {} : { left_at: leftAt }),
  };
}
