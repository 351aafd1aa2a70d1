import type { Party, Role } from '@active-session/core';
import { assert, equal, refused } from './assert.js';
import { suite, type BackendHarness, type ContractTest, type Suite } from './harness.js';
import { bothWait, join, meet, party, SESSION } from './session.js';

const NEEDS = [...SESSION, 'admitPatient', 'holdPatient'] as const;

/** Who gets from the waiting room into the call. */
export function admissionContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'admission');
  return [...waitingContract(test), ...holdContract(test)];
}

/** Left out: admitted. */
function admissionIn(parties: readonly Party[], role: Role): string {
  return party(parties, role).admission ?? 'admitted';
}

function waitingContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'a patient comes in as the policy says, a provider is always in',
      { rule: 9, needs: NEEDS },
      async ({ patient, policy, openBooking }) => {
        const { id } = await openBooking();
        const { ticket } = await join(patient, id);
        const decides = (await policy()).admission === 'provider';
        equal(admissionIn(ticket.parties, 'patient'), decides ? 'asking' : 'admitted', 'the patient');
        equal(admissionIn(ticket.parties, 'provider'), 'admitted', 'the provider');
      },
    ),
    test(
      'who is held is told why, and neither can be dialled by the other',
      { rule: 9, needs: NEEDS },
      async (context) => {
        const { patient, provider } = context;
        const { id } = await context.openBooking();
        const { patients, providers } = await bothWait(context, id);
        const seenByProvider = await provider.hold(id, 'Five more minutes');
        const { parties: seenByPatient } = await patient.report(id, patients.seat, 'in-call');
        for (const parties of [seenByProvider, seenByPatient]) {
          const { message } = party(parties, 'patient');
          equal([admissionIn(parties, 'patient'), message], ['held', 'Five more minutes'], 'the patient');
        }
        const own = [party(seenByProvider, 'provider').peerId, party(seenByPatient, 'patient').peerId];
        equal(own, [providers.ticket.peerId, patients.ticket.peerId], 'where each is, to themselves');
        const others = [party(seenByProvider, 'patient').peerId, party(seenByPatient, 'provider').peerId];
        equal(others, [null, null], 'where each is, to the other');
        equal(party(seenByPatient, 'patient').presence, 'waiting', 'the presence of who is held');
        const { ticket } = await join(patient, id);
        equal(party(ticket.parties, 'provider').peerId, null, 'the provider in a new ticket');
      },
    ),
    test('who is admitted again is reachable again', { rule: 9, needs: NEEDS }, async (context) => {
      const { patient, provider } = context;
      const { id } = await context.openBooking();
      const { patients } = await bothWait(context, id);
      await provider.hold(id, 'A moment');
      const seenByProvider = await provider.admit(id);
      const { parties: seenByPatient } = await patient.report(id, patients.seat, 'in-call');
      for (const parties of [seenByProvider, seenByPatient]) {
        equal([admissionIn(parties, 'patient'), party(parties, 'patient').message], ['admitted', undefined], 'patient');
        assert(
          parties.every(({ peerId }) => peerId !== null),
          'each can be dialled',
        );
      }
      equal(party(seenByPatient, 'patient').presence, 'in-call', 'presence');
      equal(admissionIn(await provider.admit(id), 'patient'), 'admitted', 'admitted twice');
    }),
  ];
}

function holdContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'out of a running call a held patient is back in the waiting room',
      { rule: 9, needs: NEEDS },
      async (context) => {
        const { patient, provider } = context;
        const { id } = await context.openBooking();
        const { patients } = await meet(context, id);
        equal(party(await provider.hold(id), 'patient').presence, 'waiting', 'presence');
        const { parties } = await patient.report(id, patients.seat, 'in-call');
        equal(party(parties, 'patient').presence, 'waiting', 'presence, whatever the page says');
        const { attendance = [] } = await context.read(provider, id);
        const own = attendance.filter(({ role }) => role === 'patient');
        assert(own.length > 0 && own.every(({ leftAt }) => leftAt !== undefined), 'the patient is recorded as gone');
      },
    ),
    test('being held outlasts leaving and coming back', { rule: 9, needs: NEEDS }, async (context) => {
      const { patient, provider } = context;
      const { id } = await context.openBooking();
      const { patients } = await bothWait(context, id);
      await provider.hold(id, 'A moment');
      await patient.leave(id, patients.seat);
      const { ticket } = await join(patient, id, 'tab-2');
      equal(
        [admissionIn(ticket.parties, 'patient'), party(ticket.parties, 'patient').message],
        ['held', 'A moment'],
        'it',
      );
    }),
    test(
      'there is nobody to admit or hold before the window, or after the end',
      { rule: 9, needs: [...NEEDS, 'completeBooking'] },
      async ({ provider, openBooking, laterBooking }) => {
        const later = await laterBooking();
        await refused(provider.admit(later.id), ['outside-window'], 'admitting before the window');
        const ended = await openBooking();
        await provider.complete(ended.id);
        await refused(provider.hold(ended.id), ['session-ended'], 'holding after the end');
        await refused(provider.admit(ended.id), ['session-ended'], 'admitting after the end');
      },
    ),
    test(
      'a message is text of at most 500 characters',
      { rule: 9, needs: NEEDS },
      async ({ provider, openBooking }) => {
        const { id } = await openBooking();
        await refused(provider.hold(id, 'x'.repeat(501)), ['invalid'], 'a long message');
        await refused(provider.hold(id, 'a\u0000b'), ['invalid'], 'a control character');
      },
    ),
  ];
}
