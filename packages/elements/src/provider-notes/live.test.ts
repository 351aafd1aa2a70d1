import type { ProviderNote } from '@active-session/core';
import { aTimeout, expect, nextFrame, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, COMPLETED, NOTE, notesView } from '../test-support/fixtures.js';
import { CORRECTED, manyNote, manyNotes } from '../test-support/notes.js';
import { buttonsIn, heard, mount, part, settled, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import type { ProviderNotes } from './provider-notes.js';

const withNotes = (notes: readonly ProviderNote[]): FakeClient =>
  fakeClient({ now: AT.ended, bookings: [COMPLETED], session: () => ({ notes: notesView(notes) }) });
const shown = (client: FakeClient): Promise<ProviderNotes> =>
  mount('provider-notes', client, html`<provider-notes time-zone="Europe/London"></provider-notes>`);
const items = (element: ProviderNotes): readonly HTMLElement[] => [
  ...element.shadowRoot!.querySelectorAll<HTMLElement>('.lists [role=listitem]'),
];
const newOnes = (element: ProviderNotes): readonly string[] =>
  items(element)
    .filter((item) => item.querySelector('.new') !== null)
    .map((item) => textOf(item.querySelector('.text')!));
const bring = async (client: FakeClient, element: ProviderNotes, notes: readonly ProviderNote[]): Promise<void> => {
  client.session(COMPLETED.id).set({ notes: notesView(notes) });
  await settled(element);
};
const marks = (client: FakeClient): readonly (readonly [string, number])[] => [
  ...(client.readMarks.getSnapshot() ?? []),
];
const LATER: ProviderNote = { ...NOTE, id: 'later', timestamp: '2026-01-07T10:40:00.000Z', content: 'Rest.' };

describe('<provider-notes>, live', () => {
  it('renders one more of 10,000 without touching another chunk', async () => {
    const notes = manyNotes(10_000);
    const client = withNotes(notes);
    const element = await shown(client);
    const chunks = [...element.shadowRoot!.querySelectorAll('.chunk')];
    expect(chunks).to.have.length(200);
    const changed = new Set<Node>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) changed.add(target);
    });
    for (const chunk of chunks) {
      observer.observe(chunk, { childList: true, subtree: true, characterData: true, attributes: true });
    }
    await bring(client, element, [...notes, manyNote(10_000)]);
    expect([...element.shadowRoot!.querySelectorAll('.chunk')].slice(0, 200)).to.deep.equal(chunks);
    for (const { target } of observer.takeRecords()) changed.add(target);
    observer.disconnect();
    // The chunks before it are full: it is in one of its own.
    expect([...changed]).to.deep.equal([]);
    expect(items(element)).to.have.length(10_001);
    expect(newOnes(element)).to.deep.equal([textOf(items(element).at(-1)!.querySelector('.text')!)]);
    element.remove();
  }).timeout(30_000);

  it('a late note takes its place, and no other note is made anew', async () => {
    const notes = manyNotes(120);
    const client = withNotes(notes);
    const element = await shown(client);
    const before = items(element);
    const late = { ...manyNote(70), id: 'late', content: 'Late.' };
    await bring(client, element, notes.toSpliced(70, 0, late));
    const after = items(element);
    expect(textOf(after[70]!)).to.contain('Late.');
    expect(after.toSpliced(70, 1)).to.deep.equal(before);
    expect(newOnes(element)).to.deep.equal(['Late.']);
  });

  it('says several that come at once in one sentence, and one like the one before once more', async () => {
    const client = withNotes([NOTE]);
    const element = await shown(client);
    const said = heard(element);
    const more = [1, 2, 3].map((minute) => ({ ...LATER, id: `l${minute}`, content: `No. ${minute}` }));
    await bring(client, element, [NOTE, ...more.slice(0, 2)]);
    await bring(client, element, [NOTE, ...more]);
    await bring(client, element, [NOTE, ...more, { ...LATER, id: 'x' }]);
    await bring(client, element, [
      NOTE,
      ...more,
      { ...LATER, id: 'x' },
      { ...LATER, id: 'y', providerName: 'Dr. Lee' },
      { ...LATER, id: 'z' },
    ]);
    await aTimeout(0);
    expect(said).to.deep.equal([
      '2 new notes from Dr. Smith.',
      'New note from Dr. Smith.',
      'New note from Dr. Smith.',
      '2 new notes.',
    ]);
  });

  it('a note that was seen for a moment is read, keeps its mark until the next one, and is known next time', async () => {
    const client = withNotes([NOTE]);
    const element = await shown(client);
    await bring(client, element, [NOTE, LATER]);
    expect(textOf(part(element, '[part=unread]'))).to.equal('1 new');
    expect(marks(client)).to.deep.equal([[String(COMPLETED.id), Date.parse(LATER.timestamp) - 1]]);
    await waitUntil(() => element.shadowRoot!.querySelector('[part=unread]') === null, 'it is read', {
      timeout: 5_000,
    });
    expect(newOnes(element)).to.deep.equal(['Rest.']);
    expect(marks(client)).to.deep.equal([[String(COMPLETED.id), Date.parse(LATER.timestamp)]]);
    await bring(client, element, [NOTE, LATER, { ...LATER, id: 'last', content: 'Last.' }]);
    expect(newOnes(element)).to.deep.equal(['Last.']);
  });

  it('nothing is read on a page that nobody sees', async () => {
    const undo = replace(document, 'hidden', true);
    const client = withNotes([NOTE]);
    try {
      const element = await shown(client);
      await bring(client, element, [NOTE, LATER]);
      // Longer than it takes on a page that one sees.
      await aTimeout(1_300);
      expect(textOf(part(element, '[part=unread]'))).to.equal('1 new');
      undo();
      document.dispatchEvent(new Event('visibilitychange'));
      await waitUntil(() => element.shadowRoot!.querySelector('[part=unread]') === null, 'it is read', {
        timeout: 5_000,
      });
    } finally {
      undo();
    }
  });

  it('marks what came since the last visit, and nothing on a device where nothing was read before', async () => {
    const client = withNotes([NOTE, LATER]);
    client.readMarks.mark(COMPLETED.id, Date.parse(NOTE.timestamp));
    const element = await shown(client);
    expect(newOnes(element)).to.deep.equal(['Rest.']);
    expect(textOf(part(element, '[role=status]'))).to.equal('');
    expect(newOnes(await shown(withNotes([NOTE, LATER])))).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it('what is read in one element is read in the other, and said by one of them', async () => {
    const client = withNotes([NOTE]);
    const [one, two] = [await shown(client), await shown(client)];
    const said = [heard(one), heard(two)];
    await bring(client, one, [NOTE, LATER]);
    await settled(two);
    await waitUntil(
      () => [one, two].every((each) => each.shadowRoot!.querySelector('[part=unread]') === null),
      'read',
      {
        timeout: 5_000,
      },
    );
    expect(said.flat()).to.deep.equal(['New note from Dr. Smith.']);
  });

  it('who wrote them has nothing new', async () => {
    const client = fakeClient({ now: AT.open, role: 'provider', session: () => ({ notes: notesView([NOTE]) }) });
    const element = await shown(client);
    client.session(BOOKING.id).set({ notes: notesView([NOTE, LATER]) });
    await settled(element);
    expect(newOnes(element)).to.deep.equal([]);
    expect(client.readMarks.getSnapshot()?.size).to.equal(0);
  });

  it('leads to a new note that is not in view, and moves nobody who reads elsewhere', async () => {
    const notes = manyNotes(60);
    const client = withNotes(notes);
    const element = await shown(client);
    const box = element.closest('session-scope')!.parentElement!;
    box.style.cssText = 'block-size: 400px; overflow: auto';
    box.scrollTop = 700;
    await nextFrame();
    await nextFrame();
    const top = items(element)[8]!.getBoundingClientRect().top;
    await bring(client, element, [
      ...notes.toSpliced(2, 0, { ...manyNote(2), id: 'late', content: 'Late.' }),
      manyNote(60),
    ]);
    await waitUntil(() => element.shadowRoot!.querySelector('[part=jump-button]') !== null);
    expect(items(element)[9]!.getBoundingClientRect().top).to.be.closeTo(top, 2);
    const jump = part(element, '[part=jump-button]');
    expect(textOf(jump)).to.equal('2 new notes');
    await expect(element).to.be.accessible();
    jump.click();
    await waitUntil(() => element.shadowRoot!.activeElement !== null);
    expect(textOf(element.shadowRoot!.activeElement!)).to.contain('Late.');
    await waitUntil(() => textOf(part(element, '[part=jump-button]')) === '1 new note', 'one is left', {
      timeout: 5_000,
    });
    box.style.cssText = '';
  });

  it('a note that was withdrawn keeps its place, is new to nobody, and takes its words with it', async () => {
    const client = withNotes([NOTE]);
    const element = await shown(client);
    const secret = { ...LATER, content: 'Of somebody else.' };
    await bring(client, element, [NOTE, secret, { ...LATER, id: 'last' }]);
    await bring(client, element, [
      NOTE,
      { ...secret, content: '', withdrawnAt: '2026-01-07T10:41:00.000Z' },
      { ...LATER, id: 'last' },
    ]);
    expect(textOf(element)).to.not.contain('somebody else');
    expect(textOf(items(element)[1]!)).to.contain('A note was withdrawn on 7 January 2026, 10:41 GMT.');
    expect(textOf(part(element, '[part=unread]'))).to.equal('1 new');
  });
});

describe('<provider-notes>, corrections', () => {
  it('a corrected note leads to its correction, and that one back', async () => {
    const element = await shown(withNotes(CORRECTED));
    const [first, , third] = items(element);
    expect(textOf(first!)).to.contain('Corrected on 7 January 2026, 10:28 GMT Read the correction');
    expect(textOf(third!)).to.contain('Corrects the note of 7 January 2026, 10:12 GMT Show that note');
    await expect(element).to.be.accessible();
    first!.querySelector<HTMLElement>('.correction button')!.click();
    await waitUntil(() => element.shadowRoot!.activeElement === third);
    third!.querySelector<HTMLElement>('.correction button')!.click();
    await waitUntil(() => element.shadowRoot!.activeElement === first);
  });

  it('a correction that comes live marks what it corrects; one that is withdrawn does not', async () => {
    const client = withNotes(CORRECTED.slice(0, 2));
    const element = await shown(client);
    expect(textOf(items(element)[0]!)).to.not.contain('Corrected');
    await bring(client, element, CORRECTED);
    expect(textOf(items(element)[0]!)).to.contain('Corrected on');
    await bring(client, element, [
      ...CORRECTED.slice(0, 2),
      { ...CORRECTED[2]!, content: '', withdrawnAt: '2026-01-07T10:41:00.000Z' },
    ]);
    expect(textOf(items(element)[0]!)).to.not.contain('Corrected');
  });

  it('of a note that is not here it says only that it corrects one', async () => {
    const element = await shown(withNotes([{ ...NOTE, id: 'a', amends: 'gone' }]));
    expect(textOf(items(element)[0]!)).to.contain('Corrects an earlier note');
    expect(buttonsIn(element).map(textOf)).to.not.include('Show that note');
  });
});
