import { MINUTE, toInstant, toIso, type Booking, type BookingId, type SessionErrorCode } from '@active-session/core';
import { noteRequest, type Actor } from './actor.js';
import { assert, equal, refused } from './assert.js';
import { HOUR, suite, windowOfBooking, type BackendHarness, type ContractTest, type Suite } from './harness.js';
import type { Need } from './needs.js';
import { meet, party, SESSION } from './session.js';

/** How a session ends, and who may say so. */
export function endingContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'ending');
  return [
    ...completeContract(test),
    ...reopenContract(test),
    ...cancelContract(test),
    ...noShowContract(test),
    ...lateContract(test),
    ...whoContract(test),
  ];
}

function completeContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'ending twice, or both at once, is one completion',
      { rule: 6, needs: ['completeBooking'] },
      async ({ patient, provider, openBooking, timePasses }) => {
        const { id } = await openBooking();
        const [one, other] = await Promise.all([patient.complete(id), provider.complete(id)]);
        await timePasses();
        const again = await provider.complete(id);
        equal([one.status, other.status, again.status], ['completed', 'completed', 'completed'], 'status');
        equal([other.completedAt, again.completedAt], [one.completedAt, one.completedAt], 'completedAt');
        equal([other.version, again.version], [one.version, one.version], 'version');
      },
    ),
    test('one that is not open can not be completed', { rule: 6, needs: ['completeBooking'] }, async (context) => {
      const booking = await context.laterBooking();
      const { opensAt } = await windowOfBooking(context, booking);
      for (const actor of [context.patient, context.provider]) {
        const error = await refused(actor.complete(booking.id), ['outside-window'], 'completion before the window');
        equal(error.opensAt, opensAt, 'opensAt');
      }
    }),
    test('completion takes the seats away', { rule: 6, needs: ['completeBooking', ...SESSION] }, async (context) => {
      const { patient, provider } = context;
      const { id } = await context.openBooking();
      const { patients } = await meet(context, id);
      await provider.complete(id);
      await refused(patient.ticket(id, patients.seat), ['session-ended'], 'a ticket');
      await refused(patient.report(id, patients.seat, 'in-call'), ['session-ended'], 'presence');
      await refused(patient.sit(id), ['session-ended'], 'a new seat');
      const { attendance = [] } = await context.read(patient, id);
      assert(
        attendance.length > 0 && attendance.every(({ leftAt }) => leftAt !== undefined),
        'everybody is recorded as gone',
      );
    }),
  ];
}

function reopenContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'what was ended by mistake its provider opens again',
      { rule: 6, needs: ['completeBooking', 'reopenBooking', ...SESSION] },
      async (context) => {
        const { patient, provider } = context;
        const { id } = await context.openBooking();
        const ended = await patient.complete(id);
        const opened = await provider.reopen(id);
        equal([opened.status, opened.completedAt], ['scheduled', undefined], 'the booking');
        assert((opened.version ?? 1) > (ended.version ?? 0), 'its version has risen');
        equal((await provider.reopen(id)).version, opened.version, 'the version after reopening twice');
        await meet(context, id);
      },
    ),
    test(
      'only what was ended can be opened again, and not after its window',
      { rule: 6, needs: ['completeBooking', 'cancelBooking', 'reopenBooking'] },
      async (context) => {
        const { provider } = context;
        const cancelled = await context.openBooking();
        await provider.cancel(cancelled.id);
        await refused(provider.reopen(cancelled.id), ['session-cancelled'], 'reopening a cancelled one');
        const later = await context.laterBooking();
        await refused(provider.reopen(later.id), ['outside-window'], 'reopening one that has not opened');
      },
    ),
    test(
      'after the window what was ended stays so',
      { rule: 6, needs: ['completeBooking', 'reopenBooking'] },
      async (context) => {
        const booking = await context.openBooking();
        await context.provider.complete(booking.id);
        await context.advanceTo((await windowOfBooking(context, booking)).closesAt + MINUTE);
        await refused(context.provider.reopen(booking.id), ['outside-window'], 'reopening after the window');
      },
    ),
  ];
}

function cancelContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'a cancelled one stays so, with the reason that was first',
      { rule: 8, needs: ['cancelBooking', 'completeBooking'] },
      async ({ patient, provider, openBooking, timePasses }) => {
        const { id } = await openBooking();
        const first = await patient.cancel(id, 'I feel better');
        await timePasses();
        const again = await provider.cancel(id, 'Another reason');
        equal(
          [first.status, first.cancelReason, first.cancelledBy ?? 'patient'],
          ['cancelled', 'I feel better', 'patient'],
          'the booking',
        );
        equal(
          [again.cancelReason, again.cancelledAt, again.cancelledBy, again.version],
          [first.cancelReason, first.cancelledAt, first.cancelledBy, first.version],
          'the second time',
        );
        await refused(provider.complete(id), ['session-cancelled'], 'completion');
      },
    ),
    test(
      'what is completed can not be cancelled',
      { rule: 8, needs: ['cancelBooking', 'completeBooking'] },
      async ({ patient, provider, openBooking }) => {
        const { id } = await openBooking();
        await provider.complete(id);
        for (const actor of [patient, provider]) await refused(actor.cancel(id), ['session-ended'], 'cancelling');
      },
    ),
    test(
      'a cancelled booking has no seats, whoever is in the call',
      { rule: 8, needs: ['cancelBooking', ...SESSION] },
      async (context) => {
        const { patient, provider } = context;
        const { id } = await context.openBooking();
        const { patients } = await meet(context, id);
        await provider.cancel(id);
        await refused(patient.report(id, patients.seat, 'in-call'), ['session-cancelled'], 'presence');
        await refused(patient.sit(id), ['session-cancelled'], 'a seat');
      },
    ),
    test(
      'of cancelling and completing at once one wins, and the other is told what is so',
      { rule: 8, needs: ['cancelBooking', 'completeBooking'] },
      async (context) => {
        const { id } = await context.openBooking();
        const results = await Promise.allSettled([context.patient.cancel(id), context.provider.complete(id)]);
        const won = results.filter((result) => result.status === 'fulfilled');
        equal(won.length, 1, 'how many of the two were done');
        const { status } = await context.read(context.patient, id);
        equal(won[0]?.value.status, status, 'how the booking stands');
        const lost = results.find((result) => result.status === 'rejected');
        const told: SessionErrorCode = status === 'cancelled' ? 'session-cancelled' : 'session-ended';
        await refused(Promise.reject(lost?.reason as Error), [told, 'conflict'], 'the other one');
      },
    ),
    test(
      'that a patient did not come is nothing to cancel with',
      { rule: 8, needs: ['cancelBooking'] },
      async ({ provider, openBooking }) => {
        const { id } = await openBooking();
        await refused(provider.cancel(id, 'no-show'), ['invalid'], 'the reason no-show');
      },
    ),
  ];
}

function noShowContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'who did not come in time is a no-show, said once',
      { rule: 8, needs: ['reportNoShow'] },
      async ({ provider, makeBooking }) => {
        const { id } = await makeBooking({ startsIn: -10 * MINUTE });
        const first = await provider.noShow(id);
        equal([first.status, first.cancelReason], ['cancelled', 'no-show'], 'the booking');
        equal((await provider.noShow(id)).version, first.version, 'the version after saying it twice');
      },
    ),
    test(
      'before the time nobody has failed to come',
      { rule: 8, needs: ['reportNoShow'] },
      async ({ provider, openBooking }) => {
        const { id, dateTime } = await openBooking();
        const error = await refused(provider.noShow(id), ['outside-window'], 'a no-show before the time');
        equal(error.opensAt, toInstant(dateTime), 'opensAt');
      },
    ),
    test('who was in the call is no no-show', { rule: 8, needs: ['reportNoShow', ...SESSION] }, async (context) => {
      const { id } = await context.makeBooking({ startsIn: -10 * MINUTE });
      const { patients } = await meet(context, id);
      await context.patient.leave(id, patients.seat);
      await refused(context.provider.noShow(id), ['conflict'], 'a no-show of who came');
    }),
  ];
}

function lateContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'that the provider will be late the patient reads',
      { rule: 9, needs: ['announceLate'] },
      async ({ patient, provider, openBooking, read }) => {
        const { id } = await openBooking();
        const said = await provider.late(id, 10, 'An emergency');
        const { late } = await read(patient, id);
        equal([late?.minutes, late?.message], [10, 'An emergency'], 'what the patient reads');
        equal((await provider.late(id, 10, 'An emergency')).version, said.version, 'the version after the same again');
        equal((await provider.late(id, 20)).late?.minutes, 20, 'later still');
      },
    ),
    test(
      'late is a number of minutes, of a session to come',
      { rule: 9, needs: ['announceLate', 'completeBooking'] },
      async ({ provider, openBooking }) => {
        const { id } = await openBooking();
        await refused(provider.late(id, 0), ['invalid'], 'no minutes');
        await provider.complete(id);
        await refused(provider.late(id, 5), ['session-ended'], 'late for what has ended');
      },
    ),
  ];
}

type Command = readonly [Need, string, (actor: Actor, id: BookingId, booking: Booking) => Promise<unknown>];

/** Everything that can be asked of one booking. A day ahead is a time at which a patient may ask for none of it. */
const COMMANDS: readonly Command[] = [
  ['getBooking', 'reading', (actor, id) => actor.get(id)],
  ['cancelBooking', 'cancelling', (actor, id) => actor.cancel(id)],
  ['completeBooking', 'completion', (actor, id) => actor.complete(id)],
  ['takeSeat', 'a seat', (actor, id) => actor.sit(id)],
  ['listNotes', 'reading notes', (actor, id) => actor.notes(id)],
  [
    'rescheduleBooking',
    'moving',
    (actor, id, { dateTime, version = 0 }) => actor.reschedule(id, toIso(toInstant(dateTime) + 24 * HOUR), version),
  ],
];

const OF_ITS_PROVIDER: readonly Command[] = [
  ['reopenBooking', 'reopening', (actor, id) => actor.reopen(id)],
  ['admitPatient', 'admitting', (actor, id) => actor.admit(id)],
  ['holdPatient', 'holding', (actor, id) => actor.hold(id)],
  ['announceLate', 'being late', (actor, id) => actor.late(id, 10)],
  ['reportNoShow', 'a no-show', (actor, id) => actor.noShow(id)],
  ['reassignBooking', 'handing over', (actor, id, { version = 0 }) => actor.reassign(id, 'somebody', version)],
  ['addNote', 'writing', (actor, id) => actor.write(id, noteRequest('Mine'))],
  ['withdrawNote', 'withdrawing', (actor, id) => actor.withdraw(id, 'some-note')],
];

function whoContract(test: Suite): readonly ContractTest[] {
  return [
    ...[...COMMANDS, ...OF_ITS_PROVIDER].map(([need, what, ask]) =>
      test(
        `${what} of somebody else’s booking is answered as for none`,
        { rule: 1, needs: [need] },
        async ({ stranger, openBooking }) => {
          const booking = await openBooking({ shared: true });
          await refused(ask(stranger, booking.id, booking), ['not-found'], 'a stranger');
          await refused(ask(stranger, 'no-such-booking', booking), ['not-found'], 'no booking');
        },
      ),
    ),
    ...OF_ITS_PROVIDER.map(([need, what, ask]) =>
      test(`${what} is not for the patient`, { rule: 1, needs: [need] }, async ({ patient, openBooking }) => {
        const booking = await openBooking({ shared: true });
        await refused(ask(patient, booking.id, booking), ['forbidden'], 'the patient');
      }),
    ),
    test(
      'an ending leaves nobody in the waiting room',
      { rule: 9, needs: ['getBooking', 'cancelBooking', ...SESSION] },
      async (context) => {
        const { id } = await context.openBooking();
        await meet(context, id);
        await context.provider.cancel(id);
        const { parties } = await context.patient.get(id);
        if (parties === undefined) return;
        for (const role of ['patient', 'provider'] as const) {
          equal([party(parties, role).presence, party(parties, role).peerId], ['away', null], role);
        }
      },
    ),
  ];
}
