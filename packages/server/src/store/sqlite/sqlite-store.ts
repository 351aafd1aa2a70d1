import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import { StoreUnavailableError, type Store, type StoreView } from '../store.js';
import { auditTable } from './audit.table.js';
import { bookingsTable } from './bookings.table.js';
import { nodeSqliteDialect } from './dialect.js';
import { isBusy, translateFailure } from './failures.js';
import { guestsTable } from './guests.table.js';
import { migrate, requireCurrent } from './migrations.js';
import { notesTable } from './notes.table.js';
import { answersTable, draftKeysTable, eventsTable } from './outbox.table.js';
import { peopleTable } from './people.table.js';
import { recordsTable } from './records.table.js';
import { seatsTable } from './seats.table.js';
import type { Database } from './schema.js';

export interface SqliteStoreOptions {
  /** Made when it does not exist. The database is one file in it, with SQLite's own two beside it. */
  readonly dataFolder: string;
  /** Only a database that is there and has this version's form; nothing is made or migrated. */
  readonly mustExist?: boolean;
}

/** How long another process may keep the database to itself, in ms, before a write that waits for it is given up. */
const LOCKED_AT_MOST = 2_000;
const LOCKED_POLL = 20;
/** The same for opening the database while another process opens or changes it. */
const OPENED_WITHIN = 15_000;
/** The same for a compaction, which needs a moment in which nobody else reads or writes. */
const COMPACTED_WITHIN = 5_000;

/**
 * Everything in one SQLite file. A commit is on the disk when its promise resolves.
 *
 * @throws Error when the database is of a newer version, or with `mustExist` is not there or of an older one
 */
export async function openSqliteStore({ dataFolder, mustExist = false }: SqliteStoreOptions): Promise<Store> {
  const file = join(dataFolder, 'active-session.db');
  if (!mustExist) createPrivate(dataFolder, file);
  else if (!existsSync(file)) throw new Error(`There is no database in ${dataFolder}.`);
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
  // Before all else, because a second process may be opening the same file.
  database.exec('pragma busy_timeout = 1000');
  await whenUnlocked(() => {
    database.exec('pragma journal_mode = WAL');
  });
  database.exec('pragma synchronous = FULL');
  // What is deleted is overwritten, as far as SQLite can without writing the whole file anew.
  database.exec('pragma secure_delete = on');
  const db = new Kysely<Database>({ dialect: nodeSqliteDialect(database) });
  try {
    await (mustExist ? requireCurrent(db) : migrate(db));
    // SQLite's own way of waiting stops everything else in this process.
    database.exec('pragma busy_timeout = 20');
    const meta = await db.selectFrom('meta').select('value').where('key', '=', 'instance').executeTakeFirstOrThrow();
    return storeOver(db, meta.value);
  } catch (error) {
    if (database.isOpen) database.close();
    throw error;
  }
}

/**
 * Of two processes that change the journal of one file at a moment, SQLite refuses one at once, without waiting: each of
 * them reads, and waits for the other to stop reading.
 */
async function whenUnlocked(work: () => void): Promise<void> {
  const until = performance.now() + OPENED_WITHIN;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() >= until) throw error;
      await pause(LOCKED_POLL);
    }
  }
}

/** Health data is for nobody else on this machine, also in a folder that was there before. SQLite's own two files follow. */
function createPrivate(dataFolder: string, file: string): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function storeOver(db: Kysely<Database>, instance: string): Store {
  // There is one connection: what is awaited inside one transaction must not let another's statements in between.
  let last: Promise<unknown> = Promise.resolve();
  let closed: Promise<void> | undefined;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work).catch((error: unknown) => {
      throw translateFailure(error);
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  /** Nothing of `work` is done before the write lock is held, so that trying again is safe. */
  async function begin<T>(work: (view: StoreView) => Promise<T>, until: number): Promise<T> {
    let begun = 0;
    for (;;) {
      try {
        return await db.transaction().execute((transaction) => {
          begun += 1;
          return work(viewOf(transaction));
        });
      } catch (error) {
        if (begun > 0 || !isBusy(error) || performance.now() >= until) throw error;
        await pause(LOCKED_POLL);
      }
    }
  }

  /** Tries what needs a moment in which no other process is at the database, until it is done. */
  async function whenFree(work: () => Promise<boolean>): Promise<void> {
    const until = performance.now() + COMPACTED_WITHIN;
    for (;;) {
      const isDone = await work().catch((error: unknown) => {
        if (isBusy(error)) return false;
        throw error;
      });
      if (isDone) return;
      if (performance.now() >= until) throw new StoreUnavailableError('Another process keeps the database busy.');
      await pause(LOCKED_POLL);
    }
  }

  /** Deleting alone leaves pieces of what was there in pages that SQLite has rearranged, and in the write-ahead log. */
  async function compact(): Promise<void> {
    await whenFree(async () => {
      await sql`vacuum`.execute(db);
      return true;
    });
    await whenFree(async () => {
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
      return rows[0]?.busy === 0;
    });
  }

  return {
    instance,
    transaction(work) {
      const until = performance.now() + LOCKED_AT_MOST;
      return inTurn(() => begin(work, until));
    },
    read: (work) => inTurn(() => work(viewOf(db))),
    compact: () => inTurn(compact),
    close: () => (closed ??= inTurn(() => db.destroy())),
  };
}

function viewOf(db: Kysely<Database>): StoreView {
  return {
    people: peopleTable(db),
    bookings: bookingsTable(db),
    seats: seatsTable(db),
    guests: guestsTable(db),
    notes: notesTable(db),
    events: eventsTable(db),
    answers: answersTable(db),
    draftKeys: draftKeysTable(db),
    audit: auditTable(db),
    records: recordsTable(db),
  };
}
