import fc from 'fast-check';
import {
  judge,
  toInstant,
  toIso,
  type AttendanceEntry,
  type Booking,
  type ProviderNote,
  type Role,
} from '@active-session/core';
import { HOUR, MINUTE, type Answer, type TestServer } from './harness.js';
import { POLICY } from './people.js';

/** What one of three people can do, or what can happen, in a sequence. */
export type Step =
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'restart' }
  | { readonly do: 'sweep' }
  /** Both take their seat and are in the call, where the rules let them. */
  | { readonly do: 'meet' }
  | { readonly do: Command; readonly who: Person; readonly pick: number };

type Person = 'ana' | 'lee' | 'ben';
/** Everything that somebody can try. */
export const COMMANDS = [
  'seat',
  'take-over',
  'join',
  'in-call',
  'waiting',
  'leave',
  'complete',
  'cancel',
  'reopen',
  'reschedule',
  'admit',
  'hold',
  'late',
  'no-show',
  'note',
  'same-note',
  'withdraw',
] as const;
type Command = (typeof COMMANDS)[number];

/** Sequences in which people mostly do what can be done, and sometimes anything. */
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(0, 1, 2, 5, 10, 30, 90) }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'sweep' as const }) },
    { weight: 4, arbitrary: fc.constant({ do: 'meet' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
    {
      weight: 20,
      arbitrary: fc.record({
        do: fc.constantFrom(...COMMANDS),
        who: fc.constantFrom<Person>('ana', 'ana', 'lee', 'lee', 'lee', 'ben'),
        pick: fc.nat({ max: 1_000 }),
      }),
    },
  ),
  { minLength: 3, maxLength: 30, size: 'max' },
);

/** A booking that starts soon, or began a while ago, and what happens to it. */
export const sequences = fc.record({ startsIn: fc.integer({ min: -60, max: 90 }), steps });

/** One booking, what was done to it, and what was acknowledged. */
export interface Run {
  readonly server: TestServer;
  readonly id: string;
  readonly leases: Map<string, string>;
  readonly acknowledged: Map<string, string>;
  readonly withdrawn: Set<string>;
  lastBooking: Booking;
  notes: readonly ProviderNote[];
  reopened: number;
  /** How often each command was done. */
  readonly done: Map<string, number>;
}

/**
 * @param startsIn in minutes
 * @param turn makes the time of each booking its own: a provider has one at a time
 */
export async function begin(server: TestServer, turn: number, startsIn: number): Promise<Run> {
  const id = `sequence-${turn}`;
  await server.put({ id, start: server.now + startsIn * MINUTE + turn });
  const lastBooking = await read(server, id);
  return {
    server,
    id,
    leases: new Map(),
    acknowledged: new Map(),
    withdrawn: new Set(),
    lastBooking,
    notes: [],
    reopened: 0,
    done: new Map(),
  };
}

/** Does one step. What the server answers must be one of what a person can be told. */
export async function take(run: Run, step: Step): Promise<void> {
  const { server } = run;
  if (step.do === 'wait') server.now += step.minutes * MINUTE;
  else if (step.do === 'sweep') await server.sweep();
  else if (step.do === 'restart') await restart(run);
  else if (step.do === 'meet') {
    for (const what of ['take-over', 'join', 'in-call', 'in-call'] as const) {
      for (const who of ['ana', 'lee'] as const) await command(run, what, who, 0);
    }
  } else await command(run, step.do, step.who, step.pick);
}

async function restart({ server, id }: Run): Promise<void> {
  const before = await read(server, id);
  await server.restart();
  const after = await read(server, id);
  same(withoutParties(after), withoutParties(before), 'a restart changes nothing');
}

async function command(run: Run, what: Command, who: Person, pick: number): Promise<void> {
  const { server, id } = run;
  const before = await read(server, id);
  const attendance = await attendanceNow(run, before);
  const answer = await send(run, what, who, pick, before);
  const { status } = answer;
  ensure(status < 500, `${what} of ${who} was answered ${status}`);
  if (status < 300) run.done.set(what, (run.done.get(what) ?? 0) + 1);
  if (who === 'ben') ensure(status === 404, `${what} of a stranger was answered ${status}`);
  if (what === 'seat' || what === 'take-over') {
    const expected = mayEnter({ ...before, attendance }, roleOf(who), server.now);
    if (who !== 'ben') ensure(expected || status === 403, `${what} of ${who} outside the rules: ${status}`);
    if (who !== 'ben' && expected) ensure(status === 200 || status === 409, `${what} of ${who}: ${status}`);
    if (status === 200) run.leases.set(who, answer.body.lease);
  }
  if (what === 'reopen' && status === 200 && before.status === 'completed') run.reopened += 1;
  if (what === 'note' && status === 201) run.acknowledged.set(answer.body.id, answer.body.content);
  if (what === 'withdraw' && status === 200) run.withdrawn.add(answer.body.id);
}

async function send(run: Run, what: Command, who: Person, pick: number, now: Booking): Promise<Answer> {
  const { server, id } = run;
  const lease = run.leases.get(who) ?? 'none';
  const path = `/bookings/${id}`;
  switch (what) {
    case 'seat':
    case 'take-over':
      return server.post(who, `${path}/seat`, { holder: `${who}-${pick % 2}`, takeOver: what === 'take-over' });
    case 'join':
      return server.post(who, `${path}/join`, { lease });
    case 'in-call':
    case 'waiting':
      return server.report(who, id, lease, what);
    case 'leave':
      return server.post(who, `${path}/leave`, { lease });
    case 'cancel':
    case 'hold':
      return server.post(who, `${path}/${what}`, {});
    case 'reschedule': {
      const dateTime = toIso(Math.ceil(server.now / HOUR) * HOUR + (24 + pick) * 30 * MINUTE);
      return server.post(who, `${path}/reschedule`, { dateTime }, { 'If-Match': `"${now.version ?? 0}"` });
    }
    case 'late':
      return server.post(who, `${path}/late`, { minutes: 1 + (pick % 60) });
    case 'note':
      return server.note(who, id, `Note ${pick}`);
    case 'same-note': {
      const [noteId, content] = [...run.acknowledged][0] ?? [crypto.randomUUID(), 'new'];
      const answer = await server.post(who, `${path}/notes`, { id: noteId, content }, { 'Idempotency-Key': noteId });
      if (answer.status === 201) run.acknowledged.set(answer.body.id, answer.body.content);
      return answer;
    }
    case 'withdraw': {
      const ids = [...run.acknowledged.keys()];
      return server.post(who, `${path}/notes/${ids[pick % Math.max(1, ids.length)] ?? 'none'}/withdraw`);
    }
    case 'complete':
    case 'reopen':
    case 'admit':
    case 'no-show':
      return server.post(who, `${path}/${what}`);
  }
}

/** What must be so after every step, whatever it was. */
export async function check(run: Run): Promise<void> {
  const { server, id } = run;
  const booking = await read(server, id);
  const before = run.lastBooking;
  ensure((booking.version ?? 0) >= (before.version ?? 0), 'the version never falls');
  if (JSON.stringify(withoutParties(booking)) !== JSON.stringify(withoutParties(before))) {
    ensure((booking.version ?? 0) > (before.version ?? 0), 'a change raises the version');
  }
  if (before.status === 'cancelled') same(booking.status, 'cancelled', 'cancelled is for good');
  if (before.status === 'completed') {
    ensure(booking.status === 'completed' || run.reopened > 0, 'only reopening leaves completed');
    if (booking.status === 'completed' && run.reopened === 0) {
      same(booking.completedAt, before.completedAt, 'completed at most once');
    }
  }
  await checkSeats(run, booking);
  await checkNotes(run);
  await checkEvents(run);
  run.lastBooking = booking;
  run.reopened = 0;
}

async function checkSeats({ server, id }: Run, booking: Booking): Promise<void> {
  const leases = await server.store.read((view) => view.seats.leasesOf(id));
  same(new Set(leases.map(({ seat }) => seat)).size, leases.length, 'one lease for each seat');
  if (booking.status !== 'scheduled') same(leases.length, 0, 'nobody has a seat in what is over');
  for (const entry of booking.attendance ?? []) {
    if (entry.leftAt !== undefined) continue;
    ensure(
      leases.some(({ seat, state }) => seat === entry.seat && state === 'in-call'),
      'nobody is in a call without a seat',
    );
  }
}

async function checkNotes(run: Run): Promise<void> {
  const { server, id } = run;
  const [own, patients] = [await notesOf(server, 'lee', id), await notesOf(server, 'ana', id)];
  same(own.map(key), patients.map(key), 'both read the same notes in the same order');
  same(own.slice(0, run.notes.length).map(key), run.notes.map(key), 'notes are only ever appended');
  same(
    [...run.acknowledged.keys()].toSorted(),
    own.map(({ id: noteId }) => noteId ?? '').toSorted(),
    'each acknowledged note is there once',
  );
  const times = own.map(({ timestamp }) => toInstant(timestamp));
  ensure(
    times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0)),
    'times of notes rise',
  );
  for (const note of patients) {
    if (run.withdrawn.has(note.id ?? '')) same(note.content, '', 'a withdrawn note has no words for the patient');
  }
  run.notes = own;
}

async function checkEvents({ server, id, withdrawn }: Run): Promise<void> {
  const stranger = await events(server, 'ben');
  ensure(!stranger.includes(id), 'nobody else hears of this booking');
  const told = await events(server, 'ana');
  const mine = (
    JSON.parse(told) as { events: { event: { type: string; booking?: Booking; note?: ProviderNote } }[] }
  ).events
    .map(({ event }) => event)
    .filter((event) => event.booking?.id === id || event.note?.bookingId === id);
  const versions = mine.flatMap(({ booking }) => (booking === undefined ? [] : [booking.version ?? 0]));
  ensure(
    versions.every((version, index) => index === 0 || version > (versions[index - 1] ?? 0)),
    'versions of events rise',
  );
  for (const { note } of mine) {
    if (note !== undefined && withdrawn.has(note.id ?? ''))
      same(note.content, '', 'what is told again has no withdrawn words');
  }
}

/** Who was not heard of for as long as a lease lives was gone by then, whether the server has looked since or not. */
async function attendanceNow({ server, id }: Run, { attendance = [] }: Booking): Promise<AttendanceEntry[]> {
  const leases = await server.store.read((view) => view.seats.leasesOf(id));
  return attendance.map((entry) => {
    const gone = leases.find(({ seat, expiresAt }) => seat === entry.seat && expiresAt <= server.now);
    return entry.leftAt === undefined && gone !== undefined ? { ...entry, leftAt: toIso(gone.reportedAt) } : entry;
  });
}

/** An oracle that knows nothing of how the server decides: status, window, and the ten minutes for who was in. */
function mayEnter(booking: Booking, role: Role, now: number): boolean {
  if (booking.status !== 'scheduled') return false;
  const start = toInstant(booking.dateTime);
  if (now >= start - HOUR && now < start + 2 * HOUR) return true;
  if (now < start) return false;
  const attendance = booking.attendance ?? [];
  return (
    judge({ booking, attendance, now, policy: POLICY, role }).phase === 'open' &&
    attendance.some((entry) => entry.role === role)
  );
}

async function read(server: TestServer, id: string): Promise<Booking> {
  // Past the routes, which would sweep a little on the way.
  const booking = await server.store.read((view) => view.bookings.get(id));
  if (booking === undefined) throw new Error('The booking is gone.');
  return booking;
}

async function notesOf(server: TestServer, person: string, id: string): Promise<readonly ProviderNote[]> {
  return (await server.get(person, `/bookings/${id}/notes?limit=200`)).body.items as unknown as readonly ProviderNote[];
}

async function events(server: TestServer, person: string): Promise<string> {
  const since = (await server.store.read((view) => view.events.span())).head;
  const after = `${server.store.instance}-${Math.max(0, since - 400)}`;
  const answer = await server.call(person, 'GET', `/events?after=${after}`, undefined, { Accept: 'application/json' });
  return JSON.stringify(answer.body);
}

function withoutParties({ parties: _, ...rest }: Booking): unknown {
  return rest;
}

function roleOf(who: Person): Role {
  return who === 'lee' ? 'provider' : 'patient';
}

const key = ({ id, timestamp }: ProviderNote): string => `${id ?? ''} ${timestamp}`;

function same(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  ensure(a === b, `${what}: expected ${b}, got ${a}`);
}

function ensure(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}
