import {
  parse,
  providerNoteSchema,
  toInstant,
  type Backend,
  type BookingId,
  type NoteRequest,
  type ProviderNote,
} from '@active-session/core';
import {
  able,
  assert,
  contract,
  equal,
  HOUR,
  refused,
  type BackendHarness,
  type ContractContext,
  type ContractTest,
} from './harness.js';

/** What a `NotesPort` promises. */
export function notesContract(harness: BackendHarness): readonly ContractTest[] {
  const test = (name: string, run: (context: ContractContext) => Promise<void>): ContractTest =>
    contract(harness, `notes: ${name}`, run);
  return [
    test('what the provider shares both read, in the order of sharing', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      const contents = ['First', 'Second\nwith a line', '<b>Third</b>', 'Fourth 🩺'];
      for (const content of contents) await add(context, id, content);
      for (const reader of [context.patient, context.provider]) {
        const notes = await read(context, reader, id);
        equal(
          notes.map(({ content }) => content),
          contents,
          'notes',
        );
        const times = notes.map(({ timestamp }) => toInstant(timestamp));
        equal(
          times,
          times.toSorted((a, b) => a - b),
          'timestamps',
        );
      }
    }),
    test('the answer is the note, under the sender’s id', async (context) => {
      const { id, providerName } = await context.makeBooking({ startsIn: 0 });
      const request = noteRequest('Rest well');
      const note = parse(providerNoteSchema, await send(context, context.provider, id, request), 'note');
      equal([note.id, note.content, note.providerName], [request.id, 'Rest well', providerName], 'note');
    }),
    test('the same note sent again is one note', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      const request = noteRequest('Once');
      const [first, second] = await Promise.all([
        send(context, context.provider, id, request),
        send(context, context.provider, id, request),
      ]);
      equal([second.id, second.timestamp], [first.id, first.timestamp], 'the second answer');
      equal((await read(context, context.patient, id)).length, 1, 'notes');
    }),
    test('one key is for one note', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      const request = noteRequest('One thing');
      await send(context, context.provider, id, request);
      const other = send(context, context.provider, id, { ...request, content: 'Another thing' });
      await refused(other, ['invalid', 'conflict'], 'the same key for another note');
    }),
    test('a patient and a stranger can not write', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      await refused(send(context, context.patient, id, noteRequest('Mine')), ['forbidden'], 'the patient');
      await refused(send(context, context.stranger, id, noteRequest('Mine')), ['not-found'], 'a stranger');
    }),
    test('a stranger can not read', async ({ stranger, makeBooking, signal }) => {
      const { id } = await makeBooking({ startsIn: 0 });
      await refused(stranger.notes.list(id, undefined, { signal }), ['not-found'], 'a stranger');
    }),
    test('after the session notes stay, and more can be written', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      await add(context, id, 'During');
      const { bookings } = context.provider;
      await able(bookings, 'complete')(id, { signal: context.signal });
      await add(context, id, 'After');
      const notes = await read(context, context.patient, id);
      equal(
        notes.map(({ content }) => content),
        ['During', 'After'],
        'notes',
      );
    }),
    test('before the window nothing is written', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 26 * HOUR });
      await refused(send(context, context.provider, id, noteRequest('Early')), ['outside-window'], 'an early note');
    }),
    test('a note of nothing is refused', async (context) => {
      const { id } = await context.makeBooking({ startsIn: 0 });
      await refused(send(context, context.provider, id, noteRequest(' \n ')), ['invalid'], 'an empty note');
    }),
  ];
}

function noteRequest(content: string): NoteRequest {
  return { id: crypto.randomUUID(), content };
}

function send({ signal }: ContractContext, by: Backend, id: BookingId, note: NoteRequest): Promise<ProviderNote> {
  return able(by.notes, 'add')(id, note, { signal, idempotencyKey: note.id });
}

async function add(context: ContractContext, id: BookingId, content: string): Promise<void> {
  await send(context, context.provider, id, noteRequest(content));
}

async function read({ signal }: ContractContext, by: Backend, id: BookingId): Promise<readonly ProviderNote[]> {
  const notes: ProviderNote[] = [];
  let cursor: string | undefined;
  do {
    const page = await by.notes.list(id, cursor, { signal });
    equal(page.problems, [], 'notes that can not be read');
    notes.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  assert(new Set(notes.map(({ id: own }) => own)).size === notes.length, 'no note comes twice');
  return notes;
}
