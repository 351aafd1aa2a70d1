import { MINUTE, parse, seatSchema, ticketSchema, toInstant } from '@active-session/core';
import { assert, equal, refused } from './assert.js';
import { HOUR, suite, windowOfBooking, type BackendHarness, type ContractTest, type Suite } from './harness.js';
import { bothWait, join, party, SESSION } from './session.js';

/** Who may sit in a session, and with what they take part in the call. */
export function seatsContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'seats');
  return [...windowContract(test), ...leaseContract(test), ...ticketContract(test)];
}

/** ms around an edge: asking takes time, and a clock is known no better than its answers are fast. */
const MARGIN = 5_000;

function windowContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'before the window a seat is refused, and it says when it opens',
      { rule: 5, needs: ['takeSeat'] },
      async (context) => {
        const booking = await context.makeBooking({ startsIn: 3 * HOUR });
        const { opensAt } = await windowOfBooking(context, booking);
        for (const actor of [context.patient, context.provider]) {
          const error = await refused(actor.sit(booking.id), ['outside-window'], 'an early seat');
          equal(error.opensAt, opensAt, 'opensAt');
        }
      },
    ),
    test(
      'at the opening of the window a seat can be taken, without a reload of anything',
      { rule: 2, needs: ['takeSeat'] },
      async (context) => {
        const booking = await context.makeBooking({ startsIn: 3 * HOUR });
        const { opensAt } = await windowOfBooking(context, booking);
        await context.advanceTo(opensAt - MARGIN);
        await refused(context.patient.sit(booking.id), ['outside-window'], 'just before the opening');
        await context.advanceTo(opensAt + MARGIN);
        await context.patient.sit(booking.id);
      },
    ),
    test('at the close of the window nobody new comes in', { rule: 2, needs: ['takeSeat'] }, async (context) => {
      const booking = await context.openBooking();
      const { closesAt } = await windowOfBooking(context, booking);
      await context.advanceTo(closesAt - MARGIN);
      await context.patient.sit(booking.id);
      await context.advanceTo(closesAt + MARGIN);
      await refused(context.provider.sit(booking.id), ['outside-window'], 'a seat after the close');
    }),
    test(
      'a booking whose window is over gives no seat',
      { rule: 2, needs: ['takeSeat'] },
      async ({ patient, makeBooking, policy }) => {
        const minutes = (await policy()).patient.closesAfterMinutes;
        const { id } = await makeBooking({ startsIn: -(minutes + 1) * MINUTE });
        const error = await refused(patient.sit(id), ['outside-window'], 'a late seat');
        equal(error.opensAt, undefined, 'opensAt of what will not open any more');
      },
    ),
  ];
}

function leaseContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'a seat has one holder; the same one gets it again',
      { rule: 7, needs: SESSION },
      async ({ patient, openBooking }) => {
        const { id } = await openBooking();
        parse(seatSchema, await patient.sit(id, 'tab-1'), 'seat');
        await refused(patient.sit(id, 'tab-2'), ['seat-taken'], 'a second tab');
        const again = await patient.sit(id, 'tab-1');
        await patient.report(id, again, 'waiting');
      },
    ),
    test(
      'a seat can be taken over, and the first one has lost it',
      { rule: 7, needs: SESSION },
      async ({ patient, openBooking }) => {
        const { id } = await openBooking();
        const first = await patient.sit(id, 'tab-1');
        const second = await patient.sit(id, 'tab-2', true);
        await refused(patient.report(id, first, 'waiting'), ['seat-lost'], 'presence of the first');
        await refused(patient.ticket(id, first), ['seat-lost'], 'a ticket for the first');
        await patient.leave(id, first);
        await patient.report(id, second, 'waiting');
      },
    ),
    test(
      'of two pages that take a seat over at once one has it',
      { rule: 7, needs: SESSION },
      async ({ patient, openBooking }) => {
        const { id } = await openBooking();
        await patient.sit(id, 'tab-1');
        const seats = await Promise.all([patient.sit(id, 'tab-2', true), patient.sit(id, 'tab-3', true)]);
        const reports = await Promise.allSettled(seats.map((seat) => patient.report(id, seat, 'waiting')));
        equal(reports.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'], 'who has the seat');
      },
    ),
    test('a seat that was given back is free', { rule: 6, needs: SESSION }, async ({ patient, openBooking }) => {
      const { id } = await openBooking();
      const first = await patient.sit(id, 'tab-1');
      await patient.leave(id, first);
      await patient.leave(id, first);
      await patient.sit(id, 'tab-2');
    }),
    test('presence keeps a seat; one that ran out does not come back', { rule: 7, needs: SESSION }, async (context) => {
      const { patient } = context;
      const { id } = await context.openBooking();
      const seat = await patient.sit(id, 'tab-1');
      await context.advance(seat.renewEvery);
      const { seat: renewed } = await patient.report(id, seat, 'waiting');
      assert(toInstant(renewed.expiresAt) > toInstant(seat.expiresAt), 'presence renews the lease');
      await context.advanceTo(toInstant(renewed.expiresAt) + MARGIN);
      await refused(patient.report(id, seat, 'waiting'), ['seat-lost'], 'presence');
      await patient.sit(id, 'tab-2');
    }),
  ];
}

function ticketContract(test: Suite): readonly ContractTest[] {
  return [
    test('a ticket names both parties, and one of them dials', { rule: 5, needs: SESSION }, async (context) => {
      const { id } = await context.openBooking();
      const { patients, providers } = await bothWait(context, id);
      const { ticket } = patients;
      parse(ticketSchema, ticket, 'ticket');
      equal(ticket.parties.map(({ role }) => role).toSorted(), ['patient', 'provider'], 'roles');
      equal(ticket.parties.filter(({ dials }) => dials).length, 1, 'how many dial');
      equal(party(ticket.parties, 'patient').seat, ticket.seat, 'own seat');
      equal(party(ticket.parties, 'patient').peerId, ticket.peerId, 'own peer id');
      equal(party(ticket.parties, 'provider').presence, 'away', 'the other one');
      const { parties } = await context.provider.report(id, providers.seat, 'waiting');
      equal(party(parties, 'patient').peerId, ticket.peerId, 'where the first can be dialled');
    }),
    test(
      'each ticket is another one, for the same seat',
      { rule: 5, needs: SESSION },
      async ({ patient, openBooking }) => {
        const { id } = await openBooking();
        const { seat, ticket } = await join(patient, id);
        const next = await patient.ticket(id, seat);
        equal(next.seat, ticket.seat, 'seat');
        assert(next.peerId !== ticket.peerId, 'a peer id is never used again');
        for (const kind of ['engineGrant', 'signalling'] as const) {
          const [before, after] = [ticket[kind], next[kind]];
          assert(before === undefined || after?.token !== before.token, 'a grant is never used again');
        }
      },
    ),
  ];
}
