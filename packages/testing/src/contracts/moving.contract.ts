import { MINUTE, sameId, toInstant, toIso } from '@active-session/core';
import { noteRequest } from './actor.js';
import { assert, equal, namesField, refused } from './assert.js';
import { HOUR, suite, type BackendHarness, type ContractTest, type Suite } from './harness.js';
import { live, meet, party, SESSION } from './session.js';
import { freeSlot, fresh, isFree, request } from './slots.js';

/** Bookings that are moved to another time, and those that are handed over to another provider. */
export function movingContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'moving');
  return [...rescheduleContract(test), ...reassignContract(test), ...formerContract(test)];
}

function rescheduleContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'a booking moves to a free time, said once, and its old time is free',
      { rule: 8, needs: ['rescheduleBooking', 'listSlots', 'book'] },
      async (context) => {
        const { patient, provider } = context;
        const from = await freeSlot(context);
        const booking = context.made(await request(context, patient, from, fresh()));
        const to = await freeSlot(context, toInstant(from.start) + HOUR);
        const { id, version = 0 } = booking;
        const moved = await patient.reschedule(id, to.start, version);
        equal(toInstant(moved.dateTime), toInstant(to.start), 'dateTime');
        equal(toInstant(moved.rescheduledFrom ?? ''), toInstant(from.start), 'rescheduledFrom');
        assert((moved.version ?? 0) > version, 'its version has risen');
        equal((await context.read(provider, id)).dateTime, moved.dateTime, 'what its provider reads');
        equal([await isFree(context, from), await isFree(context, to)], [true, false], 'which times are free');
        equal((await patient.reschedule(id, to.start, version)).version, moved.version, 'the version after a repeat');
      },
    ),
    test(
      'who knows an older version does not move it',
      { rule: 8, needs: ['rescheduleBooking', 'listSlots'] },
      async (context) => {
        const { id, version = 0, dateTime } = await context.laterBooking();
        const first = await freeSlot(context, toInstant(dateTime) + HOUR);
        await context.provider.reschedule(id, first.start, version);
        const second = await freeSlot(context, toInstant(first.start) + HOUR);
        await refused(context.patient.reschedule(id, second.start, version), ['conflict'], 'an older version');
        equal(toInstant((await context.read(context.patient, id)).dateTime), toInstant(first.start), 'dateTime');
      },
    ),
    test(
      'it moves to no time that is taken, past or none',
      { rule: 8, needs: ['rescheduleBooking', 'listSlots', 'book'] },
      async (context) => {
        const { patient, stranger, now } = context;
        const { id, version = 0 } = await context.laterBooking();
        const slot = await freeSlot(context);
        context.made(await request(context, stranger, slot, fresh()));
        await refused(patient.reschedule(id, slot.start, version), ['slot-taken'], 'a time that is taken');
        for (const start of [toIso(now() - HOUR), 'tomorrow']) {
          const error = await refused(patient.reschedule(id, start, version), ['invalid'], start);
          namesField(error, 'dateTime');
        }
      },
    ),
    test(
      'while somebody is in the call it stays where it is',
      { rule: 8, needs: ['rescheduleBooking', 'listSlots', ...SESSION] },
      async (context) => {
        const { id } = await context.openBooking();
        await meet(context, id);
        const { version = 0 } = await context.read(context.provider, id);
        const { start } = await freeSlot(context);
        for (const actor of [context.patient, context.provider]) {
          await refused(actor.reschedule(id, start, version), ['conflict'], 'moving during a call');
        }
      },
    ),
    test(
      'its new life begins empty: no attendance, no seats, nobody held',
      { rule: 8, needs: ['rescheduleBooking', 'listSlots', 'holdPatient', ...SESSION] },
      async (context) => {
        const { patient, provider } = context;
        const { id, dateTime } = await context.openBooking();
        const { patients, providers } = await meet(context, id);
        await patient.leave(id, patients.seat);
        await provider.report(id, providers.seat, 'waiting');
        await provider.hold(id, 'A moment');
        const { version = 0 } = await context.read(provider, id);
        // The next free time, which mostly is open as well.
        const { start } = await freeSlot(context, toInstant(dateTime) + MINUTE);
        const moved = await provider.reschedule(id, start, version);
        equal(moved.attendance ?? [], [], 'attendance');
        const codes = ['seat-lost', 'outside-window'] as const;
        await refused(provider.report(id, providers.seat, 'waiting'), codes, 'the seat of the old life');
        const { parties } = await context.read(patient, id);
        if (parties === undefined) return;
        const { admission, message, presence } = party(parties, 'patient');
        assert(admission !== 'held' && message === undefined, 'the patient is not held');
        equal([presence, party(parties, 'provider').presence], ['away', 'away'], 'presence');
      },
    ),
    test(
      'what is over does not move',
      { rule: 8, needs: ['rescheduleBooking', 'listSlots', 'completeBooking', 'cancelBooking'] },
      async (context) => {
        const { patient, provider } = context;
        const { start } = await freeSlot(context);
        const cancelled = await context.laterBooking();
        const { version: gone = 0 } = await patient.cancel(cancelled.id);
        await refused(patient.reschedule(cancelled.id, start, gone), ['session-cancelled'], 'a cancelled one');
        const ended = await context.openBooking();
        const { version = 0 } = await provider.complete(ended.id);
        await refused(provider.reschedule(ended.id, start, version), ['session-ended'], 'a completed one');
      },
    ),
  ];
}

function reassignContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'another provider takes a booking over: theirs now, and nobody’s else',
      { rule: 14, needs: ['reassignBooking', 'listBookings', 'takeSeat', 'addNote'] },
      async (context) => {
        const { patient, provider } = context;
        const other = context.other();
        const { id, version = 0 } = await context.openBooking();
        await provider.reassign(id, other.id, version);
        for (const actor of [patient, other.actor]) {
          equal((await context.read(actor, id)).provider, other.id, 'its provider');
        }
        assert(!(await provider.all()).some((booking) => sameId(booking.id, id)), 'the former one has it no more');
        await refused(provider.sit(id), ['not-found'], 'a seat for the former one');
        await refused(provider.write(id, 'Too late'), ['not-found'], 'a note by the former one');
        await other.actor.write(id, 'I take over');
        await other.actor.sit(id);
      },
    ),
    test(
      'the former provider is out of the call at once',
      { rule: 14, needs: ['reassignBooking', ...SESSION] },
      async (context) => {
        const { patient, provider } = context;
        const other = context.other();
        const { id } = await context.openBooking();
        const { patients, providers } = await meet(context, id);
        const { version = 0 } = await context.read(provider, id);
        await provider.reassign(id, other.id, version);
        await refused(provider.report(id, providers.seat, 'in-call'), ['not-found'], 'presence of the former one');
        await refused(provider.ticket(id, providers.seat), ['not-found'], 'a ticket for the former one');
        const { parties } = await patient.report(id, patients.seat, 'waiting');
        equal([party(parties, 'provider').presence, party(parties, 'provider').peerId], ['away', null], 'the provider');
      },
    ),
    test(
      'it is handed over to a provider, as the asker knows it, by its own provider',
      { rule: 14, needs: ['reassignBooking', 'cancelBooking'] },
      async (context) => {
        const { provider } = context;
        const other = context.other();
        const { id, version = 0 } = await context.laterBooking();
        const error = await refused(provider.reassign(id, 'nobody-of-this-name', version), ['invalid'], 'nobody');
        namesField(error, 'provider');
        await refused(provider.reassign(id, other.id, version + 1), ['conflict'], 'another version');
        await refused(other.actor.reassign(id, other.id, version), ['not-found'], 'by who wants it');
        const cancelled = await provider.cancel(id);
        const again = provider.reassign(id, other.id, cancelled.version ?? 0);
        await refused(again, ['session-cancelled'], 'a cancelled one');
      },
    ),
  ];
}

function formerContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'a former provider keeps reading the notes they wrote, the new one reads all',
      { rule: 14, needs: ['reassignBooking', 'addNote'] },
      async (context) => {
        const { patient, provider } = context;
        const other = context.other();
        const { id } = await context.openBooking();
        await provider.write(id, noteRequest('By the former one'));
        const { version = 0 } = await context.read(provider, id);
        await provider.reassign(id, other.id, version);
        await other.actor.write(id, noteRequest('By the new one'));
        const contents = async (actor: typeof patient): Promise<readonly string[]> =>
          (await actor.notes(id)).map(({ content }) => content);
        equal(await contents(provider), ['By the former one'], 'what the former one reads');
        equal(await contents(other.actor), ['By the former one', 'By the new one'], 'what the new one reads');
        equal(await contents(patient), ['By the former one', 'By the new one'], 'what the patient reads');
      },
    ),
    test(
      'a former provider who did not get the answer to a note gets it when they ask again',
      { rule: 11, needs: ['reassignBooking', 'addNote'] },
      async (context) => {
        const { provider } = context;
        const other = context.other();
        const { id } = await context.openBooking();
        const note = noteRequest('Once');
        const first = await provider.write(id, note);
        const { version = 0 } = await context.read(provider, id);
        await provider.reassign(id, other.id, version);
        equal((await provider.write(id, note)).id, first.id, 'the note that the repeat is answered with');
        equal((await other.actor.notes(id)).length, 1, 'how many notes there are');
        await refused(provider.write(id, noteRequest('Another')), ['not-found'], 'another note');
      },
    ),
    test(
      'the former provider is told that it is gone, the others whose it is, and the former nothing more',
      { rule: 14, needs: ['reassignBooking', 'addNote', 'followEvents'] },
      async (context) => {
        const { patient, provider, eventually } = context;
        const other = context.other();
        const { id, version = 0 } = await context.openBooking();
        const heard = {
          former: await live(context, provider),
          new: await live(context, other.actor),
          patient: await live(context, patient),
        };
        await provider.reassign(id, other.id, version);
        await other.actor.write(id, 'For the patient');
        await eventually('the former one was told', () =>
          heard.former.events().some((event) => event.type === 'booking.removed' && sameId(event.bookingId, id)),
        );
        for (const stream of [heard.new, heard.patient]) {
          await eventually('the others were told whose it is', () =>
            stream.events().some((event) => event.type === 'booking.changed' && event.booking.provider === other.id),
          );
          await eventually('the note was told', () => stream.events().some(({ type }) => type === 'note.added'));
        }
        const after = heard.former.events().findIndex(({ type }) => type === 'booking.removed') + 1;
        equal(heard.former.events().slice(after), [], 'what the former one is told after that');
      },
    ),
  ];
}
