import { sameId, type Backend, type BookingId, type EventMessage, type SessionEvent } from '@active-session/core';
import {
  able,
  assert,
  contract,
  equal,
  offered,
  type BackendHarness,
  type ContractContext,
  type ContractTest,
} from './harness.js';

/** What an `EventsPort` promises. */
export function eventsContract(harness: BackendHarness): readonly ContractTest[] {
  const test = (name: string, run: (context: ContractContext) => Promise<void>): ContractTest =>
    contract(harness, `events: ${name}`, run);
  return [
    test('says that it is live', async (context) => {
      const heard = follow(context, context.patient);
      await live(context, heard);
    }),
    test('notes come to both, in order, each once', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      const [patient, provider] = [follow(context, context.patient), follow(context, context.provider)];
      await live(context, patient);
      await live(context, provider);
      const contents = ['One', 'Two', 'Three', 'Four', 'Five'];
      for (const content of contents) await addNote(context, id, content);
      for (const heard of [patient, provider]) {
        const told = (): string[] =>
          events(heard).flatMap((event) => (event.type === 'note.added' ? [event.note.content] : []));
        await context.eventually('five notes were told', () => told().length >= contents.length);
        equal(told(), contents, 'notes');
      }
    }),
    test('completion comes to both, with a higher version', async (context) => {
      const { id, version = 0 } = await context.makeBooking({ startsIn: 0 });
      const [patient, provider] = [follow(context, context.patient), follow(context, context.provider)];
      await live(context, patient);
      await live(context, provider);
      const { bookings } = context.patient;
      await able(bookings, 'complete')(id, { signal: context.signal });
      for (const heard of [patient, provider]) {
        const told = (): SessionEvent | undefined =>
          events(heard).find((event) => event.type === 'booking.changed' && event.booking.status === 'completed');
        await context.eventually('the completion was told', () => told() !== undefined);
        const event = told();
        assert(event?.type === 'booking.changed' && sameId(event.booking.id, id), 'it is this booking');
        assert((event.booking.version ?? 1) > version, 'its version has risen');
      }
    }),
    test('presence comes to the other one', async (context) => {
      const { patient, provider, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const heard = follow(context, provider);
      await live(context, heard);
      const access = offered(patient.access, 'access');
      const seat = await access.takeSeat(id, { holder: 'tab-1', takeOver: false }, { signal });
      const { peerId } = await access.join(id, seat, { signal });
      await context.eventually('where the patient can be dialled was told', () =>
        events(heard).some(
          (event) =>
            event.type === 'presence.changed' &&
            sameId(event.bookingId, id) &&
            event.parties.some((party) => party.role === 'patient' && party.peerId === peerId),
        ),
      );
    }),
    test('a seat that is taken over is told to its person, and to nobody else', async (context) => {
      const { patient, provider, signal } = context;
      const { id } = await context.makeBooking({ startsIn: 0 });
      const [own, other] = [follow(context, patient), follow(context, provider)];
      await live(context, own);
      await live(context, other);
      const access = offered(patient.access, 'access');
      await access.takeSeat(id, { holder: 'tab-1', takeOver: false }, { signal });
      const { lease } = await access.takeSeat(id, { holder: 'tab-2', takeOver: true }, { signal });
      const taken = (heard: readonly EventMessage[]): boolean =>
        events(heard).some((event) => event.type === 'seat.taken' && event.lease === lease);
      await context.eventually('the take-over was told', () => taken(own));
      await context.eventually('the take-over came to its end', () =>
        events(other).some((event) => event.type === 'presence.changed'),
      );
      assert(!taken(other), 'the other one is not told');
    }),
    test('a stranger is told nothing, and nobody after the end', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      const [stranger, provider] = [follow(context, context.stranger), follow(context, context.provider)];
      const ended = new AbortController();
      const former = follow(context, context.patient, ended.signal);
      await live(context, stranger);
      await live(context, provider);
      await live(context, former);
      ended.abort();
      await addNote(context, id, 'Between us');
      await context.eventually('the note was told', () => events(provider).length > 0);
      equal([events(stranger).length, events(former).length], [0, 0], 'events of those who should get none');
    }),
  ];
}

function follow(context: ContractContext, backend: Backend, signal = context.signal): readonly EventMessage[] {
  const heard: EventMessage[] = [];
  offered(backend.events, 'events').subscribe((message) => void heard.push(message), { signal });
  return heard;
}

async function live(context: ContractContext, heard: readonly EventMessage[]): Promise<void> {
  await context.eventually('the stream is live', () =>
    heard.some((message) => message.type === 'connection' && (message.state === 'live' || message.state === 'polling')),
  );
}

function events(heard: readonly EventMessage[]): readonly SessionEvent[] {
  return heard.flatMap((message) => (message.type === 'event' ? [message.event] : []));
}

async function addNote({ provider, signal }: ContractContext, id: BookingId, content: string): Promise<void> {
  const note = { id: crypto.randomUUID(), content };
  await able(provider.notes, 'add')(id, note, {
    signal,
    idempotencyKey: note.id,
  });
}
