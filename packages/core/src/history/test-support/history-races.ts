import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page as OpenPage,
  type SimulatedClock,
} from '@active-session/testing';
import fc from 'fast-check';
import { MINUTE, toInstant, toIso } from '../../booking/instant.schema.js';
import { SessionError, type SessionErrorCode } from '../../errors.js';
import type { HistoryEntry } from '../../notes/note.schema.js';
import { allPages, type Backend, type HistoryQuery, type Page } from '../../ports/backend.port.js';
import { holds, type NamedProperty } from '../../test-support/named-property.js';
import type { HistoryFilter } from '../history.rules.js';
import type { PatientHistory } from '../patient-history.js';

const DAY = 24 * 60 * MINUTE;
const KINDS = ['diagnosis', 'resource'] as const;

/** What happens while a provider looks a patient's history up, and what they do. */
type Step =
  | { readonly do: 'book'; readonly minutes: number }
  | { readonly do: 'note'; readonly of: number; readonly kind: (typeof KINDS)[number] }
  | { readonly do: 'withdraw' | 'complete' | 'reassign'; readonly of: number }
  | { readonly do: 'filter'; readonly kind: (typeof KINDS)[number] | undefined; readonly days: number | undefined }
  | { readonly do: 'more' | 'all' | 'not-all' | 'retry' | 'leave' | 'come' | 'refresh' | 'lose-events' | 'answer' }
  | { readonly do: 'fail'; readonly code: SessionErrorCode; readonly times: number }
  | { readonly do: 'wait'; readonly ms: number };

const of = fc.nat({ max: 20 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('book' as const), minutes: fc.integer({ min: -3000, max: 90 }) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('note' as const), of, kind: fc.constantFrom(...KINDS) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('withdraw', 'complete', 'reassign'), of }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('filter' as const),
      kind: fc.option(fc.constantFrom(...KINDS), { nil: undefined }),
      days: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('more', 'all', 'not-all', 'retry', 'leave', 'come', 'refresh', 'lose-events', 'answer'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      code: fc.constantFrom<SessionErrorCode>('network', 'unavailable', 'rate-limited'),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(50, 700, 40_000, 2_000_000) }),
  },
);

/** How a fault is planted: what the page gets of the backend. */
export type Plant = (backend: Backend) => Backend;

/** @param plant makes a page that is wrong, to see that it is noticed */
export function historyRaces(plant: Plant = (backend) => backend): NamedProperty {
  return holds(
    'whatever happens meanwhile, once all is read a history shows what its backend has, and never one that does not fit',
    fc.asyncProperty(fc.array(anyStep, { maxLength: 30 }), async (steps) => {
      const world = new World(plant);
      await world.open();
      for (const step of steps) await world.act(step);
      await world.examine();
    }),
  );
}

/** One patient, one provider who looks, and answers of the history that may wait. */
class World {
  readonly #clock: SimulatedClock = createSimulatedClock();
  readonly #clinic: Clinic<SimulatedClock> = createClinic({ clock: this.#clock, pageSize: 2 });
  readonly #page: OpenPage;
  readonly #history: PatientHistory;
  #watch: { unsubscribe(): void } | null = null;
  #ids: string[] = [];
  #notes = 0;
  #inFlight = 0;
  #release: (() => void) | null = null;
  #filter: HistoryFilter = {};

  constructor(plant: Plant) {
    this.#page = this.#clinic.open('dr-smith', { backend: (backend) => plant(this.#slowly(backend)) });
    this.#history = this.#page.client.historyOf('ann');
  }

  async open(): Promise<void> {
    for (let day = 1; day <= 4; day += 1) this.#book(-day * DAY);
    this.#come();
    await this.#clock.settle();
  }

  async act(step: Step): Promise<void> {
    this.#do(step);
    await this.#clock.settle();
    this.#expectFitting();
  }

  /** Mends everything, reads all, and compares. */
  async examine(): Promise<void> {
    this.#come();
    this.#history.readAll(true);
    for (let round = 0; round < 4; round += 1) {
      this.#answer();
      await this.#clock.advance(60_000);
    }
    this.#history.retry();
    while (!this.#history.getSnapshot().isComplete || this.#release !== null) {
      this.#answer();
      await this.#clock.advance(1_000);
    }
    await this.#clock.settle();
    const expected = (await this.#truth()).map(({ booking, notes }) => [booking.id, booking.status, notes]);
    const found = this.#history.getSnapshot().sessions.map(({ booking, notes }) => [booking.id, booking.status, notes]);
    const [is, should] = [sorted(found), sorted(expected)];
    this.#page.client.close();
    if (is !== should) throw new Error(`It shows ${is}, and the backend has ${should}.`);
  }

  /** All that the backend has for the filter. */
  async #truth(): Promise<readonly HistoryEntry[]> {
    const { signal } = new AbortController();
    const { notes } = this.#clinic.backend.for('dr-smith');
    const read = async (cursor: string | undefined, tries = 9): Promise<Page<HistoryEntry>> => {
      const query = { ...given(this.#filter), ...(cursor === undefined ? {} : { cursor }) };
      // A failure that was planned and not met yet.
      return notes.history('ann', query, { signal }).catch((error: unknown) => {
        if (tries === 0) throw error;
        return read(cursor, tries - 1);
      });
    };
    return (await allPages((cursor) => read(cursor))).items;
  }

  #do(step: Step): void {
    switch (step.do) {
      case 'book':
        this.#book(step.minutes * MINUTE);
        return;
      case 'note':
        this.#note(this.#at(step.of), step.kind);
        return;
      case 'withdraw':
        this.#withdraw(this.#at(step.of));
        return;
      case 'complete':
      case 'reassign':
        this.#command(step.do, this.#at(step.of));
        return;
      case 'filter':
        this.#setFilter(step);
        return;
      case 'fail':
        this.#clinic.backend.fail('notes.history', new SessionError(step.code, 'Not now.'), { times: step.times });
        return;
      case 'wait':
        void this.#clock.advance(step.ms);
        return;
      case 'lose-events':
        this.#clinic.backend.disconnectEvents('dr-smith')({ reset: true });
        return;
      case 'answer':
        this.#answer();
        return;
      case 'leave':
        this.#watch?.unsubscribe();
        this.#watch = null;
        return;
      case 'come':
        this.#come();
        return;
      case 'refresh':
        this.#page.client.refresh();
        return;
      case 'more':
        this.#history.more();
        return;
      case 'retry':
        this.#history.retry();
        return;
      case 'all':
      case 'not-all':
        this.#history.readAll(step.do === 'all');
    }
  }

  #expectFitting(): void {
    const { filter, sessions } = this.#history.getSnapshot();
    if (filter.from !== this.#filter.from || filter.kind !== this.#filter.kind) throw new Error('Another filter.');
    const odd = sessions.find(
      ({ booking, notes }) =>
        (filter.from !== undefined && toInstant(booking.dateTime) < filter.from) ||
        (filter.kind !== undefined && !notes.some((note) => note.kind === filter.kind && !note.withdrawnAt)),
    );
    if (odd !== undefined) throw new Error(`It shows ${String(odd.booking.id)}, which does not fit.`);
    const ids = sessions.map(({ booking }) => booking.id);
    if (new Set(ids).size < ids.length) throw new Error('It shows one twice.');
    if (this.#inFlight > 1) throw new Error('It asks for two at a time.');
  }

  /** Every answer waits until the next step says so, or for the end. */
  #slowly(backend: Backend): Backend {
    return {
      ...backend,
      notes: {
        ...backend.notes,
        history: async (patient, query, options) => {
          this.#inFlight += 1;
          options.signal.addEventListener('abort', () => (this.#inFlight -= 1), { once: true });
          const answer = backend.notes.history?.(patient, query, options) ?? Promise.reject(new Error('No history.'));
          answer.catch(() => undefined);
          await new Promise<void>((resolve) => (this.#release = resolve));
          if (!options.signal.aborted) this.#inFlight -= 1;
          return answer;
        },
      },
    };
  }

  #answer(): void {
    this.#release?.();
    this.#release = null;
  }

  #come(): void {
    this.#watch ??= this.#history.subscribe(() => undefined);
  }

  #setFilter({ kind, days }: { kind: (typeof KINDS)[number] | undefined; days: number | undefined }): void {
    const from = days === undefined ? undefined : this.#clinic.backend.now() - days * DAY;
    this.#filter = { kind, from };
    this.#history.setFilter(this.#filter);
  }

  #book(startsIn: number): void {
    this.#ids.push(String(this.#clinic.book({ startsIn }).id));
  }

  #at(index: number): string {
    return this.#ids[index % this.#ids.length] ?? '';
  }

  /** Only who has a booking writes in it. */
  #isTheirs(id: string): boolean {
    return this.#clinic.backend.booking(id).provider === 'dr-smith';
  }

  #note(id: string, kind: (typeof KINDS)[number]): void {
    if (!this.#isTheirs(id)) return;
    this.#notes += 1;
    const note = { id: `n${this.#notes}`, content: 'Text', kind, providerName: 'Dr. Smith', author: 'dr-smith' };
    this.#clinic.backend.putNote(id, { ...note, timestamp: toIso(this.#clinic.backend.now()) });
  }

  #withdraw(id: string): void {
    if (!this.#isTheirs(id)) return;
    const note = this.#clinic.backend.notes(id).find(({ withdrawnAt }) => withdrawnAt === undefined);
    if (note?.id !== undefined) this.#clinic.backend.withdrawNote(id, note.id);
  }

  #command(command: 'complete' | 'reassign', id: string): void {
    const { signal } = new AbortController();
    const { bookings } = this.#clinic.backend.for('dr-smith');
    const { version = 0 } = this.#clinic.backend.booking(id);
    const done =
      command === 'complete'
        ? bookings.complete(id, { signal })
        : bookings.reassign(id, { provider: 'dr-jones' }, { version, signal });
    // What the rules do not allow does not happen.
    done.catch(() => undefined);
  }
}

function given({ from, kind }: HistoryFilter): HistoryQuery {
  return {
    ...(from === undefined ? {} : { from }),
    ...(kind === undefined ? {} : { kind }),
  };
}

/** Two that began at one instant may stand in either order. */
function sorted(rows: readonly unknown[]): string {
  return rows
    .map((row) => JSON.stringify(row))
    .toSorted()
    .join('\n');
}
