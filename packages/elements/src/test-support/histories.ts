import {
  writable,
  type Booking,
  type HistoryView,
  type PastSession,
  type PatientHistory,
  type ProviderNote,
  type Writable,
} from '@active-session/core';
import { COMPLETED, NOTE } from './fixtures.js';
import { manyNote } from './notes.js';

/** A history whose view a test sets, and which writes down what it was told to do. */
export interface FakeHistory extends PatientHistory {
  readonly view: Writable<HistoryView>;
  readonly commands: readonly (readonly [string, ...unknown[]])[];
  set(change: Partial<HistoryView>): void;
}

/** All of it is here, and that is nothing. */
export const NO_SESSIONS: HistoryView = {
  state: 'ready',
  sessions: [],
  filter: {},
  isReading: false,
  isComplete: true,
  problems: [],
  error: null,
};

export function fakeHistory(patient: string, initial: Partial<HistoryView> = {}): FakeHistory {
  const view = writable<HistoryView>({ ...NO_SESSIONS, ...initial });
  const commands: [string, ...unknown[]][] = [];
  const history: FakeHistory = {
    patient,
    view,
    commands,
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    set: (change) => view.set({ ...view.getSnapshot(), ...change }),
    setFilter(filter) {
      commands.push(['setFilter', filter]);
      history.set({ filter });
    },
    more: () => void commands.push(['more']),
    readAll(on) {
      if (commands.findLast(([name]) => name === 'readAll')?.[1] !== on) commands.push(['readAll', on]);
    },
    retry: () => void commands.push(['retry']),
  };
  return history;
}

const DAY = 24 * 60 * 60_000;

export function pastSession(change: Partial<Booking> = {}, session: Partial<PastSession> = {}): PastSession {
  const booking: Booking = {
    ...COMPLETED,
    patient: 'sam',
    patientName: 'Sam Rivera',
    notes: '',
    ...change,
  };
  return { booking, notes: [], outcome: 'completed', duration: 24 * 60_000, handedOverAt: null, ...session };
}

/** A note of a session, some minutes after it began. */
function noteOf(dateTime: string, minutes: number, change: Partial<ProviderNote>): ProviderNote {
  return { ...NOTE, timestamp: new Date(Date.parse(dateTime) + minutes * 60_000).toISOString(), ...change };
}

/** One of each kind that matters, the latest first; the first is on now. */
export const PAST: readonly PastSession[] = [
  pastSession(
    { id: 'p1', dateTime: '2026-01-07T10:00:00.000Z', status: 'scheduled', notes: 'The headaches are back.' },
    {
      outcome: 'open',
      duration: null,
      notes: [noteOf('2026-01-07T10:00:00.000Z', 12, { id: 'a1', kind: 'diagnosis', content: 'Tension headache.' })],
    },
  ),
  pastSession(
    { id: 'p2', dateTime: '2025-12-10T14:30:00.000Z', sessionType: 'Follow-up' },
    {
      notes: [
        noteOf('2025-12-10T14:30:00.000Z', 10, {
          id: 'b1',
          kind: 'prescription',
          content: 'Ibuprofen 600 mg, three times a day with food.',
        }),
        noteOf('2025-12-10T14:30:00.000Z', 15, {
          id: 'b2',
          kind: 'prescription',
          amends: 'b1',
          content: 'Ibuprofen 400 mg, three times a day with food.',
        }),
        noteOf('2025-12-10T14:30:00.000Z', 20, {
          id: 'b3',
          content: 'Meant for another chart.',
          withdrawnAt: '2025-12-10T15:00:00.000Z',
        }),
      ],
    },
  ),
  pastSession(
    { id: 'p3', dateTime: '2025-11-26T09:00:00.000Z', status: 'scheduled' },
    { outcome: 'missed', duration: null },
  ),
  pastSession(
    { id: 'p4', dateTime: '2025-10-15T16:00:00.000Z', status: 'cancelled' },
    { outcome: 'cancelled', duration: null },
  ),
  pastSession(
    { id: 'p5', dateTime: '2025-06-03T09:00:00.000Z', notes: 'Sleeping badly since March.' },
    {
      notes: [
        noteOf('2025-06-03T09:00:00.000Z', 20, { id: 'e1', kind: 'recommendation', content: 'No screens after nine.' }),
        noteOf('2025-06-03T09:00:00.000Z', 22, {
          id: 'e2',
          kind: 'resource',
          content: 'Sleep diary: https://www.nhs.uk/live-well/sleep-and-tiredness/',
        }),
      ],
    },
  ),
  pastSession(
    { id: 'p6', dateTime: '2024-11-20T11:00:00.000Z', status: 'cancelled', cancelReason: 'no-show' },
    { outcome: 'no-show', duration: null },
  ),
  pastSession(
    { id: 'p7', dateTime: '2024-03-05T11:00:00.000Z', status: 'scheduled' },
    {
      outcome: 'handed-over',
      duration: null,
      handedOverAt: '2024-03-05T11:20:00.000Z',
      notes: [
        noteOf('2024-03-05T11:00:00.000Z', 5, { id: 'g1', content: 'First visit. Café au lait spots: harmless.' }),
      ],
    },
  ),
];

/** As many as one likes, with three notes each, a few days apart, the latest first. */
export function manyPast(count: number, start = Date.UTC(2026, 0, 7, 10)): readonly PastSession[] {
  return Array.from({ length: count }, (_, index) => {
    const at = start - index * 3 * DAY;
    const outcome = index % 11 === 5 ? 'missed' : index % 17 === 9 ? 'cancelled' : 'completed';
    const status = outcome === 'missed' ? 'scheduled' : outcome;
    return pastSession(
      { id: `m${index}`, dateTime: new Date(at).toISOString(), status },
      {
        outcome,
        duration: outcome === 'completed' ? (10 + (index % 40)) * 60_000 : null,
        notes:
          outcome === 'completed'
            ? [0, 1, 2].map((note) => ({
                ...manyNote(index * 3 + note),
                timestamp: new Date(at + note * 60_000).toISOString(),
              }))
            : [],
      },
    );
  });
}
