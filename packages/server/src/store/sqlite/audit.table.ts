import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditTable } from '../store.js';
import type { Database } from './schema.js';

export function auditTable(db: Kysely<Database>): AuditTable {
  return {
    async append({ actor, action, booking = null, subject = null }, now) {
      const last = await db.selectFrom('audit').select('hash').orderBy('seq', 'desc').limit(1).executeTakeFirst();
      const previous = last?.hash ?? '';
      const hash = createHash('sha256')
        .update(JSON.stringify([previous, now, actor, action, booking, subject]))
        .digest('hex');
      await db.insertInto('audit').values({ at: now, actor, action, booking, subject, previous, hash }).execute();
    },
  };
}
