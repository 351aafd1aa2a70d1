import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../booking/booking.schema.js';
import { MINUTE, toIso } from '../booking/instant.schema.js';
import { SessionError } from '../errors.js';
import type { HistoryQuery } from '../ports/backend.port.js';
import type { PatientHistory } from './patient-history.js';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOTE = { providerName: 'Dr. Smith', author: 'dr-smith' };

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
beforeEach(() => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock, pageSize: 3 });
});

/** Sessions of Ann with Dr. Smith, one a day: 1 was yesterday. Each has one note that says which it is. */
function past(count: number): readonly Booking[] {
  return Array.from({ length: count }, (_, index) => {
    const booking = clinic.book({ startsIn: -(index + 1) * DAY });
    write(booking, `Day ${index + 1}`);
    return booking;
  });
}
const write = ({ id }: Booking, content: string, kind: 'diagnosis' | 'resource' = 'resource'): void =>
  clinic.backend.putNote(id, { ...NOTE, id: content, content, kind, timestamp: toIso(clinic.backend.now()) });

async function reading(page: Page = clinic.open('dr-smith'), patient = 'ann') {
  const history = page.client.historyOf(patient);
  const subscription = history.subscribe(() => undefined);
  await clock.settle();
  const stop = (): void => {
    subscription.unsubscribe();
  };
  return { page, history, stop };
}
const shown = (history: PatientHistory): readonly string[] =>
  history.getSnapshot().sessions.map(({ notes }) => notes.map(({ content }) => content).join(', '));
const asked = (): number => clinic.backend.requests.filter(({ method }) => method === 'notes.history').length;
/** The page of a provider that writes down what it asks of the history. */
function listening(): { page: Page; queries: HistoryQuery[]; most: () => number } {
  const queries: HistoryQuery[] = [];
  let [now, most] = [0, 0];
  const page = clinic.open('dr-smith', {
    backend: (backend) => ({
      ...backend,
      notes: {
        ...backend.notes,
        async history(patient, query, options) {
          queries.push(query);
          now += 1;
          most = Math.max(most, now);
          try {
            return await backend.notes.history!(patient, query, options);
          } finally {
            now -= 1;
          }
        },
      },
    }),
  });
  return { page, queries, most: () => most };
}

describe('a patient’s history', () => {
  it('is read while it is watched, the latest first, a page at a time', async () => {
    past(7);
    const page = clinic.open('dr-smith');
    const history = page.client.historyOf('ann');
    await clock.settle();
    expect([history.getSnapshot().state, asked()]).toEqual(['loading', 0]);
    await reading(page);
    const { history: watched } = await reading(page);
    expect(watched.getSnapshot()).toMatchObject({ state: 'ready', isComplete: false, isReading: false });
    expect(shown(watched)).toEqual(['Day 1', 'Day 2', 'Day 3']);
    watched.more();
    expect(watched.getSnapshot().isReading).toBe(true);
    await clock.settle();
    watched.more();
    await clock.settle();
    expect(shown(watched)).toHaveLength(7);
    expect(watched.getSnapshot()).toMatchObject({ isComplete: true, isReading: false });
    const before = asked();
    watched.more();
    await clock.settle();
    expect(asked()).toBe(before);
  });

  it('says how each went, and how long they talked', async () => {
    const [completed, , missed, noShow, cancelled] = past(5);
    const went = (booking: Booking | undefined, change: Partial<Booking>): Booking =>
      Object.assign(clinic.backend.booking(booking!.id), change);
    const joined = toIso(clinic.backend.now() - DAY);
    const leftAt = toIso(clinic.backend.now() - DAY + 24 * MINUTE);
    went(completed, {
      status: 'completed',
      completedAt: leftAt,
      attendance: [
        { seat: 'patient', role: 'patient', joinedAt: joined, leftAt },
        { seat: 'provider', role: 'provider', joinedAt: joined, leftAt },
      ],
    });
    went(noShow, { status: 'cancelled', cancelReason: 'no-show' });
    went(cancelled, { status: 'cancelled' });
    const now = clinic.book({ startsIn: -MINUTE });
    const { history } = await reading();
    history.readAll(true);
    await clock.settle();
    const found = history
      .getSnapshot()
      .sessions.map(({ booking, outcome, duration }) => [booking.id, outcome, duration]);
    expect(found[0]).toEqual([now.id, 'open', null]);
    expect(found[1]).toEqual([completed!.id, 'completed', 24 * MINUTE]);
    expect(found.slice(3)).toEqual([
      [missed!.id, 'missed', null],
      [noShow!.id, 'no-show', null],
      [cancelled!.id, 'cancelled', null],
    ]);
  });

  it('reads all that is left in large pages, one request at a time, and stops when nobody looks any more', async () => {
    past(30);
    const { page, queries, most } = listening();
    const { history, stop } = await reading(page);
    const hold = clinic.backend.pause('notes.history');
    history.readAll(true);
    await clock.settle();
    expect(queries.map(({ limit }) => limit)).toEqual([undefined, 200]);
    history.more();
    history.retry();
    await clock.settle();
    expect(queries).toHaveLength(2);
    stop();
    hold();
    await clock.settle();
    expect(queries).toHaveLength(2);
    const again = history.subscribe(() => undefined);
    await clock.settle();
    expect([shown(history).length, history.getSnapshot().isComplete, most()]).toEqual([30, true, 1]);
    again.unsubscribe();
  });

  it('stops reading on when it is told so, and keeps what it has', async () => {
    past(12);
    const { history } = await reading();
    history.subscribe(({ sessions }) => {
      if (sessions.length === 6) history.readAll(false);
    });
    history.readAll(true);
    await clock.settle();
    // The page that was on its way is taken.
    expect(shown(history)).toHaveLength(9);
    expect(history.getSnapshot()).toMatchObject({ isReading: false, isComplete: false });
  });

  it('that nobody watches for a while is let go, and read anew when somebody comes back', async () => {
    past(2);
    const { history, stop } = await reading();
    stop();
    await clock.advance(10_000);
    const subscription = history.subscribe(() => undefined);
    expect([shown(history).length, asked()]).toEqual([2, 1]);
    subscription.unsubscribe();
    await clock.advance(60_000);
    expect(history.getSnapshot()).toMatchObject({ state: 'loading', sessions: [] });
    history.subscribe(() => undefined);
    await clock.settle();
    expect([shown(history).length, asked()]).toEqual([2, 2]);
  });
});

describe('a filter', () => {
  it('is the backend’s to apply, and nothing of the one before is shown', async () => {
    const [first] = past(7);
    write(first!, 'Asthma', 'diagnosis');
    const { page, queries } = listening();
    const { history } = await reading(page);
    const from = clinic.backend.now() - 4 * DAY - HOUR;
    history.setFilter({ from, to: from + 2 * DAY });
    expect(history.getSnapshot()).toMatchObject({ state: 'loading', sessions: [], filter: { from } });
    await clock.settle();
    expect(shown(history)).toEqual(['Day 3', 'Day 4']);
    history.setFilter({ kind: 'diagnosis' });
    await clock.settle();
    expect(shown(history)).toEqual(['Asthma, Day 1']);
    expect(queries.slice(1)).toEqual([{ from, to: from + 2 * DAY }, { kind: 'diagnosis' }]);
    history.setFilter({ kind: 'diagnosis' });
    await clock.settle();
    expect(queries).toHaveLength(3);
  });

  it('is not overtaken by a late answer of the one before', async () => {
    past(4);
    let late = (): void => undefined;
    const page = clinic.open('dr-smith', {
      backend: (backend) => ({
        ...backend,
        notes: {
          ...backend.notes,
          async history(patient, query, options) {
            // A backend that cares for no signal.
            const answer = await backend.notes.history!(patient, query, { signal: new AbortController().signal });
            if (query.kind === 'diagnosis') await new Promise<void>((resolve) => (late = resolve));
            else options.signal.throwIfAborted();
            return answer;
          },
        },
      }),
    });
    const { history } = await reading(page);
    history.setFilter({ kind: 'diagnosis' });
    await clock.settle();
    history.setFilter({ kind: 'resource' });
    await clock.settle();
    late();
    await clock.settle();
    expect(history.getSnapshot().filter).toEqual({ kind: 'resource' });
    expect(shown(history)).toEqual(['Day 1', 'Day 2', 'Day 3']);
  });
});

describe('what happens meanwhile', () => {
  it('shows without reading anew: a note, its withdrawal, an end', async () => {
    const [first] = past(2);
    const now = clinic.book({ startsIn: -MINUTE });
    const { history, page } = await reading();
    const before = asked();
    write(first!, 'Late');
    write(now, 'Now');
    await clock.settle();
    expect(shown(history)).toEqual(['Now', 'Day 1, Late', 'Day 2']);
    clinic.backend.withdrawNote(first!.id, 'Late');
    await clock.settle();
    expect(history.getSnapshot().sessions[1]?.notes[1]?.withdrawnAt).toBeDefined();
    const session = page.watch(now.id);
    await clock.settle();
    session.end();
    await clock.settle();
    expect(history.getSnapshot().sessions[0]?.outcome).toBe('completed');
    expect(asked()).toBe(before);
  });

  it('a session that begins is there from its first minute, by one small request', async () => {
    past(2);
    const later = clinic.book({ startsIn: 10 * MINUTE });
    write(later, 'Before');
    const { page, queries } = listening();
    const { history } = await reading(page);
    expect(shown(history)).toEqual(['Day 1', 'Day 2']);
    await clock.advance(11 * MINUTE);
    expect(shown(history)).toEqual(['Before', 'Day 1', 'Day 2']);
    expect(history.getSnapshot().sessions[0]?.outcome).toBe('open');
    const at = Date.parse(later.dateTime);
    expect(queries.slice(1)).toEqual([{ from: at, to: at + 1 }]);
    await clock.advance(3 * HOUR);
    expect(history.getSnapshot().sessions[0]?.outcome).toBe('missed');
  });

  it('of another patient is not looked at', async () => {
    past(1);
    const { history } = await reading();
    const before = asked();
    const other = clinic.backend.putBooking({
      patient: 'bob',
      provider: 'dr-smith',
      start: clinic.backend.now() - HOUR,
    });
    write(other, 'Of Bob');
    await clock.settle();
    expect([shown(history), asked()]).toEqual([['Day 1'], before]);
  });

  it('comes into a filter, and goes out of it', async () => {
    const [first] = past(5);
    const today = clinic.book({ startsIn: -MINUTE });
    const { history } = await reading();
    history.setFilter({ kind: 'diagnosis' });
    await clock.settle();
    expect(shown(history)).toEqual([]);
    write(today, 'Asthma', 'diagnosis');
    await clock.settle();
    expect(shown(history)).toEqual(['Asthma']);
    // This one began so long ago that the page does not know whose it is.
    write(first!, 'Flu', 'diagnosis');
    await clock.settle();
    expect(shown(history)).toEqual(['Asthma', 'Day 1, Flu']);
    clinic.backend.withdrawNote(today.id, 'Asthma');
    await clock.settle();
    expect(shown(history)).toEqual(['Day 1, Flu']);
  });

  it('while a page is on its way is not lost by it', async () => {
    const [first] = past(5);
    let late = (): void => undefined;
    const page = clinic.open('dr-smith', {
      backend: (backend) => ({
        ...backend,
        notes: {
          ...backend.notes,
          async history(patient, query, options) {
            const answer = await backend.notes.history!(patient, query, options);
            if (query.cursor !== undefined) await new Promise<void>((resolve) => (late = resolve));
            return answer;
          },
        },
      }),
    });
    const { history } = await reading(page);
    history.more();
    await clock.settle();
    write(first!, 'Late');
    await clock.settle();
    late();
    await clock.settle();
    expect(shown(history)).toEqual(['Day 1, Late', 'Day 2', 'Day 3', 'Day 4', 'Day 5']);
  });

  it('one that is handed over is gone at once, and what was written stays, as it stood then', async () => {
    const now = clinic.book({ startsIn: -MINUTE });
    const silent = clinic.book({ startsIn: -40 * MINUTE });
    write(now, 'Mine');
    const { history, page } = await reading();
    expect(history.getSnapshot().sessions).toHaveLength(2);
    await page.client.reassign(now.id, 'dr-jones');
    expect(history.getSnapshot().sessions.map(({ booking }) => booking.id)).toEqual([silent.id]);
    await page.client.reassign(silent.id, 'dr-jones');
    await clock.settle();
    expect(shown(history)).toEqual(['Mine']);
    expect(history.getSnapshot().sessions[0]).toMatchObject({
      outcome: 'handed-over',
      handedOverAt: toIso(clinic.backend.now()),
    });
  });

  it('where events were lost, all that is here is read anew, as far back as before', async () => {
    past(9);
    const { history } = await reading();
    history.more();
    await clock.settle();
    const back = clinic.backend.disconnectEvents('dr-smith');
    const today = clinic.book({ startsIn: -MINUTE });
    write(today, 'Missed');
    await clock.settle();
    expect(shown(history)).toHaveLength(6);
    back({ reset: true });
    await clock.settle();
    expect(shown(history).slice(0, 2)).toEqual(['Missed', 'Day 1']);
    expect(history.getSnapshot().isComplete).toBe(false);
    history.readAll(true);
    await clock.settle();
    expect(shown(history)).toHaveLength(10);
  });

  it('where a backend has no events, what is new at the top is read now and then', async () => {
    const [first] = past(7);
    const page = clinic.open('dr-smith', { backend: ({ events: _, ...backend }) => backend });
    const { history } = await reading(page);
    history.readAll(true);
    await clock.settle();
    write(first!, 'Late');
    const before = asked();
    await clock.advance(30_000);
    expect(shown(history)[0]).toBe('Day 1, Late');
    expect([shown(history).length, asked() - before]).toEqual([7, 1]);
  });
});

describe('failures', () => {
  it('that pass are tried again by themselves, later each time, and what is here stays', async () => {
    past(5);
    const { history } = await reading();
    const before = asked();
    clinic.backend.fail('notes.history', new SessionError('network', 'Gone.'), { times: 2 });
    history.more();
    await clock.settle();
    expect(history.getSnapshot()).toMatchObject({ state: 'ready', isReading: true, error: { code: 'network' } });
    expect(shown(history)).toHaveLength(3);
    await clock.advance(299);
    expect(asked() - before).toBe(1);
    await clock.advance(1);
    expect(asked() - before).toBe(2);
    await clock.advance(600);
    expect(shown(history)).toHaveLength(5);
    expect(history.getSnapshot().error).toBeNull();
  });

  it('waits as long as the backend asks for, unless somebody wants it now', async () => {
    past(1);
    const error = new SessionError('rate-limited', 'Too many.', { retryAfter: 20_000 });
    clinic.backend.fail('notes.history', error, { times: 2 });
    const { history } = await reading();
    expect(history.getSnapshot()).toMatchObject({ state: 'failed', error: { code: 'rate-limited' } });
    await clock.advance(19_000);
    expect(asked()).toBe(1);
    await clock.advance(1_000);
    expect(asked()).toBe(2);
    history.retry();
    await clock.settle();
    expect([asked(), history.getSnapshot().state]).toEqual([3, 'ready']);
  });

  it('a patient of somebody else’s is like one that does not exist', async () => {
    past(1);
    const { history } = await reading(clinic.open('dr-jones'));
    const { history: nobody } = await reading(clinic.open('dr-jones'), 'nobody');
    for (const own of [history, nobody]) {
      expect(own.getSnapshot()).toMatchObject({ state: 'failed', sessions: [], error: { code: 'not-found' } });
    }
    await clock.advance(HOUR);
    expect(asked()).toBe(2);
  });

  it('that say it may not be read any more leave nothing of it', async () => {
    past(5);
    const { history } = await reading();
    clinic.backend.fail('notes.history', new SessionError('forbidden', 'Not any more.'));
    history.more();
    await clock.settle();
    expect(history.getSnapshot()).toMatchObject({ state: 'failed', sessions: [], error: { code: 'forbidden' } });
  });

  it('a backend without a history says so', async () => {
    const page = clinic.open('dr-smith', {
      backend: ({ notes, ...backend }) => ({ ...backend, notes: { list: (...given) => notes.list(...given) } }),
    });
    const { history } = await reading(page);
    expect(history.getSnapshot()).toMatchObject({ state: 'failed', error: { code: 'not-supported' } });
  });

  it('a page that leads back to one before it does not go on for ever', async () => {
    past(2);
    const page = clinic.open('dr-smith', {
      backend: (backend) => ({
        ...backend,
        notes: {
          ...backend.notes,
          history: async (...given) => ({ ...(await backend.notes.history!(...given)), cursor: '9999999999999 x' }),
        },
      }),
    });
    const { history } = await reading(page);
    history.readAll(true);
    await clock.advance(HOUR);
    expect(history.getSnapshot()).toMatchObject({ error: { code: 'malformed' } });
    expect(asked()).toBe(2);
  });
});

describe('who is here', () => {
  it('nothing is read before it is known', async () => {
    past(1);
    clinic.backend.fail('access.me', new SessionError('network', 'Gone.'));
    const { history } = await reading();
    expect([history.getSnapshot().state, asked()]).toEqual(['loading', 0]);
    await clock.advance(1_000);
    expect([history.getSnapshot().state, asked()]).toEqual(['ready', 1]);
  });

  it('signing out leaves nothing, whoever holds it still', async () => {
    past(1);
    const { history, page } = await reading();
    await page.client.signOut();
    expect(history.getSnapshot()).toMatchObject({ state: 'loading', sessions: [] });
    history.retry();
    await clock.advance(HOUR);
    expect([history.getSnapshot().sessions, asked()]).toEqual([[], 1]);
    const { history: later } = await reading(page);
    expect([later.getSnapshot().state, asked()]).toEqual(['loading', 1]);
  });

  it('closing stops what is on its way', async () => {
    past(5);
    const { history, page } = await reading();
    const hold = clinic.backend.pause('notes.history');
    history.readAll(true);
    page.client.close();
    hold();
    await clock.advance(HOUR);
    expect([shown(history).length, asked()]).toEqual([3, 2]);
    expect(history.getSnapshot().isReading).toBe(false);
  });

  it('somebody else who signs in gets what is theirs, from the beginning', async () => {
    past(2);
    const theirs = clinic.backend.putBooking({
      patient: 'ann',
      provider: 'dr-jones',
      start: clinic.backend.now() - HOUR,
    });
    let person = 'dr-smith';
    const page = clinic.open('dr-smith', {
      backend: (backend) => {
        const of = (): typeof backend => clinic.backend.for(person);
        return {
          ...backend,
          access: { ...backend.access!, me: (options) => of().access!.me(options) },
          bookings: { ...backend.bookings, list: (...given) => of().bookings.list!(...given) },
          notes: { ...backend.notes, history: (...given) => of().notes.history!(...given) },
        };
      },
    });
    const { history } = await reading(page);
    history.setFilter({ kind: 'resource' });
    await clock.settle();
    const seen = new Set<string>();
    history.subscribe(({ sessions }) => {
      for (const { booking } of sessions) seen.add(booking.provider);
    });
    person = 'dr-jones';
    page.client.refresh();
    await clock.settle();
    expect(history.getSnapshot()).toMatchObject({ state: 'ready', filter: {} });
    expect(history.getSnapshot().sessions.map(({ booking }) => booking.id)).toEqual([theirs.id]);
    expect([...seen]).toEqual(['dr-jones']);
  });
});
