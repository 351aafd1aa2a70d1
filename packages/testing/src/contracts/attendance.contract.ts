import { callStartedAt, MINUTE, toInstant, type Booking } from '@active-session/core';
import { assert, equal, refused } from './assert.js';
import {
  suite,
  windowOfBooking,
  type BackendHarness,
  type ContractContext,
  type ContractTest,
  type Suite,
} from './harness.js';
import { bothWait, join, live, meet, party, SESSION, type Seated } from './session.js';

/** Who is there, who was, and what becomes of a session that nobody ends. */
export function attendanceContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'attendance');
  return [...presenceContract(test), ...recordContract(test), ...closeContract(test)];
}

function presenceContract(test: Suite): readonly ContractTest[] {
  return [
    test('presence says who is there, to both', { rule: 9, needs: SESSION }, async (context) => {
      const { id } = await context.openBooking();
      const { patients } = await bothWait(context, id);
      const { parties } = await context.patient.report(id, patients.seat, 'waiting');
      equal(parties.map(({ presence }) => presence).toSorted(), ['waiting', 'waiting'], 'presence');
      assert(
        parties.every(({ peerId, since }) => peerId !== null && since !== null),
        'both can be dialled, and it says since when they wait',
      );
    }),
    test(
      'who reads a booking learns who is there now',
      { rule: 9, needs: [...SESSION, 'getActiveBooking'] },
      async (context) => {
        const { id } = await context.openBooking();
        const { patients } = await bothWait(context, id);
        const { parties } = await context.read(context.provider, id);
        const { presence, peerId } = party(parties, 'patient');
        equal([presence, peerId], ['waiting', patients.ticket.peerId], 'the patient');
      },
    ),
    test(
      'what a device check found the other side sees, until it is checked again',
      { rule: 9, needs: SESSION },
      async (context) => {
        const { patient, provider } = context;
        const { id } = await context.openBooking();
        const { patients, providers } = await bothWait(context, id);
        const found = { microphone: 'works', camera: 'denied' } as const;
        await patient.report(id, patients.seat, 'waiting', { devices: found });
        await patient.report(id, patients.seat, 'waiting');
        const { parties } = await provider.report(id, providers.seat, 'waiting');
        const { devices } = party(parties, 'patient');
        equal([devices?.microphone, devices?.camera], ['works', 'denied'], 'what the provider sees');
      },
    ),
    test(
      'what somebody sends the other side is told, and told again when it changes',
      { rule: 9, needs: [...SESSION, 'followEvents'] },
      async (context) => {
        const { patient, provider, eventually } = context;
        const { id } = await context.openBooking();
        const { patients } = await meet(context, id);
        const heard = await live(context, provider);
        const cameras = (): unknown[] =>
          heard
            .events()
            .flatMap((event) =>
              event.type === 'presence.changed' ? (party(event.parties, 'patient').sending ?? []) : [],
            );
        const muted = { microphone: 'off', camera: 'on' } as const;
        await patient.report(id, patients.seat, 'in-call', { sending: muted });
        await patient.report(id, patients.seat, 'in-call');
        await patient.report(id, patients.seat, 'in-call', { sending: { ...muted, camera: 'paused', screen: true } });
        await eventually('the second change was told', () => cameras().length >= 2);
        equal(cameras(), [muted, { ...muted, camera: 'paused', screen: true }], 'what the provider is told');
      },
    ),
  ];
}

function recordContract(test: Suite): readonly ContractTest[] {
  return [
    test('nobody is in a call alone, whatever their page says', { rule: 9, needs: SESSION }, async (context) => {
      const { id } = await context.openBooking();
      const { seat } = await join(context.patient, id);
      const { parties } = await context.patient.report(id, seat, 'in-call');
      equal(party(parties, 'patient').presence, 'waiting', 'presence of one alone');
      equal((await context.read(context.patient, id)).attendance ?? [], [], 'the attendance of one alone');
    }),
    test('who is in the call is recorded; leaving is not ending', { rule: 6, needs: SESSION }, async (context) => {
      const { patient, provider } = context;
      const { id } = await context.openBooking();
      const { patients, providers } = await meet(context, id);
      const during = await context.read(patient, id);
      assert(callStartedAt(during.attendance ?? []) !== null, 'both are in the call');
      await patient.leave(id, patients.seat);
      const after = await context.read(patient, id);
      const own = (after.attendance ?? []).filter(({ role }) => role === 'patient');
      assert(own.length > 0 && own.every(({ leftAt }) => leftAt !== undefined), 'the patient is recorded as gone');
      equal(after.status, 'scheduled', 'status');
      const { parties } = await provider.report(id, providers.seat, 'waiting');
      equal(party(parties, 'patient').peerId, null, 'who left can not be dialled');
      await patient.sit(id, 'tab-2');
    }),
    test('who is silent for too long is taken as gone', { rule: 6, needs: SESSION }, async (context) => {
      const { patient, provider } = context;
      const { id } = await context.openBooking();
      const { patients, providers } = await meet(context, id);
      const gone = toInstant(patients.seat.expiresAt);
      await keepIn(context, id, [[provider, providers]], gone + MINUTE);
      await context.eventually('the patient is away', async () => {
        const { parties } = await provider.report(id, providers.seat, 'in-call');
        return party(parties, 'patient').presence === 'away';
      });
      await context.eventually('the patient is recorded as gone', async () => {
        const { attendance = [] } = await context.read(patient, id);
        const own = attendance.filter(({ role }) => role === 'patient');
        return own.length > 0 && own.every(({ leftAt }) => leftAt !== undefined);
      });
      equal((await context.read(patient, id)).status, 'scheduled', 'status');
    }),
  ];
}

function closeContract(test: Suite): readonly ContractTest[] {
  const needs = SESSION;
  return [
    test('a call is not cut when the window closes', { rule: 8, needs }, async (context) => {
      const { booking, both, closesAt } = await meetBeforeTheClose(context);
      await keepIn(context, booking.id, both, closesAt + 5 * MINUTE);
      for (const [actor, { seat }] of both) {
        const { parties } = await actor.report(booking.id, seat, 'in-call');
        equal(
          parties.map(({ presence }) => presence),
          ['in-call', 'in-call'],
          'presence after the close',
        );
        await actor.ticket(booking.id, seat);
      }
      equal((await context.read(context.patient, booking.id)).status, 'scheduled', 'status');
    }),
    test(
      'who was in may come back for a while, then the session is completed by itself',
      { rule: 8, needs },
      async (context) => {
        const { patient, provider } = context;
        const { booking, both, closesAt, returnMinutes } = await meetBeforeTheClose(context);
        const { id } = booking;
        await keepIn(context, id, both, closesAt + 5 * MINUTE);
        for (const [actor, { seat }] of both) await actor.leave(id, seat);
        await context.advance((returnMinutes - 1) * MINUTE);
        const again = await join(patient, id, 'tab-2');
        await patient.leave(id, again.seat);
        equal((await context.read(patient, id)).status, 'scheduled', 'status while they may come back');
        await context.advance((returnMinutes + 1) * MINUTE);
        await refused(provider.sit(id), ['session-ended'], 'a seat after the time to come back');
        const isCompleted = async (): Promise<boolean> => (await context.read(provider, id)).status === 'completed';
        await context.eventually('the session is completed by itself', isCompleted);
      },
    ),
    test(
      'a session to which somebody never came stays scheduled, and gives no seat',
      { rule: 8, needs },
      async (context) => {
        const booking = await context.openBooking();
        const { closesAt, returnMinutes } = await windowOfBooking(context, booking);
        const { seat } = await join(context.patient, booking.id);
        await context.patient.report(booking.id, seat, 'in-call');
        await context.advanceTo(closesAt + (returnMinutes + 1) * MINUTE);
        await refused(context.patient.sit(booking.id), ['outside-window'], 'a seat');
        equal((await context.read(context.provider, booking.id)).status, 'scheduled', 'status');
      },
    ),
  ];
}

type Both = readonly (readonly [ContractContext['patient'], Seated])[];

async function meetBeforeTheClose(
  context: ContractContext,
): Promise<{ booking: Booking; both: Both; closesAt: number; returnMinutes: number }> {
  const booking = await context.openBooking();
  const { closesAt, returnMinutes } = await windowOfBooking(context, booking);
  await context.advanceTo(closesAt - 5 * MINUTE);
  const { patients, providers } = await meet(context, booking.id);
  const both = [
    [context.patient, patients],
    [context.provider, providers],
  ] as const;
  return { booking, both, closesAt, returnMinutes };
}

/** Time passes, and their pages report as they are asked to. */
async function keepIn(context: ContractContext, id: Booking['id'], both: Both, until: number): Promise<void> {
  const step = Math.max(1_000, Math.min(...both.map(([, { seat }]) => seat.renewEvery)));
  while (context.now() < until) {
    await context.advance(Math.min(step, until - context.now()));
    for (const [actor, { seat }] of both) await actor.report(id, seat, 'in-call');
  }
}
