import {
  callStartedAt,
  meSchema,
  MINUTE,
  parse,
  seatSchema,
  ticketSchema,
  toInstant,
  type AccessPort,
  type Backend,
  type BookingId,
  type Party,
  type PresenceAnswer,
  type PresenceReport,
  type Role,
  type Seat,
  type Ticket,
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

/** What an `AccessPort` promises. */
export function accessContract(harness: BackendHarness): readonly ContractTest[] {
  const test: Test = (name, run) => contract(harness, `access: ${name}`, run);
  return [
    test('says who is signed in, and the policy', async ({ patient, provider, now, signal }) => {
      const me = parse(meSchema, await access(patient).me({ signal }), 'me');
      equal(me.role, 'patient', 'role');
      assert(Math.abs(toInstant(me.serverTime) - now()) < 5_000, 'serverTime is the server’s time');
      equal((await access(provider).me({ signal })).role, 'provider', 'role');
    }),
    ...windowContract(test),
    ...seatContract(test),
    ...ticketContract(test),
    ...attendanceContract(test),
  ];
}

type Test = (name: string, run: (context: ContractContext) => Promise<void>) => ContractTest;

function windowContract(test: Test): readonly ContractTest[] {
  return [
    test('before the window a seat is refused, and it says when it opens', async (context) => {
      const booking = await context.makeBooking({ startsIn: 3 * HOUR });
      const error = await refused(sit(context, context.patient, booking.id), ['outside-window'], 'an early seat');
      equal(error.opensAt, toInstant(booking.dateTime) - HOUR, 'opensAt');
    }),
    test('after the window a seat is refused', async (context) => {
      const { id } = await context.makeBooking({ startsIn: -2 * HOUR - MINUTE });
      await refused(sit(context, context.patient, id), ['outside-window'], 'a late seat');
    }),
    test('somebody else’s booking is like one that does not exist', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      const own = await refused(sit(context, context.stranger, id), ['not-found'], 'a stranger');
      const none = await refused(sit(context, context.stranger, 'no-such-booking'), ['not-found'], 'no booking');
      equal(own.code, none.code, 'the same answer');
    }),
    test('completion takes the seats away', async (context) => {
      const { patient, provider, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const seat = await sit(context, patient, id);
      await able(provider.bookings, 'complete')(id, { signal });
      const codes = ['session-ended', 'seat-lost'] as const;
      await refused(access(patient).join(id, seat, { signal }), codes, 'a ticket');
      await refused(report(context, patient, id, seat, 'in-call'), codes, 'presence');
      await refused(sit(context, patient, id), ['session-ended'], 'a new seat');
    }),
    test('a cancelled booking has no seats', async (context) => {
      const { patient, provider, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      await able(provider.bookings, 'cancel')(id, undefined, { signal });
      await refused(sit(context, patient, id), ['session-cancelled'], 'a seat');
    }),
  ];
}

function seatContract(test: Test): readonly ContractTest[] {
  return [
    test('a seat has one holder; the same one gets it again', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      parse(seatSchema, await sit(context, context.patient, id, 'tab-1'), 'seat');
      await refused(sit(context, context.patient, id, 'tab-2'), ['seat-taken'], 'a second tab');
      const again = await sit(context, context.patient, id, 'tab-1');
      await report(context, context.patient, id, again, 'waiting');
    }),
    test('a seat can be taken over, and the first one has lost it', async (context) => {
      const { patient, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const first = await sit(context, patient, id, 'tab-1');
      const second = await sit(context, patient, id, 'tab-2', true);
      await refused(report(context, patient, id, first, 'waiting'), ['seat-lost'], 'presence of the first');
      await refused(access(patient).join(id, first, { signal }), ['seat-lost'], 'a ticket for the first');
      await report(context, patient, id, second, 'waiting');
    }),
    test('a seat that was given back is free', async (context) => {
      const { patient, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const first = await sit(context, patient, id, 'tab-1');
      await access(patient).leave(id, first, { signal });
      await access(patient).leave(id, first, { signal });
      await sit(context, patient, id, 'tab-2');
    }),
    test('a lease that ran out does not come back', async (context) => {
      const { patient, now } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      if (context.advance === undefined) return;
      const seat = await sit(context, patient, id, 'tab-1');
      await context.advance(toInstant(seat.expiresAt) - now());
      await refused(report(context, patient, id, seat, 'waiting'), ['seat-lost'], 'presence');
      await sit(context, patient, id, 'tab-2');
    }),
  ];
}

function ticketContract(test: Test): readonly ContractTest[] {
  return [
    test('a ticket names both parties, and one of them dials', async (context) => {
      const { patient, provider } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const ticket = parse(ticketSchema, (await join(context, patient, id)).ticket, 'ticket');
      equal(ticket.parties.map(({ role }) => role).toSorted(), ['patient', 'provider'], 'roles');
      equal(ticket.parties.filter(({ dials }) => dials).length, 1, 'how many dial');
      equal(party(ticket.parties, 'patient').seat, ticket.seat, 'own seat');
      equal(party(ticket.parties, 'patient').peerId, ticket.peerId, 'own peer id');
      equal(party(ticket.parties, 'provider').presence, 'away', 'the other one');
      const other = (await join(context, provider, id)).ticket;
      equal(party(other.parties, 'patient').peerId, ticket.peerId, 'where the first can be dialled');
    }),
    test('each ticket is another one, for the same seat', async (context) => {
      const { patient, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const { seat, ticket } = await join(context, patient, id);
      const next = await access(patient).join(id, seat, { signal });
      equal(next.seat, ticket.seat, 'seat');
      assert(next.peerId !== ticket.peerId, 'a peer id is never used again');
      assert(next.engineGrant.token !== ticket.engineGrant.token, 'a grant is never used again');
    }),
  ];
}

function attendanceContract(test: Test): readonly ContractTest[] {
  return [
    test('presence says who is there, to both', async (context) => {
      const { patient, provider } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const seats = [(await join(context, patient, id)).seat, (await join(context, provider, id)).seat] as const;
      await report(context, patient, id, seats[0], 'waiting');
      const { parties } = await report(context, provider, id, seats[1], 'waiting');
      equal(parties.map(({ presence }) => presence).toSorted(), ['waiting', 'waiting'], 'presence');
      assert(
        parties.every(({ peerId }) => peerId !== null),
        'both can be dialled',
      );
    }),
    test('who reads a booking learns who is there now', async (context) => {
      const { patient, provider, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const { ticket } = await join(context, patient, id);
      const { booking } = await provider.bookings.active({ signal });
      const { presence, peerId } = party(booking?.parties ?? [], 'patient');
      equal([presence, peerId], ['waiting', ticket.peerId], 'the patient');
    }),
    test('nobody is in a call alone, whatever their page says', async (context) => {
      const { patient, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const { seat } = await join(context, patient, id);
      await report(context, patient, id, seat, 'in-call');
      const { booking } = await patient.bookings.active({ signal });
      equal(booking?.attendance ?? [], [], 'the attendance of one alone');
    }),
    test('who is in the call is recorded; leaving is not ending', async (context) => {
      const { patient, provider, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const [one, other] = [(await join(context, patient, id)).seat, (await join(context, provider, id)).seat];
      await report(context, patient, id, one, 'in-call');
      await report(context, provider, id, other, 'in-call');
      const during = (await patient.bookings.active({ signal })).booking;
      assert(during !== null && callStartedAt(during.attendance ?? []) !== null, 'both are in the call');
      await access(patient).leave(id, one, { signal });
      const after = (await patient.bookings.active({ signal })).booking;
      const own = (after?.attendance ?? []).filter(({ role }) => role === 'patient');
      assert(own.length > 0 && own.every(({ leftAt }) => leftAt !== undefined), 'the patient is recorded as gone');
      equal(after?.status, 'scheduled', 'status');
      const { parties } = await report(context, provider, id, other, 'waiting');
      equal(party(parties, 'patient').peerId, null, 'who left can not be dialled');
      await sit(context, patient, id, 'tab-2');
    }),
  ];
}

function access(backend: Backend): AccessPort {
  return offered(backend.access, 'access');
}

function sit(
  { signal }: ContractContext,
  backend: Backend,
  id: BookingId,
  holder = 'tab-1',
  takeOver = false,
): Promise<Seat> {
  return access(backend).takeSeat(id, { holder, takeOver }, { signal });
}

async function join(
  context: ContractContext,
  backend: Backend,
  id: BookingId,
): Promise<{ seat: Seat; ticket: Ticket }> {
  const seat = await sit(context, backend, id);
  return { seat, ticket: await access(backend).join(id, seat, { signal: context.signal }) };
}

function report(
  { signal }: ContractContext,
  backend: Backend,
  id: BookingId,
  { lease }: Seat,
  state: PresenceReport['state'],
): Promise<PresenceAnswer> {
  return access(backend).presence(id, { lease, state }, { signal });
}

function party(parties: readonly Party[], role: Role): Party {
  return offered(
    parties.find((candidate) => candidate.role === role),
    `a ${role} among the parties`,
  );
}
