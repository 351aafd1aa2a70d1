import { sameId, toInstant, type Booking, type BookingId, type SessionEvent } from '@active-session/core';
import type { Heard } from './actor.js';
import { assert, equal } from './assert.js';
import {
  HOUR,
  suite,
  type BackendHarness,
  type ContractContext,
  type ContractTest,
  type Promised,
  type Suite,
} from './harness.js';
import type { Need } from './needs.js';
import { bothWait, join, live, party, SESSION } from './session.js';
import { freeSlot } from './slots.js';

/** What reaches people by itself. */
export function eventsContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'events');
  return [...streamContract(test), ...bookingContract(test), ...presenceContract(test)];
}

const needing = (rule: Promised['rule'], ...needs: readonly Need[]): Promised => ({
  ...(rule === undefined ? {} : { rule }),
  needs: ['followEvents', ...needs],
});

function streamContract(test: Suite): readonly ContractTest[] {
  return [
    test('says that it is live', needing(9), async (context) => {
      await live(context, context.patient);
    }),
    test('notes come to both, in order, each once', needing(10, 'addNote'), async (context) => {
      const { id } = await context.openBooking();
      const streams = [await live(context, context.patient), await live(context, context.provider)];
      const contents = ['One', 'Two', 'Three', 'Four', 'Five'];
      for (const content of contents) await context.provider.write(id, content);
      for (const heard of streams) await heardNotes(context, heard, id, contents);
    }),
    test(
      'what was missed comes after a cut, in order, each once',
      needing(10, 'addNote', 'completeBooking'),
      async (context) => {
        const { patient, provider } = context;
        const { id } = await context.openBooking();
        const heard = await live(context, patient);
        await provider.write(id, 'Before');
        await heardNotes(context, heard, id, ['Before']);
        const restore = context.cutEvents();
        await provider.write(id, 'While it was cut');
        await provider.complete(id);
        restore();
        await provider.write(id, 'After');
        await heardNotes(context, heard, id, ['Before', 'While it was cut', 'After']);
        assert(
          changesOf(heard, id).some(({ status }) => status === 'completed'),
          'the completion was told',
        );
      },
    ),
    test(
      'a stranger is told nothing, and nobody after they stopped listening',
      needing(1, 'addNote'),
      async (context) => {
        const { id } = await context.openBooking();
        const stopped = new AbortController();
        const former = await live(context, context.patient, stopped.signal);
        const stranger = await live(context, context.stranger);
        const provider = await live(context, context.provider);
        stopped.abort();
        await context.provider.write(id, 'Between us');
        await heardNotes(context, provider, id, ['Between us']);
        equal(heardOf(stranger, id), [], 'what the stranger was told of it');
        const notes = heardOf(former, id).filter(({ type }) => type === 'note.added');
        equal(notes, [], 'what was told to who stopped listening');
      },
    ),
  ];
}

type Change = readonly [
  string,
  Promised,
  (context: ContractContext, booking: Booking) => Promise<unknown>,
  (booking: Booking) => boolean,
];

/** What can happen to a booking that is open, and by what both of them see it. */
const CHANGES: readonly Change[] = [
  [
    'completion',
    needing(6, 'completeBooking'),
    ({ patient }, { id }) => patient.complete(id),
    ({ status }) => status === 'completed',
  ],
  [
    'cancelling',
    needing(8, 'cancelBooking'),
    ({ provider }, { id }) => provider.cancel(id, 'Ill'),
    ({ status, cancelReason }) => status === 'cancelled' && cancelReason === 'Ill',
  ],
  [
    'reopening',
    needing(6, 'completeBooking', 'reopenBooking'),
    async ({ provider }, { id }) => {
      await provider.complete(id);
      await provider.reopen(id);
    },
    ({ status, version = 0 }) => status === 'scheduled' && version > 0,
  ],
  [
    'being late',
    needing(9, 'announceLate'),
    ({ provider }, { id }) => provider.late(id, 15),
    ({ late }) => late?.minutes === 15,
  ],
  [
    'moving',
    needing(8, 'rescheduleBooking', 'listSlots'),
    async (context, { id, dateTime, version = 0 }) => {
      const { start } = await freeSlot(context, toInstant(dateTime) + 25 * HOUR);
      await context.patient.reschedule(id, start, version);
    },
    ({ rescheduledFrom }) => rescheduledFrom !== undefined,
  ],
];

function bookingContract(test: Suite): readonly ContractTest[] {
  return CHANGES.map(([what, promised, act, shows]) =>
    test(`${what} comes to both, with a higher version`, promised, async (context) => {
      const booking = await context.openBooking();
      const streams = [await live(context, context.patient), await live(context, context.provider)];
      await act(context, booking);
      for (const heard of streams) {
        const told = (): Booking | undefined =>
          changesOf(heard, booking.id).find(
            (changed) => shows(changed) && (changed.version ?? 1) > (booking.version ?? 0),
          );
        await context.eventually(`${what} was told`, () => told() !== undefined);
        const versions = changesOf(heard, booking.id).map(({ version = 0 }) => version);
        equal(
          versions,
          versions.toSorted((a, b) => a - b),
          'versions, in the order of telling',
        );
      }
    }),
  );
}

function presenceContract(test: Suite): readonly ContractTest[] {
  return [
    test('presence comes to the other one', needing(9, ...SESSION), async (context) => {
      const { patient, provider, eventually } = context;
      const { id } = await context.openBooking();
      const heard = await live(context, provider);
      const { patients } = await bothWait(context, id);
      const where = (): string | null => lastParty(heard, id, 'patient')?.peerId ?? null;
      await eventually('where the patient can be dialled was told', () => where() === patients.ticket.peerId);
      await patient.leave(id, patients.seat);
      await eventually('that the patient went was told', () => lastParty(heard, id, 'patient')?.presence === 'away');
      equal(where(), null, 'where who left can be dialled');
    }),
    test(
      'who is held is told so, without where the other one is',
      needing(9, ...SESSION, 'holdPatient', 'admitPatient'),
      async (context) => {
        const { patient, provider, eventually } = context;
        const { id } = await context.openBooking();
        const heard = await live(context, patient);
        const { providers } = await bothWait(context, id);
        await provider.hold(id, 'A moment');
        const own = (): ReturnType<typeof lastParty> => lastParty(heard, id, 'patient');
        await eventually('being held was told', () => own()?.admission === 'held' && own()?.message === 'A moment');
        equal(lastParty(heard, id, 'provider')?.peerId, null, 'where the provider is');
        await provider.admit(id);
        const where = (): string | null | undefined => lastParty(heard, id, 'provider')?.peerId;
        await eventually('being let in was told', () => where() === providers.ticket.peerId);
      },
    ),
    test(
      'a seat that is taken over is told to its person, and to nobody else',
      needing(7, ...SESSION),
      async (context) => {
        const { patient, provider, eventually } = context;
        const { id } = await context.openBooking();
        const [own, other] = [await live(context, patient), await live(context, provider)];
        await patient.sit(id, 'tab-1');
        const { lease } = await patient.sit(id, 'tab-2', true);
        const taken = (heard: Heard): boolean =>
          heard.events().some((event) => event.type === 'seat.taken' && event.lease === lease);
        await eventually('the take-over was told', () => taken(own));
        // Told after it, so that when it is here the take-over would be too.
        const { ticket } = await join(patient, id, 'tab-2');
        await eventually('the provider hears of the next thing', () =>
          heardOf(other, id).some(
            (event) =>
              event.type === 'presence.changed' &&
              event.parties.some(({ role, since }) => role === 'patient' && since !== null),
          ),
        );
        assert(ticket.seat === party(ticket.parties, 'patient').seat, 'the new page has the seat');
        assert(!taken(other), 'the other one is not told');
      },
    ),
  ];
}

async function heardNotes(
  context: ContractContext,
  heard: Heard,
  id: BookingId,
  contents: readonly string[],
): Promise<void> {
  const told = (): readonly string[] =>
    heardOf(heard, id).flatMap((event) => (event.type === 'note.added' ? [event.note.content] : []));
  await context.eventually(`${contents.length} notes were told`, () => told().length >= contents.length);
  equal(told(), contents, 'notes');
}

function changesOf(heard: Heard, id: BookingId): readonly Booking[] {
  return heardOf(heard, id).flatMap((event) => (event.type === 'booking.changed' ? [event.booking] : []));
}

function lastParty(heard: Heard, id: BookingId, role: 'patient' | 'provider'): ReturnType<typeof party> | undefined {
  const last = heardOf(heard, id).findLast((event) => event.type === 'presence.changed');
  return last?.type === 'presence.changed' ? party(last.parties, role) : undefined;
}

function heardOf(heard: Heard, id: BookingId): readonly SessionEvent[] {
  return heard.events().filter((event) => sameId(idOf(event), id));
}

function idOf(event: SessionEvent): BookingId {
  return event.type === 'booking.changed' ? event.booking.id : event.bookingId;
}
