import { expect, waitUntil } from '@open-wc/testing';
import { mount, part } from '../test-support/page.js';
import { resize } from '../test-support/keyboard.js';
import { callCases, clientOf, elementOf, idleCases, stopPictures, waitingCases } from './test-support/cases.js';
import type { SessionCall } from './session-call.js';

const STATES = { ...idleCases, ...waitingCases, ...callCases };
/** A small phone, a phone, the same on its side, a tablet, a wide window. */
const SIZES = [
  [320, 640],
  [390, 780],
  [844, 390],
  [768, 1024],
  [1280, 800],
] as const;

interface Thing {
  readonly name: string;
  readonly rect: DOMRect;
}

function visible(element: SessionCall, selector: string): readonly Thing[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])]
    .filter((found) => found.checkVisibility() && found.closest('dialog') === null)
    .map((found) => ({ name: found.textContent.trim() || found.className, rect: found.getBoundingClientRect() }));
}

function overlap(one: DOMRect, other: DOMRect): boolean {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return wide > 1 && high > 1;
}

/** What a person could not read or press: too small, out of the element, or under something else. */
function faults(element: SessionCall): readonly string[] {
  const buttons = visible(element, 'button, a');
  const all = element.getBoundingClientRect();
  const words = visible(element, '.message > *, .said p, .bar b, .facts-now');
  const self = visible(element, '.self');
  const isPictured = element.shadowRoot?.querySelector('.stage.worded') === null;
  return [
    ...buttons.filter(({ rect }) => Math.min(rect.width, rect.height) < 43.5).map(({ name }) => `${name} is small`),
    ...[...buttons, ...words]
      .filter(({ rect }) => rect.left < all.left - 1 || rect.right > all.right + 1)
      .map(({ name }) => `${name} sticks out`),
    ...buttons.flatMap((one, index) =>
      buttons
        .slice(index + 1)
        .filter((other) => overlap(one.rect, other.rect) && !name(one, other).includes('Move your picture'))
        .map((other) => `${name(one, other)} overlap`),
    ),
    // A notice may lie over the own picture, and not the other way round; words in place of a picture lie over nothing.
    ...self.flatMap((own) =>
      (isPictured ? [] : words).filter((word) => overlap(own.rect, word.rect)).map((word) => `${word.name} is covered`),
    ),
  ];
}

function name(one: Thing, other: Thing): string {
  return `${one.name} / ${other.name}`;
}

describe('<session-call>, on every screen', () => {
  afterEach(stopPictures);
  after(() => resize(800, 600));

  for (const [width, height] of SIZES) {
    for (const direction of ['ltr', 'rtl'] as const) {
      it(`everything is in reach at ${String(width)} × ${String(height)}, ${direction}`, async function () {
        this.timeout(60_000);
        await resize(width, height);
        document.documentElement.dir = direction;
        try {
          for (const [state, make] of Object.entries(STATES)) {
            const shown = make();
            const element = await mount('session-call', clientOf(shown), elementOf(shown));
            expect(faults(element), state).to.deep.equal([]);
            expect(document.documentElement.scrollWidth, state).to.be.at.most(width);
            element.remove();
            stopPictures();
          }
        } finally {
          document.documentElement.dir = '';
        }
      });
    }
  }

  it('everything is in reach at 320 px with text at twice its size', async function () {
    this.timeout(60_000);
    // As long as it takes: what is longer than the screen is scrolled.
    await resize(320, 2_000);
    for (const [state, make] of Object.entries(STATES)) {
      const shown = make();
      const element = await mount('session-call', clientOf(shown), elementOf(shown));
      element.style.fontSize = '200%';
      expect(faults(element), state).to.deep.equal([]);
      expect(document.documentElement.scrollWidth, state).to.be.at.most(320);
      element.remove();
      stopPictures();
    }
  });

  it('keeps the controls in sight where the words are longer than the screen', async () => {
    await resize(320, 500);
    document.body.style.margin = '0';
    const shown = waitingCases.long();
    const element = await mount('session-call', clientOf(shown), elementOf(shown));
    expect(element.getBoundingClientRect().height).to.be.greaterThan(500);
    window.scrollTo(0, 0);
    await waitUntil(() => window.scrollY === 0);
    expect(part(element, '.controls').getBoundingClientRect().bottom).to.be.at.most(501);
    document.body.style.margin = '';
  });

  it('covers nothing that has the focus with them', async () => {
    await resize(320, 500);
    const shown = waitingCases.long();
    const element = await mount('session-call', clientOf(shown), elementOf(shown));
    window.scrollTo(0, 0);
    for (const link of element.shadowRoot?.querySelectorAll<HTMLElement>('.way-out a, .way-out button') ?? []) {
      link.focus();
      const { bottom } = link.getBoundingClientRect();
      expect(bottom, link.textContent).to.be.at.most(part(element, '.controls').getBoundingClientRect().top + 1);
    }
  });

  it('puts the controls beside the picture on a phone on its side, and below it upright', async () => {
    await resize(844, 390);
    const shown = callCases.connected();
    const element = await mount('session-call', clientOf(shown), elementOf(shown));
    const rect = (selector: string): DOMRect => part(element, selector).getBoundingClientRect();
    expect(rect('.controls').left).to.be.at.least(rect('.stage').right - 1);
    expect(element.getBoundingClientRect().height).to.be.at.most(390);
    await resize(390, 844);
    await waitUntil(() => rect('.controls').top >= rect('.stage').bottom - 1);
  });
});
