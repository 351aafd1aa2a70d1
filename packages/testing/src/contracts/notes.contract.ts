import {
  NOTE_MAX_LENGTH,
  parse,
  providerNoteSchema,
  randomId,
  toInstant,
  type BookingId,
  type ProviderNote,
} from '@active-session/core';
import { noteRequest, type Actor } from './actor.js';
import { assert, equal, namesField, NotCheckable, refused } from './assert.js';
import { suite, type BackendHarness, type ContractTest, type Suite } from './harness.js';
import { live } from './session.js';

const WRITTEN = { rule: 10, needs: ['listNotes', 'addNote'] } as const;

/** What a provider shares with a patient. */
export function notesContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'notes');
  return [
    ...readingContract(test),
    ...writingContract(test),
    ...correctingContract(test),
    ...withdrawingContract(test),
  ];
}

function readingContract(test: Suite): readonly ContractTest[] {
  return [
    test('the notes of a booking can be read by its two', { rule: 10, needs: ['listNotes'] }, async (context) => {
      const { id } = await context.openBooking({ shared: true });
      const [own, theirs] = [await context.patient.notes(id), await context.provider.notes(id)];
      for (const note of own) parse(providerNoteSchema, note, 'note');
      equal(own.length, theirs.length, 'how many notes both read');
      inOrder(own);
    }),
    test('what the provider shares both read, in the order of sharing', WRITTEN, async (context) => {
      const { id } = await context.openBooking({ shared: true });
      const mark = randomId();
      const contents = [
        'First',
        'A\r\nline\tmore',
        '<b>Third</b>',
        'Fourth 🩺',
        'Fu\u0308nf, fünf',
        'שלום \u202eabc',
      ].map((content) => `${content} ${mark}`);
      for (const content of contents) await context.provider.write(id, content);
      for (const reader of [context.patient, context.provider]) {
        const notes = await reader.notes(id);
        const own = notes.filter(({ content }) => content.endsWith(mark));
        equal(
          own.map(({ content }) => content),
          contents,
          'notes, to the last character',
        );
        inOrder(notes);
      }
    }),
  ];
}

function inOrder(notes: readonly ProviderNote[]): void {
  const times = notes.map(({ timestamp }) => toInstant(timestamp));
  equal(
    times,
    times.toSorted((a, b) => a - b),
    'timestamps',
  );
}

function writingContract(test: Suite): readonly ContractTest[] {
  return [
    test('the answer is the note, under the sender’s id', WRITTEN, async ({ provider, openBooking }) => {
      const { id, providerName } = await openBooking({ shared: true });
      const request = noteRequest('Rest well', { kind: 'recommendation' });
      const note = parse(providerNoteSchema, await provider.write(id, request), 'note');
      equal([note.content, note.providerName], ['Rest well', providerName], 'note');
      equal([idOf(note), note.kind], [request.id, 'recommendation'], 'what we add to a note');
    }),
    test(
      'the same note sent again is one note',
      { rule: 11, needs: ['listNotes', 'addNote'] },
      async ({ patient, provider, openBooking, timePasses }) => {
        const { id } = await openBooking({ shared: true });
        const request = noteRequest(`Once ${randomId()}`);
        const [first, second] = await Promise.all([provider.write(id, request), provider.write(id, request)]);
        await timePasses();
        const later = await provider.write(id, request);
        for (const again of [second, later]) {
          equal([again.id, again.timestamp], [first.id, first.timestamp], 'the answer to a repeat');
        }
        const own = (await patient.notes(id)).filter(({ content }) => content === request.content);
        equal(own.length, 1, 'notes');
      },
    ),
    test(
      'one key is for one note',
      { rule: 11, needs: ['listNotes', 'addNote'] },
      async ({ provider, patient, openBooking }) => {
        const { id } = await openBooking({ shared: true });
        const request = noteRequest(`One thing ${randomId()}`);
        await provider.write(id, request);
        const other = { ...request, content: `Another thing ${randomId()}` };
        await refused(provider.write(id, other), ['invalid'], 'the same key for another note');
        const notes = await patient.notes(id);
        assert(!notes.some(({ content }) => content === other.content), 'the other one is not kept');
      },
    ),
    test(
      'one id is for one note, whatever the key',
      { rule: 11, needs: ['listNotes', 'addNote'] },
      async ({ provider, openBooking, timePasses }) => {
        const { id } = await openBooking({ shared: true });
        const request = noteRequest('One thing');
        const first = await provider.write(id, request);
        idOf(first);
        await timePasses();
        const again = await provider.write(id, request, randomId());
        equal(again.timestamp, first.timestamp, 'the answer under another key');
        const other = { ...request, content: 'Another thing' };
        await refused(provider.write(id, other, randomId()), ['conflict'], 'the same id for another note');
      },
    ),
    test(
      'notes stay after the session, and more can be written',
      { rule: 12, needs: ['listNotes', 'addNote', 'completeBooking'] },
      async ({ patient, provider, openBooking }) => {
        const { id } = await openBooking();
        await provider.write(id, 'During');
        await Promise.all([provider.write(id, 'While it ends'), patient.complete(id)]);
        await provider.write(id, 'After');
        await contentsAre(patient, id, ['During', 'While it ends', 'After']);
      },
    ),
    test('before the window nothing is written', WRITTEN, async ({ provider, laterBooking }) => {
      const { id } = await laterBooking();
      await refused(provider.write(id, 'Early'), ['outside-window'], 'an early note');
    }),
    test(
      'a cancelled booking takes no notes, and keeps those it has',
      { rule: 10, needs: ['listNotes', 'addNote', 'cancelBooking'] },
      async ({ patient, provider, openBooking }) => {
        const { id } = await openBooking();
        await provider.write(id, 'Before');
        await patient.cancel(id);
        await refused(provider.write(id, 'After'), ['session-cancelled'], 'a note');
        await contentsAre(patient, id, ['Before']);
      },
    ),
    test('a note is text: not nothing, not too much, no control characters', WRITTEN, async (context) => {
      const { provider, openBooking } = context;
      const { id } = await openBooking({ shared: true });
      await provider.write(id, 'x'.repeat(NOTE_MAX_LENGTH));
      for (const content of [' \n ', 'x'.repeat(NOTE_MAX_LENGTH + 1), 'a\u0000b', 'a\ud800b']) {
        const error = await refused(provider.write(id, content), ['invalid'], JSON.stringify(content.slice(0, 20)));
        namesField(error, 'content');
      }
    }),
  ];
}

function correctingContract(test: Suite): readonly ContractTest[] {
  return [
    test(
      'a correction is a further note that names the one it amends',
      WRITTEN,
      async ({ patient, provider, openBooking }) => {
        const { id } = await openBooking({ shared: true });
        const wrong = noteRequest('Two tablets');
        idOf(await provider.write(id, wrong));
        const right = noteRequest('One tablet', { amends: wrong.id });
        await provider.write(id, right);
        const notes = await patient.notes(id);
        equal(notes.find((note) => note.id === right.id)?.amends, wrong.id, 'what it amends');
        equal(notes.find((note) => note.id === wrong.id)?.content, 'Two tablets', 'the one that it amends');
        const stray = noteRequest('Amends nothing', { amends: randomId() });
        namesField(await refused(provider.write(id, stray), ['invalid'], 'a correction of no note'), 'amends');
      },
    ),
  ];
}

function withdrawingContract(test: Suite): readonly ContractTest[] {
  const needs = ['listNotes', 'addNote', 'withdrawNote'] as const;
  return [
    test(
      'a withdrawn note is out of the patient’s sight; that there was one, and when, stays',
      { rule: 10, needs },
      async ({ patient, provider, openBooking, timePasses }) => {
        const { id } = await openBooking();
        const request = noteRequest('In the wrong chart');
        await provider.write(id, request);
        const withdrawn = await provider.withdraw(id, request.id);
        await timePasses();
        const again = await provider.withdraw(id, request.id);
        equal([withdrawn.content, again.content], [request.content, request.content], 'what its provider keeps');
        const { withdrawnAt } = withdrawn;
        assert(withdrawnAt !== undefined, 'it says when it was withdrawn');
        equal(again.withdrawnAt, withdrawnAt, 'when, the second time');
        const read = (await patient.notes(id)).find((note) => note.id === request.id);
        equal([read?.content, read?.withdrawnAt], ['', withdrawnAt], 'what the patient reads');
        const kept = (await provider.notes(id)).find((note) => note.id === request.id);
        equal(kept?.content, request.content, 'what the provider reads');
      },
    ),
    test(
      'a withdrawn note can not be amended, nor one be withdrawn that there is not',
      { rule: 10, needs },
      async ({ provider, openBooking }) => {
        const { id } = await openBooking();
        const request = noteRequest('In the wrong chart');
        await provider.write(id, request);
        await provider.withdraw(id, request.id);
        const correction = noteRequest('A correction', { amends: request.id });
        await refused(provider.write(id, correction), ['invalid'], 'a correction of a withdrawn note');
        await refused(provider.withdraw(id, randomId()), ['not-found'], 'withdrawing no note');
      },
    ),
    test(
      'what a patient missed of a note is not told them after it was withdrawn',
      { rule: 10, needs: [...needs, 'followEvents'] },
      async (context) => {
        const { patient, provider, eventually } = context;
        const { id } = await context.openBooking();
        const heard = await live(context, patient);
        const restore = context.cutEvents();
        const secret = noteRequest('In the wrong chart');
        await provider.write(id, secret);
        await provider.withdraw(id, secret.id);
        const last = await provider.write(id, 'In the right chart');
        restore();
        const told = (): readonly ProviderNote[] =>
          heard.events().flatMap((event) => (event.type === 'note.added' ? [event.note] : []));
        await eventually('the last note was told', () => told().some((note) => note.id === last.id));
        assert(!JSON.stringify(heard.messages).includes(secret.content), 'the content was not told');
        assert(
          told().some((note) => note.id === secret.id && note.withdrawnAt !== undefined),
          'that it was withdrawn was told',
        );
      },
    ),
  ];
}

/** A backend of the seed's own form has none: its notes are known by who wrote what when. */
function idOf({ id }: ProviderNote): string {
  if (id === undefined) throw new NotCheckable('its notes have no ids');
  return id;
}

async function contentsAre(reader: Actor, id: BookingId, expected: readonly string[]): Promise<void> {
  equal(
    (await reader.notes(id)).map(({ content }) => content),
    expected,
    'notes',
  );
}
