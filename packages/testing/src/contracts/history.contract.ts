import { MINUTE, sameId, toInstant, type HistoryEntry, type HistoryQuery } from '@active-session/core';
import { noteRequest } from './actor.js';
import { assert, equal, NotCheckable, present, refused } from './assert.js';
import { suite, type BackendHarness, type ContractContext, type ContractTest } from './harness.js';

const NEEDS = ['listHistory', 'completeBooking', 'addNote'] as const;

/** What stays of a patient's sessions for their provider. */
export function historyContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'history');
  return [
    test('a patient’s earlier sessions with their notes, newest first', { rule: 12, needs: NEEDS }, async (context) => {
      const { ids, patient } = await twoThatEnded(context);
      const entries = await context.provider.history(patient);
      const own = entries.filter(({ booking }) => ids.some((id) => sameId(id, booking.id)));
      equal(own.length, 2, 'how many of the two are there');
      for (const { booking, notes } of own) {
        equal(booking.status, 'completed', 'status');
        equal(
          notes.map(({ content }) => content),
          [`About ${String(booking.id)}`],
          'notes',
        );
      }
      const times = entries.map(({ booking }) => toInstant(booking.dateTime));
      equal(
        times,
        times.toSorted((a, b) => b - a),
        'order',
      );
    }),
    test('it can be narrowed by time and by kind of note', { rule: 12, needs: NEEDS }, async (context) => {
      const { ids, patient, first } = await twoThatEnded(context);
      const found = async (query: HistoryQuery): Promise<readonly boolean[]> => {
        const entries = await context.provider.history(patient, query);
        return ids.map((id) => has(entries, id));
      };
      const at = toInstant(first.dateTime);
      equal(await found({ from: at, to: at + 1 }), [true, false], 'what is in [from, to)');
      equal(await found({ kind: 'diagnosis' }), [true, false], 'what has a diagnosis');
      equal(await found({ kind: 'prescription' }), [false, false], 'what has a prescription');
    }),
    test('what is still to come is no history', { rule: 12, needs: NEEDS }, async (context) => {
      const { patient } = await twoThatEnded(context);
      const later = await context.laterBooking();
      assert(!has(await context.provider.history(patient), later.id), 'a booking of another day is not there');
    }),
    test('what was completed before its time is history at once', { rule: 12, needs: NEEDS }, async (context) => {
      const { provider } = context;
      const { id } = await context.openBooking();
      await provider.complete(id);
      const { patient } = await context.read(provider, id);
      assert(has(await provider.history(present(patient, 'the patient of a booking')), id), 'it is there');
    }),
    test('it is for a provider of that patient', { rule: 1, needs: NEEDS }, async (context) => {
      const { patient } = await twoThatEnded(context);
      await refused(context.patient.history(patient), ['forbidden'], 'the patient');
      await refused(context.provider.history('nobody-of-this-name'), ['not-found'], 'a patient who is none of theirs');
    }),
    test('another provider reads nothing of it', { rule: 1, needs: [...NEEDS, 'listBookings'] }, async (context) => {
      const other = context.other();
      const { patient } = await twoThatEnded(context);
      const isTheirs = (await other.actor.all()).some((booking) => booking.patient === patient);
      if (isTheirs)
        throw new NotCheckable('the other provider has had bookings of this patient, of an earlier run perhaps');
      await refused(other.actor.history(patient), ['not-found'], 'a provider with no booking of this patient');
    }),
    // The last one: from here on the other provider has a booking of this patient.
    test(
      'one that was handed over is as it stood then, with what one wrote, whatever becomes of it',
      { rule: 14, needs: [...NEEDS, 'reassignBooking'] },
      async (context) => {
        const { provider, makeBooking } = context;
        const other = context.other();
        const silent = await makeBooking({ startsIn: -40 * MINUTE });
        const written = await makeBooking({ startsIn: -10 * MINUTE });
        await provider.write(written.id, noteRequest('By the former one', { kind: 'diagnosis' }));
        for (const { id } of [written, silent]) {
          const { version = 0 } = await context.read(provider, id);
          await provider.reassign(id, other.id, version);
        }
        await other.actor.write(written.id, noteRequest('By the new one', { kind: 'follow-up' }));
        await other.actor.complete(written.id);
        const patient = present((await context.read(other.actor, written.id)).patient, 'the patient of a booking');
        const entries = await provider.history(patient);
        const entry = entries.find(({ booking }) => sameId(booking.id, written.id));
        const left = present(entry, 'the entry of the former provider');
        equal([left.booking.status, left.booking.notes], ['scheduled', ''], 'how it stood');
        assert(left.booking.provider !== other.id, 'it does not say who has it now');
        equal(
          left.notes.map(({ content }) => content),
          ['By the former one'],
          'the notes of it',
        );
        assert(!has(entries, silent.id), 'one in which nothing was written is not there');
        assert(
          !has(await provider.history(patient, { kind: 'follow-up' }), written.id),
          'nor found by what another wrote',
        );
        assert(has(await other.actor.history(patient), written.id), 'the new one has it');
      },
    ),
  ];
}

async function twoThatEnded(
  context: ContractContext,
): Promise<{ ids: readonly HistoryEntry['booking']['id'][]; patient: string; first: HistoryEntry['booking'] }> {
  const { provider, makeBooking } = context;
  const first = await makeBooking({ startsIn: -40 * MINUTE });
  const second = await makeBooking({ startsIn: -10 * MINUTE });
  await provider.write(first.id, noteRequest(`About ${String(first.id)}`, { kind: 'diagnosis' }));
  await provider.write(second.id, noteRequest(`About ${String(second.id)}`, { kind: 'follow-up' }));
  for (const { id } of [first, second]) await provider.complete(id);
  const { patient } = await context.read(provider, first.id);
  return {
    ids: [first.id, second.id],
    patient: present(patient, 'the patient of a booking, as its provider reads it'),
    first,
  };
}

function has(entries: readonly HistoryEntry[], id: HistoryEntry['booking']['id']): boolean {
  return entries.some(({ booking }) => sameId(booking.id, id));
}
