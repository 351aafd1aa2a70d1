import { invitationSchema, MOST_GUESTS, parse, type GuestRequest, type Party } from '@active-session/core';
import type { Actor } from './actor.js';
import { assert, equal, present, refused } from './assert.js';
import { suite, type BackendHarness, type ContractContext, type ContractTest, type Suite } from './harness.js';
import { bothWait, join, live, SESSION } from './session.js';

const NEEDS = [...SESSION, 'getMe', 'getBooking', 'admitPatient', 'holdPatient', 'inviteGuest', 'removeGuest'] as const;
const INES: GuestRequest = { name: 'Ines Vogt', kind: 'interpreter' };

/** Who joins by a link and has no account. */
export function guestsContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'guests');
  return [...invitationContract(test), ...limitsContract(test), ...waitingContract(test), ...endContract(test)];
}

interface Guest {
  readonly actor: Actor;
  readonly seat: string;
}

async function invited(context: ContractContext, id: Parameters<Actor['invite']>[0], request = INES): Promise<Guest> {
  const { guest, token } = await context.provider.invite(id, request);
  return { actor: context.guest(token), seat: guest.seat };
}

function sitting(parties: readonly Party[] | undefined, seat: string): Party {
  return present(
    parties?.find((party) => party.seat === seat),
    `${seat} among the parties`,
  );
}

function invitationContract(test: Suite): readonly ContractTest[] {
  return [
    test('an invitation is a seat and a link that signs in', { rule: 9, needs: NEEDS }, async (context) => {
      const { id } = await context.openBooking();
      const invitation = await context.provider.invite(id, INES);
      const { guest, token } = parse(invitationSchema, invitation, 'invitation');
      equal([guest.name, guest.kind], [INES.name, INES.kind], 'who was invited');
      const me = await context.guest(token).me();
      equal([me.role, me.name], ['guest', INES.name], 'who is signed in');
      const seen = sitting((await context.provider.get(id)).parties, guest.seat);
      equal(
        [seen.role, seen.kind, seen.name, seen.admission, seen.presence],
        ['guest', 'interpreter', INES.name, 'asking', 'away'],
        'the guest, to the provider',
      );
    }),
    test('the same key again is the same invitation', { rule: 11, needs: NEEDS }, async (context) => {
      const { id } = await context.openBooking();
      const key = crypto.randomUUID();
      const first = await context.provider.invite(id, INES, key);
      equal(await context.provider.invite(id, INES, key), first, 'the second answer');
      const guests = (await context.provider.get(id)).parties?.filter(({ role }) => role === 'guest');
      equal(guests?.length, 1, 'how many were invited');
    }),
    test(
      'there are only so many seats for guests, also for two at once',
      { rule: 9, needs: NEEDS },
      async (context) => {
        const { id } = await context.openBooking();
        for (let count = 1; count < MOST_GUESTS; count += 1) await invited(context, id);
        const last = await Promise.allSettled([context.provider.invite(id, INES), context.provider.invite(id, INES)]);
        equal(last.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'], 'two for the last seat');
        await refused(context.provider.invite(id, INES), ['conflict'], 'one more');
        await context.provider.removeGuest(id, 'guest-1');
        equal((await invited(context, id)).seat, 'guest-1', 'the seat that was given back');
      },
    ),
    test('the booking’s provider invites, and nobody else', { rule: 1, needs: NEEDS }, async (context) => {
      const { patient, stranger } = context;
      const { id } = await context.openBooking();
      const { actor } = await invited(context, id);
      await refused(patient.invite(id, INES), ['forbidden'], 'the patient');
      await refused(actor.invite(id, INES), ['forbidden'], 'a guest');
      await refused(stranger.invite(id, INES), ['not-found'], 'a stranger');
      await refused(patient.removeGuest(id, 'guest-1'), ['forbidden'], 'the patient, removing');
      await refused(context.provider.invite(id, { ...INES, name: 'a\u0000b' }), ['invalid'], 'a name that is none');
    }),
  ];
}

function limitsContract(test: Suite): readonly ContractTest[] {
  return [
    test('a guest reads nothing that is about the patient', { rule: 1, needs: NEEDS }, async (context) => {
      const { id } = await context.openBooking();
      const { actor } = await invited(context, id);
      const { booking, verdict } = await actor.active();
      equal([String(booking?.id), verdict?.phase], [String(id), 'open'], 'the session that is theirs');
      for (const read of [present(booking, 'a booking'), await actor.get(id)]) {
        equal([read.notes, read.patient], ['', undefined], 'what the patient wrote, and who they are');
      }
      if (context.offers('listNotes')) await refused(actor.notes(id), ['forbidden'], 'notes');
      if (context.offers('addNote')) await refused(actor.write(id, 'Mine'), ['forbidden'], 'a note of theirs');
      if (context.offers('completeBooking')) await refused(actor.complete(id), ['forbidden'], 'the end');
      if (context.offers('cancelBooking')) await refused(actor.cancel(id), ['forbidden'], 'cancelling');
      await refused(actor.admit(id, 'guest-1'), ['forbidden'], 'letting themselves in');
      if (context.offers('listBookings')) await refused(actor.list(), ['forbidden'], 'bookings');
    }),
    test('a guest has no part in another booking', { rule: 1, needs: NEEDS }, async (context) => {
      const [here, there] = [await context.openBooking(), await context.openBooking()];
      const { actor } = await invited(context, here.id);
      const seat = await actor.sit(here.id);
      await refused(actor.get(there.id), ['not-found'], 'the other booking');
      await refused(actor.sit(there.id), ['not-found'], 'a seat in it');
      await refused(actor.report(there.id, seat, 'waiting'), ['not-found'], 'presence in it');
      await refused(actor.ticket(there.id, seat), ['not-found'], 'a ticket for it');
    }),
    test('a link on two devices is one seat', { rule: 7, needs: NEEDS }, async (context) => {
      const { id } = await context.openBooking();
      const { actor } = await invited(context, id);
      const first = await actor.sit(id, 'laptop');
      await refused(actor.sit(id, 'phone'), ['seat-taken'], 'the second device');
      const second = await actor.sit(id, 'phone', true);
      await refused(actor.report(id, first, 'waiting'), ['seat-lost'], 'the first device');
      await actor.report(id, second, 'waiting');
    }),
    test(
      'a guest hears of the session, and of no note',
      { rule: 10, needs: [...NEEDS, 'addNote', 'announceLate', 'followEvents', 'getActiveBooking'] },
      async (context) => {
        const { id } = await context.openBooking();
        const { actor } = await invited(context, id);
        const heard = await live(context, actor);
        await context.provider.write(id, 'For the patient');
        await context.provider.late(id, 5);
        await context.eventually('they hear that it is late', () =>
          heard.events().some((event) => event.type === 'booking.changed' && event.booking.late?.minutes === 5),
        );
        equal(
          heard.events().filter(({ type }) => type === 'note.added'),
          [],
          'notes that were told',
        );
        const said = heard.events().flatMap((event) => (event.type === 'booking.changed' ? [event.booking] : []));
        assert(
          said.every((booking) => booking.notes === '' && booking.patient === undefined),
          'nothing that the patient wrote is told',
        );
      },
    ),
  ];
}

function waitingContract(test: Suite): readonly ContractTest[] {
  return [
    test('a guest waits to be let in, whatever the policy', { rule: 9, needs: NEEDS }, async (context) => {
      const { id } = await context.openBooking();
      const { patients, providers } = await bothWait(context, id);
      const { actor, seat } = await invited(context, id);
      const { seat: held, ticket } = await join(actor, id);
      equal(
        ticket.parties.map(({ role }) => role),
        ['patient', 'provider', 'guest'],
        'who is there',
      );
      equal(ticket.parties.filter(({ dials }) => dials).length, 1, 'how many dial');
      equal(sitting(ticket.parties, seat).admission, 'asking', 'the guest');
      const others = ticket.parties.filter((party) => party.seat !== seat);
      assert(
        others.every(({ peerId }) => peerId === null),
        'they can dial nobody yet',
      );
      const before = await actor.report(id, held, 'in-call');
      equal(sitting(before.parties, seat).presence, 'waiting', 'presence, whatever their page says');
      equal(sitting((await context.patient.get(id)).parties, seat).peerId, null, 'the guest, to the patient');

      const seenByProvider = await context.provider.admit(id, seat);
      equal(sitting(seenByProvider, seat).peerId, ticket.peerId, 'the guest, to the provider');
      const { parties } = await actor.report(id, held, 'in-call');
      equal(sitting(parties, seat).presence, 'in-call', 'presence');
      equal(
        [sitting(parties, 'patient').peerId, sitting(parties, 'provider').peerId],
        [patients.ticket.peerId, providers.ticket.peerId],
        'the others, to the guest',
      );
    }),
    test('a guest can be asked back, and who says why says it to them', { rule: 9, needs: NEEDS }, async (context) => {
      const { id } = await context.openBooking();
      await bothWait(context, id);
      const { actor, seat } = await invited(context, id);
      const { seat: held } = await join(actor, id);
      await context.provider.admit(id, seat);
      await actor.report(id, held, 'in-call');
      const seen = sitting(await context.provider.hold(id, 'A moment', seat), seat);
      equal([seen.admission, seen.presence, seen.message], ['held', 'waiting', 'A moment'], 'to the provider');
      const own = sitting((await actor.report(id, held, 'in-call')).parties, seat);
      equal([own.admission, own.presence, own.message], ['held', 'waiting', 'A moment'], 'to themselves');
      const told = sitting((await context.patient.get(id)).parties, seat);
      equal([told.admission, told.message], ['held', undefined], 'to the patient');
      await actor.leave(id, held);
      equal(sitting((await join(actor, id)).ticket.parties, seat).admission, 'held', 'after they came back');
    }),
    test('patient and guest alone are no attended session', { rule: 8, needs: NEEDS }, async (context) => {
      const { patient } = context;
      const { id } = await context.openBooking();
      const patients = await join(patient, id);
      if ((await context.policy()).admission === 'provider') await context.provider.admit(id);
      const { actor, seat } = await invited(context, id);
      const { seat: held } = await join(actor, id);
      await context.provider.admit(id, seat);
      await patient.report(id, patients.seat, 'in-call');
      await actor.report(id, held, 'in-call');
      const { attendance = [] } = await patient.get(id);
      equal([...new Set(attendance.map(({ role }) => role))], ['patient'], 'who attended');
    }),
  ];
}

function endContract(test: Suite): readonly ContractTest[] {
  return [
    test('who is removed has neither seat nor link', { rule: 9, needs: NEEDS }, async (context) => {
      const { id } = await context.openBooking();
      const { actor, seat } = await invited(context, id);
      const { seat: held } = await join(actor, id);
      const parties = await context.provider.removeGuest(id, seat);
      equal(
        parties.filter(({ role }) => role === 'guest'),
        [],
        'the guests who are left',
      );
      await context.provider.removeGuest(id, seat);
      await refused(actor.me(), ['forbidden'], 'the link');
      await refused(actor.report(id, held, 'waiting'), ['forbidden'], 'the seat');
      await invited(context, id, { ...INES, name: 'Somebody else' });
      await refused(actor.sit(id), ['forbidden'], 'the seat that somebody else has');
    }),
    test(
      'the end of the session is the end of the link, for ever',
      { rule: 6, needs: [...NEEDS, 'completeBooking', 'reopenBooking'] },
      async (context) => {
        const { id } = await context.openBooking();
        const { actor } = await invited(context, id);
        await actor.sit(id);
        await context.provider.complete(id);
        await refused(actor.active(), ['session-ended'], 'the link after the end');
        await refused(context.provider.invite(id, INES), ['session-ended'], 'an invitation after the end');
        await context.provider.reopen(id);
        await refused(actor.active(), ['forbidden'], 'the link after it was opened again');
        await invited(context, id);
      },
    ),
    test('a link is good ahead of the time, and a seat is not', { rule: 5, needs: NEEDS }, async (context) => {
      const { id } = await context.laterBooking();
      const { actor, seat } = await invited(context, id);
      equal((await actor.active()).verdict?.phase, 'upcoming', 'the phase');
      const error = await refused(actor.sit(id), ['outside-window'], 'a seat');
      assert(error.opensAt !== undefined, 'it says when it opens');
      equal(sitting((await context.provider.get(id)).parties, seat).presence, 'away', 'the guest, to the provider');
    }),
    test('a link ends with the window', { rule: 8, needs: NEEDS }, async (context) => {
      const booking = await context.makeBooking({ startsIn: 10 * 60_000 });
      const { guest, token } = await context.provider.invite(booking.id, INES);
      const actor = context.guest(token);
      await context.advanceTo(Date.parse(guest.expiresAt) + 5_000);
      await refused(actor.active(), ['outside-window'], 'the link after the close');
    }),
    test(
      'nothing is forwarded to or from a guest who was not let in, or who was removed',
      { rule: 5, needs: [...NEEDS, 'signalling'] },
      async (context) => {
        const { id } = await context.openBooking();
        const { providers } = await bothWait(context, id);
        const { actor, seat } = await invited(context, id);
        const { ticket } = await join(actor, id);
        const { signal } = context;
        const own = await present(actor.backend.signalling, 'a channel').open(present(ticket.signalling, 'a grant'), {
          signal,
        });
        const his = await present(context.provider.backend.signalling, 'a channel').open(
          present(providers.ticket.signalling, 'a grant'),
          { signal },
        );
        const heard: string[] = [];
        own.subscribe((message) => void heard.push('payload' in message ? String(message.payload) : 'closed'));
        his.send({ seat, type: 'offer', payload: 'early' });
        await context.provider.admit(id, seat);
        await context.eventually('the guest hears the provider', () => {
          if (heard.length === 0) his.send({ seat, type: 'offer', payload: 'let in' });
          return heard.length > 0;
        });
        equal([...new Set(heard)], ['let in'], 'what was heard');
        await context.provider.removeGuest(id, seat);
        await context.eventually('the channel is closed', () => heard.includes('closed'));
      },
    ),
  ];
}
