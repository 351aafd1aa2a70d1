import {
  bookingSchema,
  MINUTE,
  parse,
  sameId,
  toInstant,
  toIso,
  type Booking,
  type BookingsPort,
  type Slot,
} from '@active-session/core';
import {
  able,
  assert,
  contract,
  equal,
  HOUR,
  offered,
  refused,
  type BackendHarness,
  type ContractContext,
  type ContractTest,
} from './harness.js';

/** What a `BookingsPort` promises. */
export function bookingsContract(harness: BackendHarness): readonly ContractTest[] {
  const test = (name: string, run: (context: ContractContext) => Promise<void>): ContractTest =>
    contract(harness, `bookings: ${name}`, run);
  return [
    test('a booking parses, with all the fields of the seed', async ({ patient, makeBooking, signal }) => {
      const made = await makeBooking({ startsIn: 10 * MINUTE });
      const [listed] = await all(patient.bookings, signal);
      const booking = parse(bookingSchema, listed, 'booking');
      assert(sameId(booking.id, made.id), 'the booking is in its patient’s list');
      equal(booking.status, 'scheduled', 'status');
    }),
    test('both see it, nobody else does', async ({ patient, provider, stranger, makeBooking, signal }) => {
      const { id } = await makeBooking({ startsIn: 10 * MINUTE });
      const sees = async (port: BookingsPort): Promise<boolean> =>
        (await all(port, signal)).some((booking) => sameId(booking.id, id));
      equal(
        [await sees(patient.bookings), await sees(provider.bookings), await sees(stranger.bookings)],
        [true, true, false],
        'who sees it',
      );
      equal((await stranger.bookings.active({ signal })).booking, null, 'the active booking of somebody else');
    }),
    ...listContract(test),
    ...windowContract(test),
    ...bookContract(test),
    ...endContract(test),
  ];
}

type Test = (name: string, run: (context: ContractContext) => Promise<void>) => ContractTest;

function listContract(test: Test): readonly ContractTest[] {
  return [
    test('a list is by time, and can be narrowed', async ({ patient, makeBooking, signal, now }) => {
      await makeBooking({ startsIn: 50 * HOUR });
      await makeBooking({ startsIn: 2 * HOUR });
      await makeBooking({ startsIn: 26 * HOUR });
      const times = (await all(patient.bookings, signal)).map(({ dateTime }) => toInstant(dateTime));
      equal(
        times,
        times.toSorted((a, b) => a - b),
        'order',
      );
      const list = able(patient.bookings, 'list');
      const page = await list({ from: now() + 20 * HOUR, to: now() + 30 * HOUR }, { signal });
      equal(page.items.length, 1, 'bookings of the second day');
      equal((await list({ status: 'cancelled' }, { signal })).items.length, 0, 'cancelled ones');
    }),
  ];
}

function windowContract(test: Test): readonly ContractTest[] {
  return [
    test('the active booking is the open one, with the verdict', async ({ patient, makeBooking, signal }) => {
      await makeBooking({ startsIn: 26 * HOUR });
      const open = await makeBooking({ startsIn: 30 * MINUTE });
      const { booking, verdict } = await patient.bookings.active({ signal });
      assert(booking !== null && sameId(booking.id, open.id), 'the open one is the active one');
      if (verdict === null) return;
      equal(verdict.phase, 'open', 'phase');
      equal(verdict.opensAt, toInstant(open.dateTime) - HOUR, 'opensAt');
      equal(verdict.closesAt, toInstant(open.dateTime) + 2 * HOUR, 'closesAt');
    }),
    test('where none is open it is the next one', async ({ provider, makeBooking, signal }) => {
      await makeBooking({ startsIn: 50 * HOUR });
      const next = await makeBooking({ startsIn: 26 * HOUR });
      const { booking, verdict } = await provider.bookings.active({ signal });
      assert(booking !== null && sameId(booking.id, next.id), 'the next one is the active one');
      if (verdict !== null) equal(verdict.phase, 'upcoming', 'phase');
    }),
  ];
}

function bookContract(test: Test): readonly ContractTest[] {
  return [
    test('a free slot can be booked, and is not free then', async (context) => {
      const { patient, provider, providerId, signal } = context;
      const slot = await freeSlot(context);
      const booking = await request(context, patient.bookings, slot, 'slot-1');
      equal(toInstant(booking.dateTime), toInstant(slot.start), 'when');
      equal([booking.provider, booking.status, booking.notes], [providerId, 'scheduled', 'Hello'], 'what');
      assert(
        (await all(provider.bookings, signal)).some(({ id }) => sameId(id, booking.id)),
        'its provider sees it',
      );
      const slots = await slotsOf(context, toInstant(slot.start));
      assert(!slots.some(({ start }) => start === slot.start), 'the slot is not free any more');
    }),
    test('the same key books once', async (context) => {
      const slot = await freeSlot(context);
      const first = await request(context, context.patient.bookings, slot, 'same-key');
      const second = await request(context, context.patient.bookings, slot, 'same-key');
      assert(sameId(first.id, second.id), 'one booking');
      equal((await all(context.patient.bookings, context.signal)).length, 1, 'bookings');
    }),
    test('of two who want one slot one gets it', async (context) => {
      const slot = await freeSlot(context);
      const results = await Promise.allSettled([
        request(context, context.patient.bookings, slot, 'one'),
        request(context, context.stranger.bookings, slot, 'other'),
      ]);
      equal(results.filter(({ status }) => status === 'fulfilled').length, 1, 'bookings of one slot');
      const lost = results.find((result) => result.status === 'rejected');
      await refused(Promise.reject(lost?.reason as Error), ['slot-taken'], 'the other one');
    }),
    test('the past, a stranger and a wrong request are refused, and the field is named', async (context) => {
      const { patient, providerId, signal, now } = context;
      const book = able(patient.bookings, 'book');
      const bad = [
        ['dateTime', { provider: providerId, dateTime: toIso(now() - HOUR), notes: '' }],
        ['provider', { provider: 'nobody-of-this-name', dateTime: (await freeSlot(context)).start, notes: '' }],
      ] as const;
      for (const [field, value] of bad) {
        const error = await refused(book(value, { signal, idempotencyKey: `bad-${field}` }), ['invalid'], field);
        assert(
          error.problems.length === 0 || error.problems.some(({ path }) => path === field),
          `${field} is named where fields are named`,
        );
      }
    }),
  ];
}

function endContract(test: Test): readonly ContractTest[] {
  return [
    test('ending twice, or both at once, is one completion', async ({ patient, provider, makeBooking, signal }) => {
      const { id } = await makeBooking({ startsIn: 0 });
      const complete = (port: BookingsPort): Promise<Booking> => able(port, 'complete')(id, { signal });
      const [one, other] = await Promise.all([complete(patient.bookings), complete(provider.bookings)]);
      const again = await complete(provider.bookings);
      equal([one.status, other.status, again.status], ['completed', 'completed', 'completed'], 'status');
      equal([other.completedAt, again.completedAt], [one.completedAt, one.completedAt], 'completedAt');
      equal([other.version, again.version], [one.version, one.version], 'version');
    }),
    test('one that is not open can not be completed', async ({ patient, makeBooking, signal }) => {
      const booking = await makeBooking({ startsIn: 26 * HOUR });
      const complete = able(patient.bookings, 'complete')(booking.id, { signal });
      const error = await refused(complete, ['outside-window'], 'completion before the window');
      equal(error.opensAt, toInstant(booking.dateTime) - HOUR, 'opensAt');
    }),
    test('a cancelled one stays so', async ({ patient, provider, makeBooking, signal }) => {
      const { id } = await makeBooking({ startsIn: 30 * MINUTE });
      const cancel = (): Promise<Booking> => able(patient.bookings, 'cancel')(id, undefined, { signal });
      equal([(await cancel()).status, (await cancel()).status], ['cancelled', 'cancelled'], 'status');
      const complete = able(provider.bookings, 'complete')(id, { signal });
      await refused(complete, ['session-cancelled', 'conflict'], 'completion');
    }),
    test('somebody else can neither cancel nor complete it', async ({ stranger, makeBooking, signal }) => {
      const { id } = await makeBooking({ startsIn: 0 });
      const { bookings } = stranger;
      const complete = able(bookings, 'complete')(id, { signal });
      await refused(complete, ['not-found'], 'completion');
      const cancel = able(bookings, 'cancel')(id, undefined, { signal });
      await refused(cancel, ['not-found'], 'cancelling');
    }),
  ];
}

async function all(port: BookingsPort, signal: AbortSignal): Promise<readonly Booking[]> {
  const list = able(port, 'list');
  const found: Booking[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(cursor === undefined ? {} : { cursor }, { signal });
    equal(page.problems, [], 'bookings that can not be read');
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

async function slotsOf({ patient, providerId, signal }: ContractContext, from: number): Promise<readonly Slot[]> {
  const slots = able(patient.bookings, 'slots');
  return slots(providerId, { from, to: from + 14 * 24 * HOUR }, { signal });
}

async function freeSlot(context: ContractContext): Promise<Slot> {
  const [slot] = await slotsOf(context, context.now() + 24 * HOUR);
  return offered(slot, 'a free time within two weeks');
}

function request(
  { providerId, signal }: ContractContext,
  port: BookingsPort,
  slot: Slot,
  idempotencyKey: string,
): Promise<Booking> {
  const value = { provider: providerId, dateTime: slot.start, notes: 'Hello' };
  return able(port, 'book')(value, { signal, idempotencyKey });
}
