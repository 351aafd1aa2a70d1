import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { runCommand } from '../src/cli/run.js';
import { seed } from '../src/store/seed.js';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.js';
import type { Store } from '../src/store/store.js';
import { hours, people } from './people.js';
import { fill, NOW, type Patient } from './record-rows.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A database as a server left it, and the command line beside it. */
export interface Bench {
  readonly dataFolder: string;
  readonly store: Store;
  command(...args: string[]): Promise<Ran>;
  /** Past the server, with SQL. */
  raw<T>(work: (db: DatabaseSync) => T): T;
  /** A patient with a booking in every state, and a text of their own wherever one can be. */
  fill(patient: Patient, sign: string): void;
  /** The columns that `sign` is in. */
  found(sign: string): string[];
  /** The files in whose bytes `text` stands. */
  filesWith(text: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'active-session-'));
  const store = await openSqliteStore({ dataFolder });
  await seed(store, { people, hours });

  function raw<T>(work: (db: DatabaseSync) => T): T {
    const db = new DatabaseSync(join(dataFolder, 'active-session.db'));
    db.exec('pragma secure_delete = on; pragma busy_timeout = 1000');
    try {
      return work(db);
    } finally {
      db.close();
    }
  }

  return {
    dataFolder,
    store,
    raw,
    command: (...args) => run(args, dataFolder),
    fill: (patient, sign) => {
      raw((db) => {
        fill(db, patient, sign);
      });
    },
    found: (sign) => raw((db) => textColumns(db).filter((place) => isIn(db, place, sign))),
    filesWith: (text) => filesWith(dataFolder, text),
    async close() {
      await store.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The files of a folder in whose bytes `text` stands. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const files = await readdir(folder);
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file))));
  return files.filter((_, i) => contents[i]?.includes(text) === true);
}

/** One command of the command line. */
export async function run(args: readonly string[], dataFolder: string): Promise<Ran> {
  const lines: { out: string[]; err: string[] } = { out: [], err: [] };
  const code = await runCommand(args, {
    env: { ACTIVE_SESSION_DATA_FOLDER: dataFolder },
    clock: { now: () => NOW },
    out: (line) => void lines.out.push(line),
    err: (line) => void lines.err.push(line),
  });
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
}

/** Every column of the database that can hold a text. */
export function textColumns(db: DatabaseSync): string[] {
  const tables = db.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[];
  return tables
    .filter(({ name }) => !name.startsWith('sqlite_') && !name.startsWith('kysely_'))
    .flatMap(({ name }) => {
      const columns = db.prepare(`select name, type from pragma_table_info('${name}')`).all();
      return columns.filter(({ type }) => type !== 'INTEGER').map((column) => `${name}.${String(column['name'])}`);
    });
}

function isIn(db: DatabaseSync, place: string, sign: string): boolean {
  const [table, column] = place.split('.');
  return db.prepare(`select 1 from ${table} where "${column}" like ?`).get(`%${sign}%`) !== undefined;
}

/** Columns with something that was said or written about somebody. */
export const CONTENT = [
  'people.name',
  'people.initials',
  'people.specialty',
  'people.time_zone',
  'bookings.patient_name',
  'bookings.notes',
  'bookings.cancel_reason',
  'bookings.late_message',
  'admissions.message',
  'guests.name',
  'guests.message',
  'leases.devices',
  'leases.holder',
  'leases.sending',
  'notes.content',
  'notes.kind',
  'draft_keys.key',
  'outbox.payload',
  'answers.body',
  'answers.key',
];
/** Columns with ids, codes, digests, and what is about a provider only. */
export const SHELL = [
  'meta.key',
  'meta.value',
  'people.id',
  'people.role',
  'opening_hours.provider',
  'opening_hours.from_time',
  'opening_hours.to_time',
  'opening_hours.session_types',
  'bookings.id',
  'bookings.patient',
  'bookings.provider',
  'bookings.provider_name',
  'bookings.provider_initials',
  'bookings.time_zone',
  'bookings.session_type',
  'bookings.status',
  'bookings.cancelled_by',
  'attendance.booking',
  'attendance.seat',
  'admissions.booking',
  'admissions.state',
  'guests.id',
  'guests.booking',
  'guests.seat',
  'guests.kind',
  'guests.token_hash',
  'guests.admission',
  'leases.booking',
  'leases.seat',
  'leases.person',
  'leases.lease',
  'leases.state',
  'leases.peer_id',
  'grants.token_hash',
  'grants.kind',
  'grants.booking',
  'grants.seat',
  'grants.lease',
  'grants.peer_id',
  'handovers.booking',
  'handovers.provider',
  'handovers.provider_name',
  'handovers.provider_initials',
  'handovers.time_zone',
  'handovers.status',
  'draft_keys.person',
  'draft_keys.id',
  'notes.id',
  'notes.booking',
  'notes.author',
  'notes.provider_name',
  'notes.amends',
  'outbox.patient',
  'outbox.provider',
  'outbox.guest',
  'outbox.type',
  'outbox.booking',
  'outbox.note',
  'answers.person',
  'answers.route',
  'answers.request_hash',
  'audit.actor',
  'audit.action',
  'audit.booking',
  'audit.subject',
  'audit.previous',
  'audit.hash',
  'audit_anchors.hash',
];
