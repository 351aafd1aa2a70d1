import { toIso } from '../../booking/instant.schema.js';
import { describe, expect, it } from 'vitest';
import type { Booking } from '../../booking/booking.schema.js';
import type { Party } from '../../booking/party.schema.js';
import { DEFAULT_WINDOW_POLICY } from '../../booking/policy.schema.js';
import { booking, HOUR, START, was } from '../../booking/test-support/bookings.js';
import type { Backend, EventMessage } from '../../ports/backend.port.js';
import { randomId } from '../../random-id.js';
import type { SessionEvent } from '../../session/event.schema.js';
import { isRejected } from '../named-property.js';
import { Broken, createAudit, type Asked } from './audit.js';
import { historyProperties, type Played } from './history-properties.js';
import type { Plant } from './world.js';

const SEED = 20_260_107;

describe('patient, provider, stranger and server, through any history', () => {
  const marks = new Set<string>();
  const onPlayed = (played: Played): void => {
    for (const mark of played.marks) marks.add(mark);
  };

  it.each(historyProperties({ length: 60, onPlayed }))('$name', async (property) => {
    const { report } = await property.check({ seed: SEED, runs: 100 });
    expect(report).toBe('');
  });

  it('they were about something', () => {
    expect([...marks]).toEqual(
      expect.arrayContaining([
        ...['scheduled', 'completed', 'cancelled', 'moved', 'handed over', 'came again'],
        ...['admitted', 'asking', 'held', 'note: kept', 'note: withdrawn', 'note: refused'],
        ...['call: connected', 'call: reconnecting', 'call: in-call', 'call: may-return'],
        ...['call: left', 'call: displaced', 'call: elsewhere', 'call: failed'],
      ]),
    );
  });
});

/** The backend of a page whose events are changed on the way; null: it does not come. */
function withEvents(backend: Backend, change: (event: SessionEvent) => SessionEvent | null): Backend {
  const { events } = backend;
  if (events === undefined) return backend;
  const through = (message: EventMessage): EventMessage | null => {
    if (message.type !== 'event') return message;
    const event = change(message.event);
    return event === null ? null : { ...message, event };
  };
  return {
    ...backend,
    events: {
      ...events,
      subscribe: (listener, options) => {
        events.subscribe((message) => {
          const changed = through(message);
          if (changed !== null) listener(changed);
        }, options);
      },
    },
  };
}

/** Pages to which something is told that is not so. */
const PLANTED: Record<string, Plant> = {
  'believes in a longer window': (backend) => ({
    ...backend,
    access: {
      ...backend.access!,
      me: async (options) => ({ ...(await backend.access!.me(options)), policy: DEFAULT_WINDOW_POLICY }),
    },
  }),
  'does not hear of an end': (backend) =>
    withEvents(backend, (event) =>
      event.type === 'booking.changed' && event.booking.status !== 'scheduled' ? null : event,
    ),
  'does not hear that a booking is gone': (backend) =>
    withEvents(backend, (event) => (event.type === 'booking.removed' ? null : event)),
  'does not hear of a hold': (backend) =>
    withEvents(backend, (event) => {
      if (event.type !== 'presence.changed') return event;
      return event.parties.some(({ admission }) => admission === 'held') ? null : event;
    }),
  'takes the device’s clock for the server’s': ({ time: _, ...backend }) => backend,
  'loses notes': (backend) => ({
    ...backend,
    notes: {
      ...backend.notes,
      add: async (id, note) => ({ ...note, providerName: 'Dr. Smith', timestamp: toIso(START), bookingId: id }),
    },
  }),
  'sends a note twice, under two keys': (backend) => ({
    ...backend,
    notes: {
      ...backend.notes,
      async add(id, note, options) {
        const other = randomId();
        await backend.notes.add!(id, { ...note, id: other }, { ...options, idempotencyKey: other });
        return backend.notes.add!(id, note, options);
      },
    },
  }),
};

describe('the examiner of pages rejects a page that', () => {
  it.each(Object.entries(PLANTED))('%s', async (_, plant) => {
    const properties = historyProperties({ length: 60, plant }).slice(0, 1);
    expect(await isRejected(properties, { seed: SEED, runs: 1_500 })).toBe(true);
  });
});

const record = (version: number, fields: Partial<Booking> = {}): SessionEvent => ({
  type: 'booking.changed',
  booking: booking({ patient: 'ann', bookedAt: toIso(START), version, ...fields }),
});
const here = (name: string, fields: Partial<Party>): Party => ({
  seat: name,
  role: name === 'ann' ? 'patient' : 'provider',
  name,
  peerId: null,
  dials: false,
  presence: 'waiting',
  since: null,
  ...fields,
});
const there = (...parties: Party[]): SessionEvent => ({ type: 'presence.changed', bookingId: 1, parties });
const noted = (fields: object): SessionEvent => ({
  type: 'note.added',
  bookingId: 1,
  note: { id: 'n', providerName: 'Dr. Smith', timestamp: toIso(START), content: 'x', ...fields },
});
const ended = { status: 'completed', completedAt: toIso(START + HOUR) } as const;

/** What the server tells dr-smith between START and START + HOUR, and what was asked for. */
function examine(events: readonly SessionEvent[], asked: readonly Asked[] = [], person = 'dr-smith'): void {
  const audit = createAudit(DEFAULT_WINDOW_POLICY);
  const look = { asked: new Set(asked), span: { from: START, to: START + HOUR } };
  audit.take(
    events.map((event, id) => ({ id, person, event })),
    look,
  );
}

describe('the examiner of the server', () => {
  const came = { attendance: [was('patient', 0, null), was('provider', 0, null)] };
  const left = { attendance: [was('patient', 0, HOUR), was('provider', 0, HOUR)] };

  it('lets a good history pass', () => {
    examine([
      record(1),
      there(here('ann', { presence: 'in-call', peerId: 'p' }), here('dr-smith', { presence: 'in-call' })),
      record(2, came),
      noted({}),
      noted({}),
      record(3, { ...left, ...ended }),
    ]);
    examine([record(1, ended), record(2)], ['reopen']);
    examine([record(1, left), record(2, { dateTime: toIso(START + HOUR) })], ['reschedule']);
    examine([record(1), record(2, { status: 'cancelled', cancelledAt: toIso(START) })], ['cancel']);
    examine([record(1), noted({}), noted({ withdrawnAt: toIso(START) })], ['withdraw']);
  });

  it.each<[string, readonly SessionEvent[], Asked[]?]>([
    ['a version comes back', [record(2), record(1, { notes: 'older' })]],
    ['a version stays', [record(2), record(2, { notes: 'other' })]],
    ['it is completed twice', [record(1, ended), record(2, { ...ended, completedAt: toIso(START) })]],
    ['completed opens by itself', [record(1, ended), record(2)]],
    ['completed becomes cancelled', [record(1, ended), record(2, { status: 'cancelled' })], ['cancel']],
    ['cancelled comes back', [record(1, { status: 'cancelled' }), record(2)], ['reopen']],
    ['nobody cancels it', [record(1), record(2, { status: 'cancelled', cancelledAt: toIso(START) })]],
    ['nobody moves it', [record(1), record(2, { dateTime: toIso(START + HOUR) })]],
    ['it is moved during a call', [record(1, came), record(2, { dateTime: toIso(START + HOUR) })], ['reschedule']],
    [
      'who was there counts for the new time',
      [record(1, left), record(2, { ...left, dateTime: toIso(START + HOUR) })],
      ['reschedule'],
    ],
    ['it is handed over by nobody', [record(1), record(2, { provider: 'dr-jones' })]],
    [
      'it is completed before it opens',
      [record(1, { dateTime: toIso(START + 5 * HOUR) }), record(2, { dateTime: toIso(START + 5 * HOUR), ...ended })],
    ],
    [
      'it is completed where one never came',
      [record(1, { dateTime: toIso(START - 3 * HOUR) }), record(2, { dateTime: toIso(START - 3 * HOUR), ...ended })],
    ],
    [
      'somebody comes before it opens',
      [record(1, { dateTime: toIso(START + 5 * HOUR) }), record(2, { dateTime: toIso(START + 5 * HOUR), ...came })],
    ],
    [
      'somebody is in the call twice',
      [record(1), record(2, { attendance: [was('patient', 0, null), was('patient', 0, null)] })],
    ],
    ['somebody is in what is over', [record(1), record(2, { ...came, ...ended })]],
    [
      'the record is rewritten',
      [record(1, came), record(2, { attendance: [was('patient', 1, null), was('provider', 0, null)] })],
    ],
    ['somebody who was there was not', [record(1, left), record(2)]],
    ['it is of another time: the coming', [record(1), record(2, { attendance: [was('patient', -1, null)] })]],
    ['it is of another time: the end', [record(1), record(2, { ...ended, completedAt: toIso(START + HOUR + 1) })]],
    ['who is held is in the call', [record(1), there(here('ann', { admission: 'held', presence: 'in-call' }))]],
    ['who asks can be dialled', [record(1), there(here('ann', { admission: 'asking', peerId: 'p' }))]],
    ['a seat is there twice', [record(1), there(here('ann', {}), here('ann', {}))]],
    ['a note is changed', [record(1), noted({}), noted({ content: 'y' })]],
    ['a note is withdrawn by nobody', [record(1), noted({}), noted({ withdrawnAt: toIso(START) })]],
    ['a withdrawal is taken back', [record(1), noted({ withdrawnAt: toIso(START) }), noted({})], ['withdraw']],
    ['a note is of another time', [record(1), noted({ timestamp: toIso(START - 1) })]],
  ])('rejects it where %s', (_, events, asked = []) => {
    expect(() => {
      examine(events, asked);
    }).toThrow(Broken);
  });

  it('rejects what is told to somebody else, and what the patient may not read', () => {
    const withdrawn = [record(1), noted({ withdrawnAt: toIso(START) })];
    for (const [events, person] of [
      [[record(1)], 'bob'],
      [[record(1), noted({})], 'dr-jones'],
      [withdrawn, 'ann'],
    ] as const) {
      expect(() => {
        examine(events, ['withdraw'], person);
      }).toThrow(Broken);
    }
  });
});
