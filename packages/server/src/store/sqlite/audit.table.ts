import type { Kysely } from 'kysely';
import { auditHash, auditId, CHAIN_START } from '../audit-chain.js';
import type { AuditHead } from '../records.js';
import type { AuditTable } from '../store.js';
import type { Database } from './schema.js';

export function auditTable(db: Kysely<Database>): AuditTable {
  const end = (table: 'audit' | 'audit_anchors'): Promise<AuditHead | undefined> =>
    db.selectFrom(table).select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();

  async function head(): Promise<AuditHead> {
    return (await end('audit')) ?? (await end('audit_anchors')) ?? CHAIN_START;
  }

  return {
    head,
    async append({ actor, action, booking, subject }, now) {
      const { seq, hash: previous } = await head();
      const entry = {
        seq: seq + 1,
        at: now,
        actor: actor === null ? null : auditId(actor),
        action,
        booking: booking === undefined ? null : auditId(booking),
        subject: subject === undefined ? null : auditId(subject),
        previous,
      };
      await db
        .insertInto('audit')
        .values({ ...entry, hash: auditHash(entry) })
        .execute();
    },
    async after(seq, limit) {
      return db.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute();
    },
    async anchors() {
      return db.selectFrom('audit_anchors').select(['seq', 'hash']).orderBy('seq').execute();
    },
    async removeBefore(before, now) {
      const kept = db.selectFrom('audit').select('seq').where('at', '>=', before).orderBy('seq').limit(1);
      const first = (await kept.executeTakeFirst())?.seq ?? (await head()).seq + 1;
      const removed = db.selectFrom('audit').select(['seq', 'hash']).where('seq', '<', first).orderBy('seq', 'desc');
      const anchor = await removed.limit(1).executeTakeFirst();
      if (anchor === undefined) return undefined;
      await db
        .insertInto('audit_anchors')
        .values({ ...anchor, at: now })
        .execute();
      await db.deleteFrom('audit').where('seq', '<=', anchor.seq).execute();
      return anchor;
    },
  };
}
