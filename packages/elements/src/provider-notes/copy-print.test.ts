import { SessionError, type ProviderNote } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, COMPLETED, NO_NOTES, NOTE, notesView } from '../test-support/fixtures.js';
import { expectNothingLeft } from '../test-support/mounts.js';
import { CORRECTED, manyNotes, NOTES } from '../test-support/notes.js';
import { buttonNamed, buttonsIn, mount, part, settled, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import type { ProviderNotes } from './provider-notes.js';

const withNotes = (notes: readonly ProviderNote[]): FakeClient =>
  fakeClient({ now: AT.ended, bookings: [COMPLETED], session: () => ({ notes: notesView(notes) }) });
const shown = (client: FakeClient, all = false): Promise<ProviderNotes> =>
  mount('provider-notes', client, html`<provider-notes time-zone="Europe/London" ?all=${all}></provider-notes>`);
const said = (element: ProviderNotes): string => textOf(part(element, '[role=status]'));

/** A clipboard that takes what it is given, or nothing. */
function clipboard(takes: boolean): { readonly texts: readonly string[]; readonly undo: () => void } {
  const texts: string[] = [];
  const writeText = async (text: string): Promise<void> => {
    if (!takes) throw new DOMException('Not allowed.', 'NotAllowedError');
    texts.push(text);
  };
  return { texts, undo: replace(navigator, 'clipboard', { writeText } as Clipboard) };
}

/** Presses *Print* in a browser that prints nothing, and gives what would be on the paper. */
async function printed(element: ProviderNotes): Promise<readonly string[]> {
  const papers: string[] = [];
  const undo = replace(window, 'print', () => {
    papers.push(textOf(document.querySelector('[data-active-session-print]')!));
  });
  try {
    buttonNamed(element, 'Print').click();
    await waitUntil(() => papers.length > 0);
    return papers;
  } finally {
    undo();
  }
}

describe('<provider-notes>, copy', () => {
  it('copies one note, with who and when', async () => {
    const { texts, undo } = clipboard(true);
    try {
      const element = await shown(withNotes(CORRECTED));
      buttonsIn(element)
        .filter((button) => textOf(button) === 'Copy')
        .at(-1)!
        .click();
      await waitUntil(() => said(element) !== '');
      expect(said(element)).to.equal('The note is copied.');
      expect(texts).to.deep.equal([
        'Dr. Smith, 7 January 2026, 10:28 GMT · Prescription or care plan\nCorrects the note of 7 January 2026, 10:12 GMT\nIbuprofen 400 mg, three times a day with food. Please do not take 600 mg.',
      ]);
      await settled(element);
      expect(buttonsIn(element).map(textOf).slice(-1)).to.deep.equal(['Copied']);
    } finally {
      undo();
    }
  });

  it('copies all, and nothing of what was withdrawn', async () => {
    const { texts, undo } = clipboard(true);
    try {
      const element = await shown(
        withNotes([...NOTES, { ...NOTE, id: 'w', content: 'secret', withdrawnAt: NOTE.timestamp }]),
      );
      buttonNamed(element, 'Copy all').click();
      await waitUntil(() => said(element) === 'All notes are copied.');
      const [text = ''] = texts;
      expect(text.startsWith('Notes from Dr. Smith\n\nWednesday')).to.equal(true);
      expect(text).to.contain('Stop if it hurts.').and.to.contain('A note was withdrawn on 7 January 2026, 10:36 GMT.');
      expect(text).to.not.contain('secret');
    } finally {
      undo();
    }
  });

  it('says where the browser does not copy, and selects the text', async () => {
    const { undo } = clipboard(false);
    try {
      const element = await shown(withNotes([NOTE]));
      buttonNamed(element, 'Copy').click();
      await waitUntil(() => said(element) !== '');
      expect(said(element)).to.equal(
        'Your browser did not copy it. The text is marked now: copy it with your keyboard or menu.',
      );
      expect(getSelection()!.toString()).to.equal(NOTE.content);
      expect(buttonsIn(element).map(textOf)).to.not.include('Copied');
    } finally {
      undo();
      getSelection()?.removeAllRanges();
    }
  });
});

describe('<provider-notes>, print', () => {
  it('prints all notes and nothing else', async () => {
    const element = await shown(withNotes(manyNotes(120)));
    const [paper = ''] = await printed(element);
    expect(paper).to.contain('Notes from Dr. Smith').and.to.contain('(1)').and.to.contain('(120)');
    expect(paper).to.contain('Printed on 7 January 2026, 10:31 GMT');
    element.remove();
    expect(document.querySelector('[data-active-session-print]')).to.equal(null);
  });

  it('reads the sessions first that are not here yet', async () => {
    const bookings = Array.from({ length: 20 }, (_, index) => ({
      ...BOOKING,
      id: index,
      status: 'completed' as const,
      dateTime: new Date(Date.UTC(2025, 0, 1 + index)).toISOString(),
    }));
    const client = fakeClient({
      now: AT.ended,
      bookings,
      session: ({ id }) => ({ notes: notesView(manyNotes(20).map((note) => ({ ...note, content: `Of ${id}.` }))) }),
    });
    const element = await shown(client, true);
    expect(textOf(element)).to.not.contain('Of 0.');
    const [paper = ''] = await printed(element);
    expect(paper).to.contain('Of 19.').and.to.contain('Of 0.');
    element.remove();
  });

  it('offers neither where they are elsewhere', async () => {
    const client = withNotes(NOTES);
    const element = await mount('provider-notes', client, html`<provider-notes no-tools></provider-notes>`);
    expect(buttonsIn(element).map(textOf)).to.deep.equal(['Copy', 'Copy', 'Copy']);
  });

  it('leaves nothing when somebody signs out', async () => {
    const client = withNotes(NOTES);
    const element = await shown(client);
    await printed(element);
    client.set({ state: 'signed-out' });
    await settled(element);
    expect(document.querySelector('[data-active-session-print]')).to.equal(null);
    expect(textOf(element)).to.equal('You are signed out.');
  });
});

describe('<provider-notes>, when nothing can be heard of', () => {
  it('says as of when it shows what it shows, and no longer when it is well', async () => {
    const client = withNotes([NOTE]);
    const element = await shown(client);
    client.set({ connection: 'down' });
    await settled(element);
    expect(textOf(part(element, '[part=trouble]'))).to.equal(
      'No connection right now. We keep trying. You see what was here at 10:31.',
    );
    await expect(element).to.be.accessible();
    client.set({ connection: 'live' });
    await settled(element);
    expect(element.shadowRoot!.querySelector('[part=trouble]')).to.equal(null);
  });

  it('claims no time that it does not know', async () => {
    const client = fakeClient({
      now: AT.ended,
      bookings: [COMPLETED],
      session: () => ({ notes: { ...notesView([NOTE]), error: new SessionError('network', 'offline') } }),
    });
    const text = textOf(await shown(client));
    expect(text).to.contain('We can’t look for new notes right now.').and.to.not.contain('what was here at');
  });
});

describe('<provider-notes>, in the page', () => {
  for (const all of [false, true]) {
    it(`leaves nothing behind${all ? ', of all sessions' : ''}`, async () => {
      await expectNothingLeft({
        client: () => {
          const client = fakeClient({
            now: AT.ended,
            bookings: [COMPLETED, { ...COMPLETED, id: 2 }],
            session: ({ id }) => ({ notes: id === 2 ? { ...NO_NOTES, state: 'loading' } : notesView(manyNotes(12)) }),
          });
          client.readMarks.mark(COMPLETED.id, 0);
          return client;
        },
        make: (client) => {
          const element = document.createElement('provider-notes');
          element.client = client;
          element.all = all;
          return element;
        },
        use: async (element) => {
          const input = element.shadowRoot!.querySelector('input');
          if (input === null) return;
          input.value = 'cafe';
          input.dispatchEvent(new Event('input'));
          await settled(element);
        },
      });
    }).timeout(60_000);
  }
});
