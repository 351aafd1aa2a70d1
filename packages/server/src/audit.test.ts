import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audited, anchorName, verifyAudit } from './domain/audit.js';
import type { LogEntry } from './log.js';
import { digest } from './random.js';
import { auditHash } from './store/audit-chain.js';
import type { AuditHead, AuditRecord } from './store/records.js';
import { openSqliteStore } from './store/sqlite/sqlite-store.js';
import { StoreUnavailableError, type Store } from './store/store.js';

const AT = Date.parse('2026-03-02T10:00:00.000Z');
const HOUR = 3_600_000;

let dataFolder: string;
let store: Store;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'active-session-'));
  store = await openSqliteStore({ dataFolder });
});
afterEach(async () => {
  await store.close();
  await rm(dataFolder, { recursive: true, force: true });
});

const head = (): Promise<AuditHead> => store.read((view) => view.audit.head());

/** `count` entries, one a second. */
async function write(count: number, actor = 'lee'): Promise<void> {
  const { seq } = await head();
  await store.transaction(async (view) => {
    for (let i = seq + 1; i <= seq + count; i++) {
      await view.audit.append({ actor, action: 'notes.read', booking: `b${i}` }, AT + i * 1_000);
    }
  });
}

/** What somebody does who can write the file and does not care for its rules. */
function tamper(work: (db: DatabaseSync) => void): void {
  const database = new DatabaseSync(join(dataFolder, 'active-session.db'));
  const triggers = database.prepare(`select name from sqlite_master where type = 'trigger'`).all();
  for (const { name } of triggers) database.exec(`drop trigger ${String(name)}`);
  work(database);
  database.close();
}

function rows(db: DatabaseSync): AuditRecord[] {
  return db.prepare('select * from audit order by seq').all() as unknown as AuditRecord[];
}

function put(db: DatabaseSync, row: AuditRecord): void {
  db.prepare('insert into audit values (:seq, :at, :actor, :action, :booking, :subject, :previous, :hash)').run({
    ...row,
  });
}

/** Writes the whole trail anew, with every hash as it should be. */
function rewrite(db: DatabaseSync, from: (row: AuditRecord) => AuditRecord | undefined): void {
  const before = rows(db);
  db.exec('delete from audit');
  let last: AuditHead = { seq: 0, hash: '' };
  for (const row of before.map(from).filter((kept) => kept !== undefined)) {
    const entry = { ...row, seq: last.seq + 1, previous: last.hash };
    last = { ...entry, hash: auditHash(entry) };
    put(db, { ...entry, hash: last.hash });
  }
}

describe('the audit trail', () => {
  it('is whole as it was written, over several pages of it', async () => {
    await write(2_500);
    const { seq, hash } = await head();
    expect(await verifyAudit(store, [{ seq, hash }])).toEqual({
      first: 1,
      head: { seq: 2_500, hash },
      confirmed: 1,
      beyond: [],
    });
  });

  it('has no gap where a transaction was rolled back', async () => {
    await write(2);
    const failing = store.transaction(async (view) => {
      await view.audit.append({ actor: null, action: 'call.left' }, AT);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    await write(1);
    expect(await verifyAudit(store)).toMatchObject({ head: { seq: 3 } });
    expect((await verifyAudit(store)).fault).toBeUndefined();
  });

  it('is one chain for two processes that write by turns', async () => {
    const other = await openSqliteStore({ dataFolder });
    for (const each of [store, other, other, store, other]) {
      await each.transaction((view) => view.audit.append({ actor: 'ana', action: 'booking.read' }, AT));
    }
    await other.close();
    const report = await verifyAudit(store);
    expect(report).toMatchObject({ head: { seq: 5 } });
    expect(report.fault).toBeUndefined();
  });

  it.each([
    ['changed', "update audit set actor = 'moss' where seq = 17", { seq: 17, what: 'changed' }],
    ['changed in time', 'update audit set at = at + 1 where seq = 17', { seq: 17, what: 'changed' }],
    [
      'moved from one column to another',
      'update audit set subject = booking, booking = null where seq = 17',
      { seq: 17, what: 'changed' },
    ],
    ['deleted', 'delete from audit where seq = 17', { seq: 17, what: 'missing' }],
    ['deleted at the beginning', 'delete from audit where seq <= 3', { seq: 1, what: 'missing' }],
    [
      'put before the beginning',
      "insert into audit values (-4, 0, null, 'x', null, null, '', '')",
      { seq: -4, what: 'stray' },
    ],
  ])('names the first row that was %s', async (_, change, fault) => {
    await write(40);
    tamper((db) => {
      db.exec(change);
    });
    expect((await verifyAudit(store)).fault).toEqual(fault);
  });

  it.each(['at', 'actor', 'action', 'booking', 'subject', 'previous', 'hash'])('finds a changed %s', async (column) => {
    await write(5);
    tamper((db) => {
      db.prepare(`update audit set ${column} = 1 where seq = 3`).run();
    });
    expect((await verifyAudit(store)).fault).toEqual({ seq: 3, what: 'changed' });
  });

  it('names the row after one that was changed and hashed anew', async () => {
    await write(40);
    tamper((db) => {
      const row = rows(db)[16]!;
      const changed = { ...row, actor: 'moss' };
      db.prepare('update audit set actor = ?, hash = ? where seq = 17').run('moss', auditHash(changed));
    });
    expect((await verifyAudit(store)).fault).toEqual({ seq: 18, what: 'unchained' });
  });

  it('names the first of two rows that were swapped, hashed anew or not', async () => {
    await write(40);
    tamper((db) => {
      const [a, b] = [rows(db)[16]!, rows(db)[17]!];
      db.exec('delete from audit where seq in (17, 18)');
      put(db, { ...b, seq: 17 });
      put(db, { ...a, seq: 18 });
    });
    expect((await verifyAudit(store)).fault).toEqual({ seq: 17, what: 'changed' });
    tamper((db) => {
      for (const row of rows(db).slice(16, 18)) {
        db.prepare('update audit set hash = ? where seq = ?').run(auditHash(row), row.seq);
      }
    });
    expect((await verifyAudit(store)).fault).toEqual({ seq: 17, what: 'unchained' });
  });

  it('names the row that was inserted, or the one that it pushed on', async () => {
    await write(40);
    const insert = (hashed: boolean): void =>
      tamper((db) => {
        const after = rows(db).slice(16);
        db.exec('delete from audit where seq > 16');
        const stranger = { ...after[0]!, actor: 'moss' };
        put(db, { ...stranger, hash: hashed ? auditHash(stranger) : 'f'.repeat(64) });
        for (const row of after) put(db, { ...row, seq: row.seq + 1 });
      });
    insert(true);
    expect((await verifyAudit(store)).fault).toEqual({ seq: 18, what: 'changed' });
    insert(false);
    expect((await verifyAudit(store)).fault).toEqual({ seq: 17, what: 'changed' });
  });

  it('finds by a published head alone that its end was cut off', async () => {
    await write(40);
    const published = await head();
    tamper((db) => {
      db.exec('delete from audit where seq > 25');
    });
    expect((await verifyAudit(store)).fault).toBeUndefined();
    expect((await verifyAudit(store, [published])).fault).toEqual({ seq: 26, what: 'cut' });
    // Written on since, it is another chain.
    await write(30, 'moss');
    expect((await verifyAudit(store)).fault).toBeUndefined();
    expect((await verifyAudit(store, [published])).fault).toEqual({ seq: 40, what: 'rewritten', after: 0 });
  });

  it('finds by published heads alone that it was written anew as a whole, and from where on', async () => {
    const published: AuditHead[] = [];
    for (let i = 0; i < 4; i++) {
      await write(10);
      published.push(await head());
    }
    tamper((db) => {
      rewrite(db, (row) => (row.seq === 17 ? { ...row, actor: 'moss' } : row));
    });
    expect((await verifyAudit(store)).fault).toBeUndefined();
    expect((await verifyAudit(store, published)).fault).toEqual({ seq: 20, what: 'rewritten', after: 10 });
  });

  it('refuses to be changed in any way that SQL has for it', async () => {
    await write(5);
    const db = new DatabaseSync(join(dataFolder, 'active-session.db'));
    const [row] = rows(db);
    const values = `${row!.seq}, 0, 'moss', 'x', null, null, '', ''`;
    const attempts = [
      'update audit set actor = null',
      'delete from audit',
      'delete from audit where seq = 5',
      `insert into audit values (9, 0, null, 'x', null, null, '', '')`,
      `insert into audit values (6, 0, null, 'x', null, null, '', '')`,
      `insert or replace into audit values (${values})`,
      `replace into audit values (${values})`,
      `insert into audit values (${values}) on conflict do update set actor = 'moss'`,
      `insert into audit_anchors values (5, '', 0)`,
      `insert into audit_anchors values (99, '${row!.hash}', 0)`,
    ];
    for (const attempt of attempts) expect(() => db.exec(attempt), attempt).toThrow(/audit|anchor/i);
    db.close();
    expect(await verifyAudit(store)).toMatchObject({ head: { seq: 5 } });
    expect((await verifyAudit(store)).fault).toBeUndefined();
  });

  it('keeps ids, and of what can be no id only its digest', async () => {
    await store.transaction(async (view) => {
      await view.audit.append(
        { actor: 'ana', action: 'access.denied', booking: 'Ana Ruiz', subject: 'x'.repeat(900) },
        AT,
      );
      await view.audit.append({ actor: 'ana', action: 'access.denied', subject: 'a\u0000b' }, AT);
    });
    const [first, second] = await store.read((view) => view.audit.after(0, 2));
    expect(first).toMatchObject({ actor: 'ana', booking: `sha256:${digest('Ana Ruiz')}` });
    expect(first?.subject).toMatch(/^sha256:/);
    expect(second?.subject).toMatch(/^sha256:/);
    expect((await verifyAudit(store)).fault).toBeUndefined();
  });
});

describe('retention of the audit trail', () => {
  it('removes the beginning under an anchor, from which the rest is verified', async () => {
    await write(40);
    const old = (await store.read((view) => view.audit.after(9, 1)))[0]!;
    const young = await head();
    const anchor = await store.transaction(async (view) => {
      const removed = await view.audit.removeBefore(AT + 21_000, AT + HOUR);
      await view.audit.append({ actor: null, action: 'records.expired', subject: anchorName(removed!) }, AT + HOUR);
      return removed;
    });
    expect(anchor?.seq).toBe(20);
    expect(await verifyAudit(store, [anchor!, young])).toMatchObject({ first: 21, head: { seq: 41 }, confirmed: 2 });
    // A head from before can't be checked any more, which is not a fault.
    const report = await verifyAudit(store, [old, young]);
    expect(report).toMatchObject({ confirmed: 1, beyond: [{ seq: 10 }] });
    expect(report.fault).toBeUndefined();

    const db = new DatabaseSync(join(dataFolder, 'active-session.db'));
    for (const attempt of [
      'delete from audit where seq = 21',
      'delete from audit_anchors',
      `update audit_anchors set seq = 30`,
      `insert or replace into audit_anchors values (20, '', 0)`,
    ]) {
      expect(() => db.exec(attempt), attempt).toThrow(/audit|anchor/i);
    }
    db.close();
    tamper((each) => {
      each.exec('delete from audit where seq = 21');
    });
    expect((await verifyAudit(store)).fault).toEqual({ seq: 21, what: 'missing' });
  });

  it('twice in a row leaves a chain, also when all of it was old', async () => {
    for (let i = 0; i < 2; i++) {
      await write(10);
      await store.transaction(async (view) => {
        const anchor = await view.audit.removeBefore(AT + 2 * HOUR, AT);
        await view.audit.append({ actor: null, action: 'records.expired', subject: anchorName(anchor!) }, AT + HOUR);
        expect(await view.audit.removeBefore(AT - HOUR, AT)).toBeUndefined();
      });
    }
    const report = await verifyAudit(store);
    expect(report).toMatchObject({ first: 22, head: { seq: 22 } });
    expect(report.fault).toBeUndefined();
  });

  it('finds a beginning that somebody removed under an anchor of their own', async () => {
    await write(40);
    tamper((db) => {
      const row = rows(db)[19]!;
      db.prepare('insert into audit_anchors values (20, ?, 0)').run(row.hash);
      db.exec('delete from audit where seq <= 20');
    });
    expect((await verifyAudit(store)).fault).toEqual({ seq: 20, what: 'unanchored' });
  });
});

describe('a read that is audited', () => {
  const log: LogEntry[] = [];
  const recorder = (over: Partial<Store> = {}): Parameters<typeof audited>[0] => ({
    domain: { store: { ...store, ...over }, clock: { now: () => AT } },
    log: (entry) => void log.push(entry),
  });
  const entry = { actor: 'lee', action: 'notes.read', booking: 'b1' } as const;
  beforeEach(() => void log.splice(0));

  it('is in the trail with who read what', async () => {
    expect(await audited(recorder(), entry, async () => 'the notes')).toBe('the notes');
    expect(await store.read((view) => view.audit.after(0, 10))).toMatchObject([{ ...entry, at: AT }]);
  });

  it('shares one write with others that come at the same time, and has an entry of its own', async () => {
    let writes = 0;
    const counting: Partial<Store> = {
      transaction: (work) => {
        writes += 1;
        return store.transaction(work);
      },
    };
    const one = recorder(counting);
    const read = (id: number): Promise<number> => audited(one, { ...entry, subject: `n${id}` }, async () => id);
    expect(await Promise.all([1, 2, 3, 4].map(read))).toEqual([1, 2, 3, 4]);
    expect(await read(5)).toBe(5);
    expect(writes).toBe(2);
    const subjects = await store.read((view) => view.audit.after(0, 10));
    expect(subjects.map(({ subject }) => subject)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
  });

  it('is not, where nothing was read', async () => {
    await expect(audited(recorder(), entry, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await head()).toMatchObject({ seq: 0 });
  });

  it('is answered when the trail cannot be written, and that is logged', async () => {
    const full = new StoreUnavailableError('now', { cause: Object.assign(new Error('disk full'), { errcode: 13 }) });
    const transaction = (): Promise<never> => Promise.reject(full);
    expect(await audited(recorder({ transaction }), entry, async () => 'the notes')).toBe('the notes');
    expect(log).toMatchObject([
      { level: 'error', event: 'audit.unwritten', action: 'notes.read', booking: 'b1', code: '13' },
    ]);
  });
});
