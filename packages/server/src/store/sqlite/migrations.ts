import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Database } from './schema.js';

/** Never changed once released: a new form is a new entry. */
export const migrations: Record<string, Migration> = {
  '0001-first': {
    async up(db: Kysely<unknown>) {
      for (const statement of first) await sql.raw(statement).execute(db);
    },
  },
  '0002-contract': {
    async up(db: Kysely<unknown>) {
      for (const statement of contract) await sql.raw(statement).execute(db);
    },
  },
  '0003-audit': {
    async up(db: Kysely<unknown>) {
      for (const statement of audit) await sql.raw(statement).execute(db);
    },
  },
  '0004-sending': {
    async up(db: Kysely<unknown>) {
      for (const statement of sending) await sql.raw(statement).execute(db);
    },
  },
  '0005-guests': {
    async up(db: Kysely<unknown>) {
      for (const statement of guests) await sql.raw(statement).execute(db);
    },
  },
};

const guests = [
  `create table guests (
     id text primary key, booking text not null references bookings (id), seat text not null, name text not null,
     kind text not null, invited_at integer not null, removed_at integer, token_hash text not null unique,
     admission text not null check (admission in ('asking', 'admitted', 'held')), message text,
     joined_at integer, left_at integer) strict, without rowid`,
  `create unique index one_guest_a_seat on guests (booking, seat) where removed_at is null`,
  `create index guests_of on guests (booking)`,
  `alter table outbox add column guest text`,
  `create index outbox_of_guest on outbox (guest) where guest is not null`,
  // Who holds a seat can be a guest now, whom the table of people does not know.
  `create table seats_held (
     booking text not null references bookings (id), seat text not null, person text not null,
     holder text, lease text not null unique, state text not null, since integer not null, reported_at integer not null,
     expires_at integer not null, peer_id text, devices text, sending text,
     primary key (booking, seat)) strict, without rowid`,
  `insert into seats_held (booking, seat, person, holder, lease, state, since, reported_at, expires_at, peer_id, devices,
     sending)
   select booking, seat, person, holder, lease, state, since, reported_at, expires_at, peer_id, devices, sending
   from leases`,
  `drop table leases`,
  `alter table seats_held rename to leases`,
];

const sending = [
  `alter table leases add column sending text`,
  `alter table bookings add column cancelled_by text check (cancelled_by in ('patient', 'provider'))`,
];

// Given its place by hand: a number taken by a transaction that was rolled back would look like a row that was removed.
const audit = [
  `alter table bookings add column erased_at integer`,
  `create table audit (
     seq integer primary key, at integer not null, actor text, action text not null, booking text, subject text,
     previous text not null, hash text not null) strict`,
  // The last row of each beginning that was removed.
  `create table audit_anchors (seq integer primary key, hash text not null, at integer not null) strict`,
  // `insert or replace` deletes without asking the trigger of deletes: what is not put at the end is refused here.
  `create trigger audit_only_at_the_end before insert on audit
   when new.seq is not 1 + coalesce((select max(seq) from audit), (select max(seq) from audit_anchors), 0)
     or new.previous is not coalesce((select hash from audit order by seq desc limit 1),
                                     (select hash from audit_anchors order by seq desc limit 1), '')
   begin select raise(abort, 'An audit entry is only ever put at the end.'); end`,
  `create trigger audit_never_changed before update on audit
   begin select raise(abort, 'An audit entry is never changed.'); end`,
  `create trigger audit_removed_under_anchor before delete on audit
   when old.seq > coalesce((select max(seq) from audit_anchors), 0)
   begin select raise(abort, 'An audit entry is only removed under an anchor.'); end`,
  `create trigger audit_anchor_names_a_row before insert on audit_anchors
   when not exists (select 1 from audit where seq = new.seq and hash = new.hash)
   begin select raise(abort, 'An anchor names an entry of the audit trail.'); end`,
  `create trigger audit_anchor_never_changed before update on audit_anchors
   begin select raise(abort, 'An anchor is never changed.'); end`,
  `create trigger audit_anchor_never_removed before delete on audit_anchors
   begin select raise(abort, 'An anchor is never removed.'); end`,
];

const contract = [
  `alter table people add column active integer not null default 1 check (active in (0, 1))`,
  `alter table bookings add column rescheduled_from integer`,
  `alter table bookings add column late_minutes integer`,
  `alter table bookings add column late_message text`,
  `alter table bookings add column late_said_at integer`,
  // Rises when a booking is moved: rows of a former life stay as a record and count no more.
  `alter table bookings add column epoch integer not null default 0`,
  `alter table attendance add column epoch integer not null default 0`,
  `create table admissions (
     booking text primary key references bookings (id), state text not null check (state in ('admitted', 'held')),
     message text) strict, without rowid`,
  `alter table leases add column devices text`,
  // Bookings as they stood when a provider handed them over: what that provider may know of them since.
  `create table handovers (
     booking text not null references bookings (id), provider text not null references people (id),
     at integer not null, provider_name text not null, provider_initials text not null, "start" integer not null,
     "end" integer not null, time_zone text not null, status text not null, version integer not null,
     completed_at integer, rescheduled_from integer, primary key (booking, provider)) strict, without rowid`,
  `alter table answers drop column status`,
  `create table draft_keys (
     person text primary key references people (id), id text not null, key text not null) strict, without rowid`,
  `alter table notes add column withdrawn_at integer`,
  `create index notes_of_author on notes (author, booking)`,
  `alter table outbox add column booking text`,
  `alter table outbox add column note text`,
  `update outbox set
     booking = coalesce(json_extract(payload, '$.bookingId'), json_extract(payload, '$.booking.id')),
     note = json_extract(payload, '$.note.id')`,
  `create index outbox_of_booking on outbox (booking)`,
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

/** @throws Error when the database has not exactly this version's form */
export async function requireCurrent(db: Kysely<Database>): Promise<void> {
  const [newer, done] = [await unknownMigrations(db), await migrationsDone(db)];
  if (newer.length > 0) throw new Error('The database was written by a newer version of this server.');
  const missing = Object.keys(migrations).filter((name) => !done.includes(name));
  if (missing.length > 0) {
    throw new Error('The database was written by an older version of this server: start this one on it first.');
  }
}

async function unknownMigrations(db: Kysely<Database>): Promise<string[]> {
  return (await migrationsDone(db)).filter((name) => !(name in migrations));
}

async function migrationsDone(db: Kysely<Database>): Promise<string[]> {
  const tables = await sql<{ name: string }>`select name from sqlite_master where name = 'kysely_migration'`.execute(
    db,
  );
  if (tables.rows.length === 0) return [];
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return done.rows.map(({ name }) => name);
}
