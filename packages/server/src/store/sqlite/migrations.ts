import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Database } from './schema.js';

/** Never changed once released: a new form is a new entry. */
const migrations: Record<string, Migration> = {
  '0001-first': {
    async up(db: Kysely<unknown>) {
      for (const statement of first) await sql.raw(statement).execute(db);
    },
  },
  '0003-audit': {
    async up(db: Kysely<unknown>) {
      for (const statement of audit) await sql.raw(statement).execute(db);
    },
  },
};

const audit = [
  `create table audit (
     seq integer primary key autoincrement, at integer not null, actor text, action text not null, booking text,
     subject text, previous text not null, hash text not null) strict`,
];

const first = [
  `create table meta (key text primary key, value text not null) strict`,
  `insert into meta values ('instance', lower(hex(randomblob(4))))`,
  `create table people (
     id text primary key, role text not null check (role in ('patient', 'provider')), name text not null,
     initials text not null, specialty text, time_zone text not null) strict`,
  `create table opening_hours (
     id integer primary key, provider text not null references people (id),
     weekday integer not null check (weekday between 1 and 7), from_time text not null, to_time text not null,
     slot_minutes integer not null check (slot_minutes > 0), session_types text not null) strict`,
  `create index opening_hours_of on opening_hours (provider)`,
  `create table bookings (
     id text primary key, patient text not null references people (id), patient_name text not null,
     provider text not null references people (id), provider_name text not null, provider_initials text not null,
     "start" integer not null, "end" integer not null check ("end" > "start"), time_zone text not null,
     session_type text not null, notes text not null,
     status text not null check (status in ('scheduled', 'completed', 'cancelled')), booked_at integer not null,
     version integer not null, completed_at integer, cancelled_at integer, cancel_reason text) strict`,
  `create unique index no_double_booking on bookings (provider, "start") where status <> 'cancelled'`,
  `create index bookings_of_patient on bookings (patient, "start", id)`,
  `create index bookings_of_provider on bookings (provider, "start", id)`,
  `create index bookings_scheduled on bookings ("start") where status = 'scheduled'`,
  `create table attendance (
     id integer primary key, booking text not null references bookings (id), seat text not null,
     joined_at integer not null, left_at integer) strict`,
  `create index attendance_of on attendance (booking, seat)`,
  `create index attendance_left on attendance (left_at)`,
  `create unique index one_open_entry on attendance (booking, seat) where left_at is null`,
  `create table leases (
     booking text not null references bookings (id), seat text not null, person text not null references people (id),
     holder text, lease text not null unique, state text not null, since integer not null, reported_at integer not null,
     expires_at integer not null, peer_id text, primary key (booking, seat)) strict, without rowid`,
  `create table grants (
     token_hash text primary key, kind text not null, booking text not null references bookings (id),
     seat text not null, lease text not null, peer_id text not null, expires_at integer not null,
     used_at integer) strict, without rowid`,
  `create index grants_of on grants (lease)`,
  `create table notes (
     seq integer primary key autoincrement, id text not null, booking text not null references bookings (id),
     author text not null references people (id), provider_name text not null, timestamp integer not null,
     content text not null, kind text, amends text, unique (booking, id)) strict`,
  `create table outbox (
     seq integer primary key autoincrement, patient text, provider text, type text not null, payload text not null,
     created integer not null) strict`,
  `create index outbox_created on outbox (created)`,
  `create index outbox_of_patient on outbox (patient)`,
  `create index outbox_of_provider on outbox (provider)`,
  `create table answers (
     person text not null, route text not null, key text not null, request_hash text not null,
     status integer not null, body text not null, created integer not null,
     primary key (person, route, key)) strict, without rowid`,
];

/**
 * Brings the database to this version's form.
 *
 * @throws Error when the database was written by a newer version, which it then leaves untouched
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const newer = await unknownMigrations(db);
  if (newer.length > 0) {
    throw new Error(`The data folder was written by a newer version of this server (it has ${newer.join(', ')}).`);
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('The database could not be migrated.', { cause: error });
}

async function unknownMigrations(db: Kysely<Database>): Promise<string[]> {
  const tables = await sql<{ name: string }>`select name from sqlite_master where name = 'kysely_migration'`.execute(
    db,
  );
  if (tables.rows.length === 0) return [];
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return done.rows.map(({ name }) => name).filter((name) => !(name in migrations));
}
