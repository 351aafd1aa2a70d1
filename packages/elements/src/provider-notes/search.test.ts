import type { ProviderNote } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, COMPLETED, NO_NOTES, NOTE, notesView } from '../test-support/fixtures.js';
import { press } from '../test-support/keyboard.js';
import { manyNotes } from '../test-support/notes.js';
import { buttonNamed, buttonsIn, heard, mount, part, settled, textOf } from '../test-support/page.js';
import type { ProviderNotes } from './provider-notes.js';

const withNotes = (notes: readonly ProviderNote[]): FakeClient =>
  fakeClient({ now: AT.ended, bookings: [COMPLETED], session: () => ({ notes: notesView(notes) }) });
const shown = (client: FakeClient, all = false): Promise<ProviderNotes> =>
  mount('provider-notes', client, html`<provider-notes time-zone="Europe/London" ?all=${all}></provider-notes>`);
const field = (element: ProviderNotes): HTMLInputElement => part(element, 'input', HTMLInputElement);
const inView = (element: ProviderNotes): readonly HTMLElement[] =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>('[role=listitem]')].filter((item) => item.checkVisibility());

async function search(element: ProviderNotes, text: string): Promise<void> {
  field(element).value = text;
  field(element).dispatchEvent(new Event('input'));
  await settled(element);
}

/** A session for each index, the latest last, with the notes that are given for it. */
function sessions(count: number, notesOf: (index: number) => readonly ProviderNote[] | 'loading'): FakeClient {
  return fakeClient({
    now: AT.ended,
    bookings: Array.from({ length: count }, (_, index) => ({
      ...BOOKING,
      id: `s${index}`,
      status: 'completed' as const,
      dateTime: new Date(Date.UTC(2025, 0, 1 + index, 10)).toISOString(),
    })),
    session: ({ id }) => {
      const notes = notesOf(Number(String(id).slice(1)));
      return { notes: notes === 'loading' ? { ...NO_NOTES, state: 'loading' } : notesView(notes) };
    },
  });
}

describe('<provider-notes>, search', () => {
  it('is there from ten notes on', async () => {
    expect((await shown(withNotes(manyNotes(9)))).shadowRoot!.querySelector('input')).to.equal(null);
    const element = await shown(withNotes(manyNotes(10)));
    expect(field(element).getAttribute('aria-label')).to.equal('Search these notes');
    await expect(element).to.be.accessible();
  });

  it('shows the notes that have the words, says how many, and marks the words', async () => {
    const element = await shown(withNotes(manyNotes(60)));
    const said = heard(element);
    await search(element, 'CAFE lee');
    expect(inView(element).map(textOf)).to.have.length(2);
    for (const item of inView(element)) expect(textOf(item)).to.contain('Café').and.to.contain('Dr. Lee');
    expect(textOf(part(element, '[part=hits]'))).to.contain('2 notes have “CAFE lee”.');
    const marks = [...(CSS.highlights.get('active-session-note-hit') ?? [])].map(String);
    expect(marks).to.deep.equal(['Lee', 'Café', 'Lee', 'Café']);
    await expect(element).to.be.accessible();
    await waitUntil(() => said.length > 0);
    expect(said).to.deep.equal(['2 notes have “CAFE lee”.']);
  });

  it('says that there is none, and shows all again', async () => {
    const element = await shown(withNotes(manyNotes(60)));
    await search(element, 'insulin');
    expect(textOf(part(element, '[part=hits]'))).to.contain('No note has “insulin”. Try fewer or other words.');
    expect(inView(element)).to.have.length(0);
    await expect(element).to.be.accessible();
    buttonNamed(element, 'Show all notes').click();
    await settled(element);
    expect(inView(element)).to.have.length(60);
    expect(field(element).value).to.equal('');
    expect(element.shadowRoot!.activeElement).to.equal(field(element));
  });

  it('Escape empties it, and leaves no marks', async () => {
    const element = await shown(withNotes(manyNotes(60)));
    await search(element, 'cafe');
    field(element).focus();
    await press('Escape');
    await settled(element);
    expect(inView(element)).to.have.length(60);
    expect(CSS.highlights.get('active-session-note-hit')?.size).to.equal(0);
  });

  it('keeps the list while one searches: nothing is rendered anew afterwards', async () => {
    const element = await shown(withNotes(manyNotes(60)));
    const before = inView(element);
    await search(element, 'cafe');
    await search(element, '');
    expect(inView(element)).to.deep.equal(before);
  });

  it('shows a hundred of very many, and more when asked', async () => {
    const element = await shown(withNotes(manyNotes(1_000)));
    await search(element, 'dr.');
    expect(inView(element)).to.have.length(100);
    buttonNamed(element, 'Show 100 more').click();
    await waitUntil(() => inView(element).length === 200);
    await waitUntil(() => element.shadowRoot!.activeElement === inView(element)[100]);
  });

  it('finds a note that comes meanwhile', async () => {
    const client = withNotes(manyNotes(12));
    const element = await shown(client);
    await search(element, 'insulin');
    const note = { ...NOTE, id: 'x', timestamp: '2026-01-07T10:50:00.000Z', content: 'Insulin: 10 units.' };
    client.session(COMPLETED.id).set({ notes: notesView([...manyNotes(12), note]) });
    await settled(element);
    expect(inView(element)).to.have.length(1);
  });
});

describe('<provider-notes all>', () => {
  it('reads some sessions at a time, more near the end, and never one before another', async () => {
    const client = sessions(40, (index) => manyNotes(12, Date.UTC(2025, 0, 1 + index)));
    let asked = 0;
    const session = client.session.bind(client);
    const ids = new Set<string>();
    client.session = (id) => {
      ids.add(String(id));
      asked = ids.size;
      return session(id);
    };
    const element = await shown(client, true);
    await waitUntil(() => asked >= 6);
    expect(asked).to.be.lessThan(20);
    expect(textOf(part(element, '#end'))).to.equal('Loading earlier sessions…');
    const before = asked;
    part(element, '#end').scrollIntoView();
    await waitUntil(() => asked > before, 'more are read', { timeout: 5_000 });
    expect([...ids].slice(0, 3)).to.deep.equal(['s39', 's38', 's37']);
    await expect(element).to.be.accessible();
  });

  it('shows none after one that is still being read', async () => {
    const client = sessions(3, (index) => (index === 1 ? 'loading' : [{ ...NOTE, content: `Of ${index}` }]));
    const element = await shown(client, true);
    await waitUntil(() => textOf(element).includes('Of 2'));
    expect(textOf(element)).to.not.contain('Of 0');
    client.session('s1').set({ notes: notesView([]) });
    await waitUntil(() => textOf(element).includes('Of 0'));
    expect(element.shadowRoot!.querySelectorAll('h3')).to.have.length(2);
  });

  it('a search looks through all of them, and says how far it is', async () => {
    let waiting = true;
    const client = sessions(30, (index) => {
      if (index === 20 && waiting) return 'loading';
      return manyNotes(10, Date.UTC(2025, 0, 1 + index)).map((note) => ({ ...note, content: `No${index}.` }));
    });
    const element = await shown(client, true);
    await search(element, 'no3.');
    await waitUntil(() => textOf(element).includes('Looking through'));
    expect(textOf(part(element, '[part=hits]'))).to.match(/Looking through \d+ of 30 sessions…/);
    waiting = false;
    client.session('s20').set({ notes: notesView([]) });
    await waitUntil(() => textOf(part(element, '[part=hits]')).includes('10 notes have'));
    expect(element.shadowRoot!.querySelectorAll('.found h3')).to.have.length(1);
  });

  it('has the time of each session with its zone', async () => {
    const element = await shown(
      sessions(1, () => [NOTE]),
      true,
    );
    await waitUntil(() => element.shadowRoot!.querySelector('h3') !== null);
    expect(textOf(part(element, 'h3'))).to.match(/Dr\. Smith , Wednesday,? 1 January 2025, 10:00 GMT/);
    expect(buttonsIn(element).map(textOf)).to.deep.equal(['Print', 'Copy']);
  });
});
