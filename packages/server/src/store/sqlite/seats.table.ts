import { deviceCheckSchema, sendingSchema } from '@active-session/core';
import type { DeleteQueryBuilder, DeleteResult, Kysely } from 'kysely';
import type { GrantRecord, LeaseRecord } from '../records.js';
import type { LeaseChange, LeaseKey, SeatsTable } from '../store.js';
import type { Database } from './schema.js';

export function seatsTable(db: Kysely<Database>): SeatsTable {
  const grantsOf = (key: LeaseKey): DeleteQueryBuilder<Database, 'grants', DeleteResult> =>
    db.deleteFrom('grants').where('lease', '=', key.lease);

  return {
    async lease(booking, seat) {
      const query = db.selectFrom('leases').selectAll().where('booking', '=', booking).where('seat', '=', seat);
      const row = await query.executeTakeFirst();
      return row && leaseOf(row);
    },
    async leasesOf(booking) {
      const rows = await db.selectFrom('leases').selectAll().where('booking', '=', booking).execute();
      return rows.map(leaseOf);
    },
    async leases() {
      return (await db.selectFrom('leases').selectAll().execute()).map(leaseOf);
    },
    async put(lease) {
      const { reportedAt, expiresAt, peerId, devices, sending, ...same } = lease;
      const times = { reported_at: reportedAt, expires_at: expiresAt };
      const told = { devices: json(devices), sending: json(sending) };
      const row = { ...same, ...times, ...told, peer_id: peerId };
      await db
        .insertInto('leases')
        .values(row)
        .onConflict((conflict) => conflict.columns(['booking', 'seat']).doUpdateSet(row))
        .execute();
    },
    async renew({ booking, seat, lease }, now, change) {
      const { numUpdatedRows } = await db
        .updateTable('leases')
        .set(leaseChangeRow(change))
        .where('booking', '=', booking)
        .where('seat', '=', seat)
        .where('lease', '=', lease)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async shorten({ booking, seat, lease }, expiresAt) {
      await db
        .updateTable('leases')
        .set({ expires_at: expiresAt })
        .where('booking', '=', booking)
        .where('seat', '=', seat)
        .where('lease', '=', lease)
        .where('expires_at', '>', expiresAt)
        .execute();
    },
    async drop({ booking, seat, lease }) {
      await db
        .deleteFrom('leases')
        .where('booking', '=', booking)
        .where('seat', '=', seat)
        .where('lease', '=', lease)
        .execute();
    },
    async putGrant({ tokenHash, kind, booking, seat, lease, peerId, expiresAt, usedAt }) {
      await db
        .insertInto('grants')
        .values({
          token_hash: tokenHash,
          kind,
          booking,
          seat,
          lease,
          peer_id: peerId,
          expires_at: expiresAt,
          used_at: usedAt,
        })
        .execute();
    },
    async grant(tokenHash) {
      const row = await db.selectFrom('grants').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
      return row && grantOf(row);
    },
    async useGrant(tokenHash, now) {
      const { numUpdatedRows } = await db
        .updateTable('grants')
        .set({ used_at: now })
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async dropGrant(tokenHash) {
      await db.deleteFrom('grants').where('token_hash', '=', tokenHash).execute();
    },
    async dropUnusedGrants(key) {
      await grantsOf(key).where('used_at', 'is', null).execute();
    },
    async dropGrants(key) {
      await grantsOf(key).execute();
    },
    async purgeGrants(expiredBefore) {
      await db.deleteFrom('grants').where('expires_at', '<', expiredBefore).execute();
    },
  };
}

function leaseOf(row: Database['leases']): LeaseRecord {
  const { reported_at: reportedAt, expires_at: expiresAt, peer_id: peerId, devices, sending, ...same } = row;
  return {
    ...same,
    reportedAt,
    expiresAt,
    peerId,
    devices: devices === null ? null : deviceCheckSchema.parse(JSON.parse(devices)),
    sending: sending === null ? null : sendingSchema.parse(JSON.parse(sending)),
  };
}

function json(value: object | null): string | null {
  return value && JSON.stringify(value);
}

function leaseChangeRow(change: LeaseChange): Partial<Database['leases']> {
  return {
    ...(change.state === undefined ? {} : { state: change.state }),
    ...(change.since === undefined ? {} : { since: change.since }),
    ...(change.reportedAt === undefined ? {} : { reported_at: change.reportedAt }),
    ...(change.expiresAt === undefined ? {} : { expires_at: change.expiresAt }),
    ...(change.peerId === undefined ? {} : { peer_id: change.peerId }),
    ...(change.devices === undefined ? {} : { devices: json(change.devices) }),
    ...(change.sending === undefined ? {} : { sending: json(change.sending) }),
  };
}

function grantOf(row: Database['grants']): GrantRecord {
  const { token_hash: tokenHash, peer_id: peerId, expires_at: expiresAt, used_at: usedAt, ...same } = row;
  return { ...same, tokenHash, peerId, expiresAt, usedAt };
}
