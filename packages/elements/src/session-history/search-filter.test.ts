import { SessionError } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING } from '../test-support/fixtures.js';
import { manyPast, PAST } from '../test-support/histories.js';
import { focused, press } from '../test-support/keyboard.js';
import { buttonNamed, buttonsIn, heard, mount, part, settled, textOf } from '../test-support/page.js';
import type { SessionHistory } from './session-history.js';

const clientWith = (history: FakeClientOptions['history']): FakeClient =>
  fakeClient({
    now: AT.talking,
    bookings: [{ ...BOOKING, id: 'p1', patient: 'sam', patientName: 'Sam Rivera' }],
    role: 'provider',
    history: history ?? {},
  });
const shown = (client: FakeClient, zone = 'Europe/London'): Promise<SessionHistory> =>
  mount('session-history', client, html`<session-history patient="sam" time-zone=${zone}></session-history>`);
const inView = (element: SessionHistory, selector: string): readonly HTMLElement[] =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>(selector)].filter((node) => node.checkVisibility());
const field = (element: SessionHistory): HTMLInputElement => part(element, 'input[type=search]', HTMLInputElement);
const hits = (element: SessionHistory): string => textOf(part(element, '[part=hits]'));

async function search(element: SessionHistory, text: string): Promise<void> {
  field(element).value = text;
  field(element).dispatchEvent(new Event('input'));
  await settled(element);
}

async function choose(element: SessionHistory, selector: string, value: string): Promise<void> {
  const found = element.shadowRoot!.querySelector<HTMLInputElement | HTMLSelectElement>(selector)!;
  found.value = value;
  found.dispatchEvent(new Event('change'));
  await settled(element);
}

describe('<session-history>, search', () => {
  it('is there from four sessions on', async () => {
    const element = await shown(clientWith({ sessions: PAST.slice(0, 3) }));
    expect(element.shadowRoot!.querySelector('input')).to.equal(null);
    expect(field(await shown(clientWith({ sessions: PAST.slice(0, 4) }))).getAttribute('aria-label')).to.equal(
      'Search these sessions',
    );
  });

  it('shows the sessions that have the words, opened to the notes that have them, and marks the words', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    const said = heard(element);
    await search(element, 'IBUPROFEN 400');
    expect(inView(element, '.summary').map(textOf)).to.have.length(1);
    expect(inView(element, '[role=listitem]').map(textOf)).to.have.length(1);
    expect(textOf(element)).to.contain('1 of 3 notes');
    const marks = [...(CSS.highlights.get('active-session-note-hit') ?? [])].map(String);
    expect(marks).to.deep.equal(['Ibuprofen', '400']);
    expect(hits(element)).to.contain('1 session has “IBUPROFEN 400”.');
    await expect(element).to.be.accessible();
    await waitUntil(() => said.length > 0);
    expect(said).to.deep.equal(['1 session has “IBUPROFEN 400”.']);
    buttonNamed(element, 'Show all 3 notes').click();
    await waitUntil(() => inView(element, '[role=listitem]').length === 3);
    await waitUntil(() => focused() === inView(element, '[role=listitem]')[0]);
  });

  it('finds without accents, by label, and in what the patient wanted to talk about', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    await search(element, 'cafe');
    expect(textOf(inView(element, '.summary')[0]!)).to.contain('5 March 2024');
    await search(element, 'prescription');
    expect(inView(element, '[role=listitem]')).to.have.length(2);
    await search(element, 'sleeping march');
    expect(inView(element, '[role=listitem]')).to.have.length(0);
    expect([...(CSS.highlights.get('active-session-note-hit') ?? [])].map(String)).to.deep.equal(['Sleeping', 'March']);
  });

  it('says that there is none, and shows all again with the list as it was', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    inView(element, '.summary')[1]!.click();
    await settled(element);
    const before = inView(element, '.summary, [role=listitem]');
    await search(element, 'insulin');
    expect(hits(element)).to.contain('No session has “insulin”. Try fewer or other words.');
    await expect(element).to.be.accessible();
    buttonNamed(element, 'Show all sessions').click();
    await settled(element);
    expect(inView(element, '.summary, [role=listitem]')).to.deep.equal(before);
    expect([field(element).value, focused()]).to.deep.equal(['', field(element)]);
  });

  it('has all that is left read meanwhile, says how far it is, and shows what is found as it comes', async () => {
    const many = manyPast(60);
    const client = clientWith({ sessions: many.slice(0, 10), isComplete: false });
    const element = await shown(client);
    const history = client.historyOf('sam');
    const said = heard(element);
    await search(element, '(151)');
    expect(history.commands).to.deep.include(['readAll', true]);
    expect(hits(element)).to.equal('Searched 10 sessions so far… Show all sessions');
    history.set({ sessions: many.slice(0, 55), isReading: true });
    await settled(element);
    expect(hits(element)).to.contain('1 session has “(151)”. Searched 55 sessions so far…');
    expect(inView(element, '[role=listitem]')).to.have.length(1);
    await waitUntil(() => said.length === 1);
    history.set({ sessions: many, isComplete: true, isReading: false });
    await settled(element);
    expect(hits(element)).to.not.contain('so far');
    await search(element, '');
    expect(history.commands.findLast(([name]) => name === 'readAll')).to.deep.equal(['readAll', false]);
  });

  it('says it where nothing was found only once all is read', async () => {
    const many = manyPast(20);
    const client = clientWith({ sessions: many.slice(0, 10), isComplete: false });
    const element = await shown(client);
    const said = heard(element);
    await search(element, 'insulin');
    await new Promise((done) => setTimeout(done, 800));
    expect(said).to.deep.equal([]);
    client.historyOf('sam').set({ sessions: many, isComplete: true });
    await waitUntil(() => said.length > 0);
    expect(said).to.deep.equal(['No session has “insulin”.']);
  });

  it('closes what it found, and Escape empties the field and leaves no marks', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    await search(element, 'ibuprofen');
    inView(element, '.summary')[0]!.click();
    await settled(element);
    expect(inView(element, '[role=listitem]')).to.have.length(0);
    field(element).focus();
    await press('Escape');
    await settled(element);
    expect(inView(element, '.summary')).to.have.length(7);
    expect(CSS.highlights.get('active-session-note-hit')?.size).to.equal(0);
  });

  it('shows twenty of very many, and more when asked', async () => {
    const element = await shown(clientWith({ sessions: manyPast(120) }));
    await search(element, 'water');
    expect(inView(element, '.summary')).to.have.length(20);
    buttonNamed(element, 'Show 20 more').click();
    await waitUntil(() => inView(element, '.summary').length === 40);
    await waitUntil(() => focused() === inView(element, '.summary')[20]);
  });
});

describe('<session-history>, filters', () => {
  it('days are calendar days of the zone, the last one with all of it', async () => {
    const client = clientWith({ sessions: PAST });
    const element = await shown(client, 'America/New_York');
    const history = client.historyOf('sam');
    await choose(element, '[name=from]', '2025-11-01');
    const from = Date.parse('2025-11-01T04:00:00.000Z');
    await choose(element, '[name=to]', '2025-11-02');
    const to = Date.parse('2025-11-03T05:00:00.000Z');
    const filters = history.commands.filter(([name]) => name === 'setFilter').map(([, filter]) => filter);
    expect(filters).to.deep.equal([{ from }, { from, to }]);
  });

  it('a year that is only begun narrows nothing', async () => {
    const client = clientWith({ sessions: PAST });
    const element = await shown(client);
    await choose(element, '[name=from]', '0002-11-01');
    expect(client.historyOf('sam').getSnapshot().filter.from).to.equal(undefined);
    expect(part(element, '[name=from]', HTMLInputElement).value).to.equal('0002-11-01');
  });

  it('a label is one of the kinds of notes, and what is left is said', async () => {
    const client = clientWith({ sessions: PAST });
    const element = await shown(client);
    const history = client.historyOf('sam');
    const said = heard(element);
    const fake = history.setFilter.bind(history);
    history.setFilter = (filter) => {
      fake(filter);
      history.set({ state: 'loading', sessions: [], isComplete: false });
    };
    await choose(element, 'select', 'prescription');
    expect(history.getSnapshot().filter).to.deep.include({ kind: 'prescription' });
    expect(textOf(element)).to.contain('Loading earlier sessions…');
    expect(said).to.deep.equal([]);
    history.set({ state: 'ready', sessions: PAST.slice(1, 2), isComplete: true });
    await waitUntil(() => said.length > 0);
    expect(said).to.deep.equal(['1 session']);
    expect(part(element, 'select', HTMLSelectElement).value).to.equal('prescription');
  });

  it('where none fits it says so, and clearing leads back to the first field', async () => {
    const client = clientWith({ sessions: PAST });
    const element = await shown(client);
    const history = client.historyOf('sam');
    await choose(element, '[name=from]', '2025-11-01');
    await choose(element, 'select', 'resource');
    history.set({ sessions: [] });
    await settled(element);
    expect(textOf(part(element, '[part=empty]'))).to.contain('No session fits these filters.');
    expect(buttonsIn(element).filter((button) => textOf(button) === 'Clear filters')).to.have.length(1);
    await expect(element).to.be.accessible();
    buttonNamed(element, 'Clear filters').click();
    await settled(element);
    expect(history.getSnapshot().filter).to.deep.equal({});
    expect(part(element, '[name=from]', HTMLInputElement).value).to.equal('');
    expect(part(element, 'select', HTMLSelectElement).value).to.equal('');
    expect(focused()).to.equal(part(element, '[name=from]'));
    history.set({ sessions: PAST });
    await settled(element);
    expect(buttonsIn(element).map(textOf)).to.not.include('Clear filters');
  });
});

describe('<session-history>, pages', () => {
  it('more come as one nears the end, and again while it is near', async () => {
    const many = manyPast(300);
    const client = clientWith({ sessions: many.slice(0, 50), isComplete: false });
    const element = await shown(client);
    const history = client.historyOf('sam');
    const asked = (): number => history.commands.filter(([name]) => name === 'more').length;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    expect(asked()).to.equal(0);
    part(element, '#end').scrollIntoView();
    await waitUntil(() => asked() === 1);
    history.set({ sessions: many.slice(0, 51) });
    await waitUntil(() => asked() === 2);
  });

  it('a button asks for more, too, and leads to the first of them', async () => {
    const many = manyPast(60);
    const client = clientWith({ sessions: many.slice(0, 5), isComplete: false });
    const element = await shown(client);
    const history = client.historyOf('sam');
    const button = buttonNamed(element, 'Show more sessions');
    button.click();
    history.set({ isReading: true });
    await settled(element);
    expect([textOf(button), button.getAttribute('aria-disabled')]).to.deep.equal(['Loading earlier sessions…', 'true']);
    history.set({ sessions: many, isReading: false, isComplete: true });
    await settled(element);
    expect(focused()).to.equal(inView(element, '.summary')[5]);
    expect(element.shadowRoot!.querySelector('#end')).to.equal(null);
  });

  it('a failure leaves what is here, and is tried again', async () => {
    const error = new SessionError('network', 'offline');
    const client = clientWith({ sessions: PAST, isComplete: false, error });
    const element = await shown(client);
    expect(textOf(part(element, '[part=error]'))).to.contain('We can’t look for more sessions right now.');
    expect(inView(element, '.summary')).to.have.length(7);
    buttonNamed(element, 'Try again').click();
    expect(client.historyOf('sam').commands).to.deep.include(['retry']);
  });
});

describe('<session-history>, with thousands', () => {
  it('renders again only what has changed', async () => {
    const many = manyPast(3_000);
    const client = clientWith({ sessions: many });
    const element = await shown(client);
    expect(element.shadowRoot!.querySelectorAll('.summary')).to.have.length(3_000);
    const changed = new Set<Element | null>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const node = target instanceof Element ? target : target.parentElement;
        changed.add(node?.closest('.part') ?? null);
      }
    });
    observer.observe(element.shadowRoot!, { subtree: true, childList: true, characterData: true, attributes: true });
    const [first, ...rest] = many;
    client.historyOf('sam').set({ sessions: [{ ...first!, notes: [] }, ...rest] });
    await settled(element);
    element.shadowRoot!.querySelectorAll<HTMLElement>('.summary')[1_000]!.click();
    await settled(element);
    await new Promise((done) => setTimeout(done));
    observer.disconnect();
    changed.delete(null);
    expect(changed.size).to.equal(2);
  });

  it('finds what is said in one of nine thousand notes', async () => {
    const element = await shown(clientWith({ sessions: manyPast(3_000) }));
    await search(element, '(8998)');
    expect(inView(element, '[role=listitem]')).to.have.length(1);
  });
});
