import { bookingSchema, chooseActive, MINUTE, parse, sameId, toInstant, toIso } from '@active-session/core';
import type { Booking } from '@active-session/core';
import type { Actor } from './actor.js';
import { assert, equal, namesField, present, refused } from './assert.js';
import { HOUR, suite, type BackendHarness, type ContractContext, type ContractTest, type Suite } from './harness.js';
import { meet, SESSION } from './session.js';
import { fresh, freeSlot, isFree, request } from './slots.js';

/** Whose bookings somebody sees, and how they are made. */
export function bookingsContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'bookings');
  return [...readingContract(test), ...activeContract(test), ...slotsContract(test)];
}

function readingContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'a booking parses, with all the fields of the seed',
      { rule: 1, needs: ['listBookings'] },
      async ({ patient, openBooking }) => {
        const { id } = await openBooking({ shared: true });
        const listed = (await patient.all()).find((candidate) => sameId(candidate.id, id));
        const booking = parse(bookingSchema, listed, 'booking');
        equal(booking.status, 'scheduled', 'status');
      },
    ),
    test(
      'both see it, nobody else does',
      { rule: 1, needs: ['listBookings'] },
      async ({ patient, provider, stranger, openBooking }) => {
        const { id } = await openBooking({ shared: true });
        const sees = async (actor: Actor): Promise<boolean> =>
          (await actor.all()).some((booking) => sameId(booking.id, id));
        equal([await sees(patient), await sees(provider), await sees(stranger)], [true, true, false], 'who sees it');
      },
    ),
    test(
      'the active booking is one of one’s own',
      { rule: 1, needs: ['getActiveBooking'] },
      async ({ stranger, openBooking }) => {
        const { id } = await openBooking({ shared: true });
        const { booking } = await stranger.active();
        assert(booking === null || !sameId(booking.id, id), 'a stranger is not given it');
      },
    ),
    test(
      'one booking can be read by its two, and is like none for anybody else',
      { rule: 1, needs: ['getBooking'] },
      async ({ patient, provider, stranger, openBooking }) => {
        const { id, dateTime } = await openBooking({ shared: true });
        for (const actor of [patient, provider]) equal((await actor.get(id)).dateTime, dateTime, 'dateTime');
        await refused(stranger.get(id), ['not-found'], 'a stranger');
        await refused(stranger.get('no-such-booking'), ['not-found'], 'no booking');
      },
    ),
    test('a list is by time, and can be narrowed', { needs: ['listBookings'] }, async ({ patient, makeBooking }) => {
      await makeBooking({ startsIn: 50 * HOUR });
      const open = await makeBooking({ startsIn: 10 * MINUTE });
      const { id, dateTime } = await makeBooking({ startsIn: 26 * HOUR });
      const times = (await patient.all()).map((booking) => toInstant(booking.dateTime));
      equal(
        times,
        times.toSorted((a, b) => a - b),
        'order',
      );
      const at = toInstant(dateTime);
      const has = (bookings: readonly Booking[], wanted: Booking['id']): boolean =>
        bookings.some((booking) => sameId(booking.id, wanted));
      const around = await patient.all({ from: at, to: at + 1 });
      equal([has(around, id), has(around, open.id)], [true, false], 'what is in [from, to)');
      assert(!has(await patient.all({ from: at + 1 }), id), 'from is a bound');
      assert(!has(await patient.all({ to: at }), id), 'to is not included');
      assert(has(await patient.all({ status: 'scheduled' }), id), 'it is among the scheduled');
      assert(!has(await patient.all({ status: 'cancelled' }), id), 'it is not among the cancelled');
    }),
  ];
}

function activeContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'the active booking comes with the verdict that the rules give',
      { rule: 2, needs: ['getActiveBooking', 'getMe'] },
      async ({ patient, openBooking, policy }) => {
        await openBooking({ shared: true });
        const { booking, verdict } = await patient.active();
        assert(booking !== null, 'there is an active booking');
        const { patient: minutes } = await policy();
        const start = toInstant(booking.dateTime);
        const { phase, opensAt, closesAt } = present(verdict, 'a verdict beside the active booking');
        equal(opensAt, start - minutes.opensBeforeMinutes * MINUTE, 'opensAt');
        equal(closesAt, start + minutes.closesAfterMinutes * MINUTE, 'closesAt');
        equal(phase, 'open', 'phase');
      },
    ),
    test(
      'where none is open the next one is the active one, and else the open one nearest to now',
      { rule: 4, needs: ['getActiveBooking', 'listBookings'] },
      async (context) => {
        await context.makeBooking({ startsIn: 50 * HOUR });
        await context.makeBooking({ startsIn: 26 * HOUR });
        await activeIsTheRight(context);
        await context.makeBooking({ startsIn: 40 * MINUTE });
        await activeIsTheRight(context);
        await context.makeBooking({ startsIn: 10 * MINUTE });
        await activeIsTheRight(context);
      },
    ),
    test(
      'the one with a live call comes first',
      { rule: 4, needs: ['getActiveBooking', ...SESSION] },
      async (context) => {
        const far = await context.makeBooking({ startsIn: 40 * MINUTE });
        await context.makeBooking({ startsIn: 10 * MINUTE });
        await meet(context, far.id);
        for (const actor of [context.patient, context.provider]) {
          const { booking } = await actor.active();
          assert(booking !== null && sameId(booking.id, far.id), 'the one with the call is the active one');
        }
      },
    ),
  ];
}

async function activeIsTheRight({ patient, policy, now }: ContractContext): Promise<void> {
  const all = await patient.all();
  const { booking } = await patient.active();
  const expected = chooseActive(all, () => 'patient', now(), await policy());
  equal(String(booking?.id), String(expected?.id), 'the active booking');
}

function slotsContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'a free time can be booked, and is not free then',
      { rule: 1, needs: ['listProviders', 'listSlots', 'book'] },
      async (context) => {
        const { patient, provider, providerId } = context;
        assert(
          (await patient.providers()).some(({ id }) => id === providerId),
          'the provider can be found',
        );
        const slot = await freeSlot(context);
        const booking = context.made(await request(context, patient, slot, fresh()));
        equal(toInstant(booking.dateTime), toInstant(slot.start), 'when');
        equal([booking.provider, booking.status, booking.notes], [providerId, 'scheduled', 'Hello'], 'what');
        const theirs = await context.read(provider, booking.id);
        equal(theirs.notes, 'Hello', 'what its provider reads');
        assert(!(await isFree(context, slot)), 'the time is not free any more');
      },
    ),
    test('the same key books once', { rule: 11, needs: ['listSlots', 'book'] }, async (context) => {
      const [slot, key] = [await freeSlot(context), fresh()];
      const first = context.made(await request(context, context.patient, slot, key));
      const second = await request(context, context.patient, slot, key);
      assert(sameId(first.id, second.id), 'one booking');
      const other = { provider: context.providerId, dateTime: slot.start, notes: 'Another request' };
      await refused(context.patient.book(other, key), ['invalid'], 'the same key for another request');
    }),
    test('of two who want one time one gets it', { rule: 1, needs: ['listSlots', 'book'] }, async (context) => {
      const slot = await freeSlot(context);
      const results = await Promise.allSettled([
        request(context, context.patient, slot, fresh()),
        request(context, context.stranger, slot, fresh()),
      ]);
      for (const result of results) if (result.status === 'fulfilled') context.made(result.value);
      equal(results.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'], 'bookings of one time');
      const lost = results.find((result) => result.status === 'rejected');
      await refused(Promise.reject(lost?.reason as Error), ['slot-taken'], 'the other one');
    }),
    test(
      'the past, an unknown provider and too long a text are refused, and the field is named',
      { rule: 1, needs: ['listSlots', 'book'] },
      async (context) => {
        const { patient, providerId, now } = context;
        const { start } = await freeSlot(context);
        const bad = [
          ['dateTime', { provider: providerId, dateTime: toIso(now() - HOUR), notes: '' }],
          ['provider', { provider: 'nobody-of-this-name', dateTime: start, notes: '' }],
          ['notes', { provider: providerId, dateTime: start, notes: 'x'.repeat(2_001) }],
        ] as const;
        for (const [field, value] of bad) {
          const error = await refused(patient.book(value, fresh()), ['invalid'], field);
          namesField(error, field);
        }
      },
    ),
    test('a provider does not book', { rule: 1, needs: ['listSlots', 'book'] }, async (context) => {
      const slot = await freeSlot(context);
      await refused(request(context, context.provider, slot, fresh()), ['forbidden'], 'a provider who books');
    }),
    test(
      'the time of a cancelled booking is free again',
      { rule: 8, needs: ['listSlots', 'book', 'cancelBooking'] },
      async (context) => {
        const slot = await freeSlot(context);
        const { id } = context.made(await request(context, context.patient, slot, fresh()));
        await context.patient.cancel(id);
        assert(await isFree(context, slot), 'the time is free');
      },
    ),
  ];
}
