import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import type { Booking } from '@active-session/core';
import { fakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, COMPLETED, MET, NOTE, notesView, sessionView } from '../test-support/fixtures.js';
import { buttonNamed, buttonsIn, heard, mount, part, settled, tabStops, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import { inScope } from '../test-support/render.js';
import type { ActiveSession } from './active-session.js';

const NOTES = notesView([
  { ...NOTE, id: 'n1', timestamp: '2026-01-07T10:12:00.000Z', content: 'Mild tension headache.\n<b>Rest</b>.' },
  {
    ...NOTE,
    id: 'n2',
    timestamp: '2026-01-07T10:20:00.000Z',
    content: 'See https://clinic.example/rest',
    kind: 'resource',
  },
  { ...NOTE, id: 'n3', timestamp: '2026-01-07T10:21:00.000Z', content: '', withdrawnAt: '2026-01-07T10:22:00.000Z' },
]);
const NAMED: Booking = { ...COMPLETED, patientName: 'Sam Rivera' };

function ended(options: FakeClientOptions = {}, inside?: TemplateResult): Promise<ActiveSession> {
  const client = fakeClient({ now: AT.ended, bookings: [NAMED], session: () => ({ notes: NOTES }), ...options });
  return mount(
    'active-session',
    client,
    html`<active-session .bookingId=${NAMED.id} time-zone="Europe/London">${inside}</active-session>`,
  );
}

/** A browser without paper, such as that of an app. */
function withoutPrint(): () => void {
  const undo = replace(window, 'print', () => undefined);
  Reflect.deleteProperty(window, 'print');
  return undo;
}

/** What stands on the paper while the browser prints. */
interface Paper {
  readonly text: string;
  readonly body: string;
  readonly copy: string;
  readonly onScreen: string;
  readonly lang: string;
  readonly dir: string;
  readonly font: string;
  readonly links: readonly (string | null)[];
}

/** Presses *Print* in a browser that prints nothing, and looks at what it would. */
async function printed(element: ActiveSession): Promise<Paper> {
  const papers: Paper[] = [];
  const undo = replace(window, 'print', () => void papers.push(lookAtPaper()));
  try {
    buttonNamed(element, 'Print this summary').click();
    await settled(element);
  } finally {
    undo();
  }
  const [paper] = papers;
  if (paper === undefined || papers.length > 1) throw new Error(`It was printed ${String(papers.length)} times.`);
  return paper;
}

function copyOf(): HTMLElement {
  const copy = document.documentElement.querySelector<HTMLElement>(':scope > [data-active-session-print]');
  if (copy === null) throw new Error('There is nothing to print.');
  return copy;
}

function lookAtPaper(): Paper {
  const copy = copyOf();
  const display = (node: Element): string => getComputedStyle(node).display;
  const onScreen = display(copy);
  const undo = asPrinted();
  const paper = {
    text: textOf(copy),
    body: display(document.body),
    copy: display(copy),
    onScreen,
    lang: copy.lang,
    dir: copy.dir,
    font: getComputedStyle(copy).fontFamily,
    links: [...(copy.shadowRoot?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href')),
  };
  undo();
  return paper;
}

/** Makes the rules for paper count on screen. */
function asPrinted(): () => void {
  const rules = document.adoptedStyleSheets
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSMediaRule && rule.media.mediaText === 'print');
  const set = (medium: string): void => {
    for (const rule of rules) if (rule instanceof CSSMediaRule) rule.media.mediaText = medium;
  };
  set('all');
  return () => set('print');
}

/** Everything that printing could have left behind. */
function traces(): number {
  return document.documentElement.children.length + document.adoptedStyleSheets.length;
}

describe('<active-session>, the summary', () => {
  it('says with whom, when, for how long, the notes, and what happens next', async () => {
    const element = await ended();
    const text = textOf(element);
    const order = [
      'Dr. Smith',
      'Your session with Dr. Smith has ended.',
      'It lasted 24 minutes.',
      'Ended',
      '10:26 GMT',
      'Mild tension headache.',
      'Print this summary',
      'What happens next',
      'Ended by mistake? Dr. Smith can open it again until 12:00.',
      'Book another appointment',
    ].map((sentence) => [sentence, text.indexOf(sentence)] as const);
    for (const [sentence, at] of order) expect(at, sentence).to.be.at.least(0);
    expect(order.map(([, at]) => at)).to.deep.equal(order.map(([, at]) => at).toSorted((a, b) => a - b));
    await expect(element).to.be.accessible();
  });

  it('promises nothing that is over: not to open it again, where the window has closed', async () => {
    const element = await ended({ now: AT.after });
    expect(textOf(element)).to.not.contain('by mistake');
  });

  it('has the portal’s own below the notes, only after the session', async () => {
    const survey = html`<div slot="after-session"><button>Rate your visit</button></div>`;
    const element = await ended({}, survey);
    const stops = tabStops(element);
    expect(stops.indexOf('Rate your visit')).to.be.greaterThan(stops.indexOf('Print this summary'));
    await expect(element).to.be.accessible();
    const before = await ended({ now: AT.open, bookings: [BOOKING] }, survey);
    expect(before.querySelector('button')?.checkVisibility()).to.equal(false);
  });

  it('prints only itself, with all notes, and nothing to press', async () => {
    const paper = await printed(await ended());
    for (const sentence of [
      'Your session with Dr. Smith',
      'Patient Sam Rivera',
      'Provider Dr. Smith',
      'Kind Video Consultation',
      'Lasted 24 minutes',
      'Notes from Dr. Smith',
      'Mild tension headache. <b>Rest</b>.',
      'See https://clinic.example/rest',
      'A note was withdrawn',
      'Printed on 7 January 2026, 10:31 GMT',
    ]) {
      expect(paper.text, sentence).to.contain(sentence);
    }
    expect(paper.text).to.not.contain('Book another appointment');
    expect(paper).to.include({ body: 'none', copy: 'block', onScreen: 'none', lang: 'en-GB', dir: 'ltr' });
    expect(paper.links).to.deep.equal(['https://clinic.example/rest']);
  });

  it('prints in the portal’s font and direction', async () => {
    const host = await fixture<HTMLElement>(html`<div dir="rtl"></div>`);
    host.style.fontFamily = 'Courier';
    const element = document.createElement('active-session');
    element.client = fakeClient({ now: AT.ended, bookings: [NAMED] });
    element.bookingId = NAMED.id;
    host.append(element);
    await settled(element);
    expect(await printed(element)).to.include({ dir: 'rtl', font: 'Courier' });
    element.remove();
  });

  for (const [name, act] of [
    ['the next press', () => document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))],
    ['the next key', () => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }))],
    ['the element going away', (element: ActiveSession) => element.remove()],
  ] as const) {
    it(`leaves nothing in the page after ${name}`, async () => {
      const element = await ended();
      const before = traces();
      await printed(element);
      // Phones tell that it is printed while they still print.
      window.dispatchEvent(new Event('afterprint'));
      expect(traces()).to.be.greaterThan(before);
      act(element);
      expect(traces()).to.equal(before);
    });
  }

  it('leaves nothing of a patient on the page when they sign out', async () => {
    const client = fakeClient({ now: AT.ended, bookings: [NAMED], session: () => ({ notes: NOTES }) });
    const element = await mount(
      'active-session',
      client,
      html`<active-session .bookingId=${NAMED.id}></active-session>`,
    );
    const before = traces();
    await printed(element);
    client.set({ state: 'signed-out' });
    await settled(element);
    expect(traces()).to.equal(before);
  });

  it('can be printed again and again', async () => {
    const element = await ended();
    const before = traces();
    await printed(element);
    await printed(element);
    expect(traces()).to.equal(before + 2);
    element.remove();
    expect(traces()).to.equal(before);
  });

  it('does not print before the notes are here', async () => {
    const element = await ended({ session: () => ({ notes: { ...notesView([]), state: 'loading' } }) });
    expect(buttonsIn(element).map(textOf)).to.not.include('Print this summary');
  });

  it('offers no paper where the browser prints nothing', async () => {
    const undo = withoutPrint();
    try {
      expect(buttonsIn(await ended()).map(textOf)).to.not.include('Print this summary');
    } finally {
      undo();
    }
  });

  it('is said once when the session ends, and flips back when it is opened again', async () => {
    const client = fakeClient({ now: AT.talking, bookings: [MET] });
    const scope = await fixture(inScope(client, html`<active-session></active-session>`));
    const element = scope.querySelector('active-session')!;
    await settled(element);
    const said = heard(element);
    const { view } = client.session(MET.id);
    view.set({ ...sessionView(COMPLETED, AT.ended), notes: notesView([NOTE]) });
    await settled(element);
    view.set({ ...sessionView(COMPLETED, AT.ended), notes: NOTES });
    await settled(element);
    view.set(sessionView(MET, AT.ended));
    await settled(element);
    await waitUntil(() => textOf(element).includes('Come back'));
    expect(said).to.deep.equal([
      'Your session with Dr. Smith has ended.',
      'Your session with Dr. Smith is still open.',
    ]);
    expect(part(element, '[part=start-button]').matches(':enabled')).to.equal(true);
  });
});
