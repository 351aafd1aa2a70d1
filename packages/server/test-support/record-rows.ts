import type { DatabaseSync } from 'node:sqlite';

export const NOW = Date.parse('2026-03-02T10:00:00.000Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export type Patient = 'ana' | 'ben';
const PROVIDERS = { ana: 'lee', ben: 'moss' } as const;
const NOTES = 20;

/** A patient with a booking in every state, and a text with `sign` in it in every column that can hold one. */
export function fill(db: DatabaseSync, patient: Patient, sign: string): void {
  const put = inserter(db);
  const said = (where: string): string => `${sign} ${where} ${'said in confidence '.repeat(40)}`;
  fillPerson(db, patient, sign, said);
  const starts = { past: NOW - 30 * DAY, now: NOW - HOUR / 2, future: NOW + 30 * DAY };
  for (const [when, start] of Object.entries(starts)) {
    const id = `${patient}-${when}`;
    put('bookings', {
      id,
      patient,
      patient_name: said('name'),
      provider: PROVIDERS[patient],
      provider_name: 'Dr. Mina Lee',
      provider_initials: 'ML',
      start,
      end: start + HOUR,
      time_zone: 'UTC',
      session_type: 'Video visit',
      notes: said('reason'),
      status: when === 'past' ? 'completed' : 'scheduled',
      booked_at: start - 60 * DAY,
      version: 3,
      cancel_reason: said('cancel'),
      late_minutes: 5,
      late_message: said('late'),
      late_said_at: start,
    });
    put('handovers', {
      booking: id,
      provider: 'moss',
      at: start - DAY,
      provider_name: 'Dr. Jo Moss',
      provider_initials: 'JM',
      start,
      end: start + HOUR,
      time_zone: 'UTC',
      status: 'scheduled',
      version: 2,
    });
    put('admissions', { booking: id, state: 'held', message: said('held') });
    put('guests', {
      id: `guest:${id}`,
      booking: id,
      seat: 'guest-1',
      name: said('guest'),
      kind: 'interpreter',
      invited_at: start - DAY,
      token_hash: `${id}-link`,
      admission: 'held',
      message: said('guest held'),
    });
    const left_at = when === 'now' ? null : start + 1;
    put('attendance', { booking: id, seat: 'patient', joined_at: start, left_at });
    for (let i = 0; i < NOTES; i++) fillNote(put, { id: `${id}-n${i}`, booking: id, patient, start, i, sign, said });
  }
  fillSeat(put, { patient, booking: `${patient}-now`, sign, said });
}

type Said = (where: string) => string;

function fillPerson(db: DatabaseSync, patient: Patient, sign: string, said: Said): void {
  const put = inserter(db);
  db.prepare('update people set name = ?, initials = ?, specialty = ?, time_zone = ? where id = ?').run(
    said('name'),
    `${sign}-i`,
    said('specialty'),
    `${sign}/Zone`,
    patient,
  );
  put('draft_keys', { person: patient, id: `${patient}-key`, key: said('draft') });
  const body = JSON.stringify({ id: 'elsewhere', notes: said('own answer') });
  const answer = { person: patient, route: 'book', key: `${sign}-key`, request_hash: 'h', body };
  put('answers', { ...answer, created: NOW });
}

interface NoteToFill {
  readonly id: string;
  readonly booking: string;
  readonly patient: Patient;
  readonly start: number;
  readonly i: number;
  readonly sign: string;
  readonly said: Said;
}

/** With the event and the remembered answer that it left. */
function fillNote(put: Insert, { id, booking, patient, start, i, sign, said }: NoteToFill): void {
  const content = said(`note ${i}`);
  put('notes', {
    id,
    booking,
    author: i === 3 ? 'moss' : PROVIDERS[patient],
    provider_name: 'Dr. Mina Lee',
    timestamp: start + i,
    content,
    kind: `${sign}-kind`,
    withdrawn_at: i === 2 ? start + HOUR : null,
  });
  const payload = JSON.stringify({ bookingId: booking, note: { id, content } });
  const audience = { patient, provider: PROVIDERS[patient] };
  put('outbox', { ...audience, type: 'note.added', payload, created: start, booking, note: id });
  const body = JSON.stringify({ id, bookingId: booking, content });
  const route = `note ${booking}`;
  put('answers', { person: 'lee', route, key: id, request_hash: 'h', body, created: start });
}

function fillSeat(
  put: Insert,
  { patient, booking, sign, said }: { patient: Patient; booking: string; sign: string; said: Said },
): void {
  const since = NOW - HOUR / 2;
  const seat = { booking, seat: 'patient', lease: `${booking}-lease`, expires_at: NOW + HOUR };
  put('leases', {
    ...seat,
    person: patient,
    holder: `${sign}-holder`,
    state: 'in-call',
    since,
    reported_at: since,
    devices: JSON.stringify({ camera: said('devices') }),
    sending: JSON.stringify({ camera: said('sending') }),
  });
  put('grants', { ...seat, token_hash: `${booking}-grant`, kind: 'native', peer_id: 'p' });
}

export type Insert = (table: string, row: Readonly<Record<string, string | number | null>>) => void;

export function inserter(db: DatabaseSync): Insert {
  return (table, row) => {
    const columns = Object.keys(row).map((column) => `"${column}"`);
    const places = columns.map(() => '?');
    db.prepare(`insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`).run(...Object.values(row));
  };
}
