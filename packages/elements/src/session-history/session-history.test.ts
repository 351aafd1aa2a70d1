import { SessionError, type PastSession } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, EVERYTHING, NOTE } from '../test-support/fixtures.js';
import { manyPast, PAST } from '../test-support/histories.js';
import { focused, press } from '../test-support/keyboard.js';
import { buttonNamed, mount, part, settled, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import type { SessionHistory } from './session-history.js';

const SAM = { ...BOOKING, id: 'p1', patient: 'sam', patientName: 'Sam Rivera' };
const OF_SAM = html`<session-history patient="sam" time-zone="Europe/London"></session-history>`;

const clientWith = (history: FakeClientOptions['history'] = {}, options: FakeClientOptions = {}): FakeClient =>
  fakeClient({ now: AT.talking, bookings: [SAM], role: 'provider', history, ...options });
const shown = (client: FakeClient, content: TemplateResult = OF_SAM): Promise<SessionHistory> =>
  mount('session-history', client, content);
const all = (element: SessionHistory, selector: string): readonly HTMLElement[] => [
  ...element.shadowRoot!.querySelectorAll<HTMLElement>(selector),
];
const inView = (element: SessionHistory, selector: string): readonly HTMLElement[] =>
  all(element, selector).filter((node) => node.checkVisibility());
const heads = (element: SessionHistory): readonly HTMLElement[] => inView(element, '.summary');
const notes = (element: SessionHistory): readonly HTMLElement[] => inView(element, '[role=listitem]');

async function open(element: SessionHistory, place: number): Promise<void> {
  heads(element)[place]?.click();
  await settled(element);
}

async function search(element: SessionHistory, text: string): Promise<void> {
  const field = part(element, 'input[type=search]', HTMLInputElement);
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await settled(element);
}

describe('<session-history>', () => {
  it('shows a patient’s earlier sessions by year, each with when, how it went and how many notes', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    expect(textOf(part(element, 'h2'))).to.match(/^Earlier sessions with .?Sam Rivera.?$/);
    expect(all(element, 'h3').map(textOf)).to.deep.equal(['2026', '2025', '2024']);
    expect(heads(element).map(textOf)[1]).to.match(
      /^Wednesday,? 10 December 2025, 14:30 GMT Follow-up 24 minutes 3 notes$/,
    );
    const went = ['On now', '24 minutes', 'Missed', 'Cancelled', '24 minutes', 'Patient did not come', 'Handed over'];
    expect(all(element, '.outcome').map(textOf)).to.deep.equal(went);
    await expect(element).to.be.accessible();
  });

  it('opens one to its notes, with corrections and what was withdrawn, and closes it', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    expect(notes(element)).to.have.length(0);
    const head = heads(element)[1]!;
    head.focus();
    await press('Enter');
    await settled(element);
    expect(head.getAttribute('aria-expanded')).to.equal('true');
    expect(element.shadowRoot!.getElementById(head.getAttribute('aria-controls')!)).to.be.instanceOf(HTMLElement);
    expect(focused()).to.equal(head);
    const [first, second, withdrawn] = notes(element).map(textOf);
    expect(first).to.contain('Corrected on').and.to.contain('600 mg');
    expect(second).to.contain('Corrects the note of').and.to.contain('400 mg');
    expect(withdrawn).to.contain('was withdrawn on');
    await expect(element).to.be.accessible();
    await press('Enter');
    await settled(element);
    expect(notes(element)).to.have.length(0);
  });

  it('says what the patient wanted to talk about, and that one was handed over', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    await open(element, 4);
    expect(textOf(part(element, '[part=reason]'))).to.contain('Sleeping badly since March.');
    await open(element, 6);
    expect(textOf(element)).to.contain('Handed over on 5 March 2024, 11:20 GMT. You see it as it was then.');
  });

  it('leads from a note to its correction, and copies it', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    await open(element, 1);
    buttonNamed(element, 'Read the correction').click();
    await waitUntil(() => focused() === notes(element)[1]);
    const texts: string[] = [];
    const undo = replace(navigator, 'clipboard', {
      writeText: async (text: string) => void texts.push(text),
    } as unknown as Clipboard);
    try {
      buttonNamed(element, 'Copy').click();
      await waitUntil(() => texts.length === 1);
      expect(texts[0]).to.contain('600 mg');
      await waitUntil(() => textOf(notes(element)[0]!).includes('Copied'));
    } finally {
      undo();
    }
  });

  it('shows a note that comes meanwhile in what is open, and takes nobody’s focus', async () => {
    const client = clientWith({ sessions: PAST });
    const element = await shown(client);
    await open(element, 0);
    const [head] = heads(element);
    const [before] = notes(element);
    head!.focus();
    const [first, ...rest] = PAST;
    const note = { ...NOTE, id: 'new', content: 'Drink more water.' };
    const changed: PastSession = { ...first!, notes: [...first!.notes, note] };
    client.historyOf('sam').set({ sessions: [changed, ...rest] });
    await settled(element);
    expect(notes(element)).to.have.length(2);
    expect(notes(element)[0]).to.equal(before);
    expect([heads(element)[0], focused()]).to.deep.equal([head, head]);
    expect(textOf(head!)).to.contain('2 notes');
  });

  it('is there alone, with a client of its own', async () => {
    const client = clientWith({ sessions: PAST });
    const element = Object.assign(document.createElement('session-history'), { client, patient: 'sam' });
    document.body.append(element);
    await settled(element);
    expect(heads(element)).to.have.length(7);
    element.remove();
  });
});

describe('<session-history>, whose', () => {
  const sessions = PAST.slice(0, 1);

  it('is the patient that is named, else that of the booking, else of the session that is on', async () => {
    for (const content of [
      OF_SAM,
      html`<session-history booking-id="p1"></session-history>`,
      html`<session-history></session-history>`,
    ]) {
      const element = await shown(clientWith({ sessions }), content);
      expect(heads(element)).to.have.length(1);
    }
  });

  const alone = html`<session-history booking-id="p1"></session-history>`;
  const states: readonly (readonly [string, string, FakeClient, TemplateResult])[] = [
    [
      'no session',
      'Choose a session to see the patient’s earlier ones.',
      clientWith({}, { bookings: [] }),
      html`<session-history></session-history>`,
    ],
    [
      'a booking that names no patient',
      'This session does not say who its patient is.',
      clientWith({}, { bookings: [{ ...BOOKING, id: 'p1' }] }),
      alone,
    ],
    ['a booking of somebody else', 'You have no sessions with this patient.', clientWith({}, { bookings: [] }), alone],
    [
      'a patient of somebody else',
      'You have no sessions with this patient.',
      clientWith({ state: 'failed', error: new SessionError('not-found', 'no') }),
      OF_SAM,
    ],
    [
      'a backend without a history',
      'Earlier sessions are not offered here.',
      clientWith({}, { view: { can: { ...EVERYTHING, history: false } } }),
      OF_SAM,
    ],
    ['a patient with no earlier session', 'No earlier sessions yet.', clientWith(), OF_SAM],
  ];
  for (const [name, text, client, content] of states) {
    it(`of ${name}: says so`, async () => {
      const element = await shown(client, content);
      expect(textOf(element)).to.contain(text);
      expect(heads(element)).to.have.length(0);
      await expect(element).to.be.accessible();
    });
  }

  it('nothing is asked for where a backend has no history', async () => {
    const client = clientWith({}, { view: { can: { ...EVERYTHING, history: false } } });
    let asked = 0;
    client.historyOf = () => {
      asked += 1;
      throw new Error('It has none.');
    };
    await shown(client);
    expect(asked).to.equal(0);
  });

  it('another patient is another history, and nothing of the one before stays', async () => {
    const client = clientWith({ sessions: PAST });
    const element = await shown(client);
    await open(element, 1);
    await search(element, 'ibuprofen');
    client.historyOf('lee').set({ sessions: manyPast(5) });
    element.patient = 'lee';
    await settled(element);
    expect(part(element, 'input[type=search]', HTMLInputElement).value).to.equal('');
    expect(textOf(element)).to.not.contain('Ibuprofen');
    expect([heads(element).length, notes(element).length]).to.deep.equal([5, 0]);
  });

  it('after signing out nothing of it is there', async () => {
    const client = clientWith({ sessions: PAST });
    const element = await shown(client);
    await open(element, 1);
    client.set({ state: 'signed-out', me: null });
    await settled(element);
    expect(textOf(element)).to.equal('You are signed out.');
  });
});

describe('<session-history>, the picture', () => {
  const name = (element: SessionHistory): string =>
    textOf(
      element.shadowRoot!.getElementById(
        part(element, '.picture').querySelector('svg')!.getAttribute('aria-labelledby')!,
      )!,
    );
  const marks = (element: SessionHistory, shape: string): readonly Element[] =>
    all(element, `.timeline .at:has(.${shape})`);

  it('has a mark for each session, by shape, and says the same in words', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    expect(part(element, '.picture').querySelector('svg')!.getAttribute('role')).to.equal('img');
    expect(name(element)).to.equal('7 sessions since March 2024. 2 missed. 1 cancelled. One is on now.');
    const counts = ['completed', 'missed', 'cancelled', 'handed-over', 'open'].map(
      (shape) => marks(element, shape).length,
    );
    // The one that is on has a dot in its ring.
    expect(counts).to.deep.equal([3, 2, 1, 1, 1]);
  });

  it('says that there are more, where not all are here', async () => {
    const element = await shown(clientWith({ sessions: manyPast(50), isComplete: false }));
    expect(name(element)).to.match(/^The latest 50 sessions, back to August 2025\./);
  });

  it('is none of a single session', async () => {
    const element = await shown(clientWith({ sessions: PAST.slice(0, 1) }));
    expect(element.shadowRoot!.querySelector('.picture')).to.equal(null);
  });

  it('time runs as the language is read', async () => {
    const isNowFirst = async (dir: string): Promise<boolean> => {
      const element = await shown(clientWith({ sessions: PAST }), html`<div dir=${dir}>${OF_SAM}</div>`);
      const [now = 0, first = 0] = [...marks(element, 'open'), ...marks(element, 'handed-over')].map(
        (mark) => mark.getBoundingClientRect().x,
      );
      return now < first;
    };
    expect([await isNowFirst('ltr'), await isNowFirst('rtl')]).to.deep.equal([false, true]);
  });

  it('stays small with thousands', async () => {
    const element = await shown(clientWith({ sessions: manyPast(3_000) }));
    expect(all(element, '.timeline *').length).to.be.lessThan(3_000);
    expect(name(element)).to.match(/^3000 sessions since/);
  });

  it('has no inline style, so that it stands under the strictest policy', async () => {
    const element = await shown(clientWith({ sessions: PAST }));
    expect(all(element, '[style]')).to.have.length(0);
  });
});
