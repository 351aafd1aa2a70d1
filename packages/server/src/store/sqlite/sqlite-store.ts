import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Store, StoreView } from '../store.js';
import { auditTable } from './audit.table.js';
import { bookingsTable } from './bookings.table.js';
import { nodeSqliteDialect } from './dialect.js';
import { translateFailure } from './failures.js';
import { migrate } from './migrations.js';
import { notesTable } from './notes.table.js';
import { answersTable, eventsTable } from './outbox.table.js';
import { peopleTable } from './people.table.js';
import { seatsTable } from './seats.table.js';
import type { Database } from './schema.js';

export interface SqliteStoreOptions {
  /** Made when it does not exist. The database is one file in it, with SQLite's own two beside it. */
  readonly dataFolder: string;
}

/** Everything in one SQLite file. A commit is on the disk when its promise resolves. */
export async function openSqliteStore({ dataFolder }: SqliteStoreOptions): Promise<Store> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, 'active-session.db');
  createPrivate(file);
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
  // Before all else, because a second process may be opening the same file.
  database.exec('pragma busy_timeout = 1000');
  database.exec('pragma journal_mode = WAL');
  database.exec('pragma synchronous = FULL');
  const db = new Kysely<Database>({ dialect: nodeSqliteDialect(database) });
  try {
    await migrate(db);
    const meta = await db.selectFrom('meta').select('value').where('key', '=', 'instance').executeTakeFirstOrThrow();
    return storeOver(db, meta.value);
  } catch (error) {
    if (database.isOpen) database.close();
    throw error;
  }
}

/** Health data is for nobody else on this machine, also in a folder that was there before. SQLite's own two files follow. */
function createPrivate(file: string): void {
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

  return {
    instance,
    transaction: (work) => inTurn(() => db.transaction().execute((transaction) => work(viewOf(transaction)))),
    read: (work) => inTurn(() => work(viewOf(db))),
    close: () => (closed ??= inTurn(() => db.destroy())),
  };
}

function viewOf(db: Kysely<Database>): StoreView {
  return {
    people: peopleTable(db),
    bookings: bookingsTable(db),
    seats: seatsTable(db),
    notes: notesTable(db),
    events: eventsTable(db),
    answers: answersTable(db),
    audit: auditTable(db),
  };
}
