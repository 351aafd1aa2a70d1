import type { Provider } from '@active-session/core';
import { hostileTexts } from '@active-session/testing/hostile';
import { expect } from '@open-wc/testing';
import { html, type LitElement } from 'lit';
import { choose, press, says, write } from '../test-support/booking-steps.js';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, MET } from '../test-support/fixtures.js';
import { mount, part, settled } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import { rawTextOf, wildAddressesIn } from './test-support/anatomy.js';
import { hostileBooking, hostileError } from './test-support/hostile-data.js';
import { elements, type HostileView, showAll, type TextAt } from './test-support/rounds.js';
import { RUN, setTrap, type Trap } from './test-support/trap.js';

const NAME = 0;
const SPECIALTY = 1;
const KIND = 2;
const ZONE = 3;

function clientWith(providers: readonly Provider[]): FakeClient {
  const client = fakeClient({ bookings: [] });
  client.answer.providers = async () => providers;
  return client;
}

function providerOf(text: TextAt): Provider {
  const [name, specialty, timeZone] = [text(NAME), text(SPECIALTY), text(ZONE)];
  const initials = name.slice(0, 10);
  return { id: text(NAME), name, initials, specialty, timeZone, sessionTypes: [text(KIND), 'Follow-up'] };
}

/** The whole form, from the first question to the last look. */
const booking: HostileView = {
  tag: 'book-appointment',
  content: elements.form,
  client: (text) => clientWith([providerOf(text)]),
  shown: [NAME, KIND],
  async act(element) {
    element.shadowRoot?.querySelector<HTMLElement>('.provider input')?.click();
    await press(element, 'Continue');
    await choose(element, '.slot', '09:30');
    await press(element, 'Continue');
    element.shadowRoot?.querySelector<HTMLElement>('.kinds input')?.click();
    await write(element, 'textarea', part(element, '.kinds bdi').textContent);
    await press(element, 'Continue');
  },
};

describe('more than 500 hostile texts in every text from outside, under Trusted Types, in forms and attributes', () => {
  const texts = hostileTexts(RUN);
  let trap: Trap;
  before(() => (trap = setTrap()));
  after(() => trap.release());

  it('are text and nothing else: all of them in one list of providers', async () => {
    const providers = texts.map((_, at) => providerOf((place) => texts[(at + place) % texts.length] ?? ''));
    const element = await mount('book-appointment', clientWith(providers), elements.form);
    await says(element, 'Who would you like to see?');
    const shown = rawTextOf(element);
    expect(texts.filter((text) => !shown.includes(text))).to.deep.equal([]);
    expect(part(element, '.cards').querySelectorAll('input')).to.have.length(texts.length);
    expect(wildAddressesIn(element)).to.deep.equal([]);
    expect(trap.sprung).to.deep.equal([]);
  });

  it('are text and nothing else: a booking from the first question to the last look', async function () {
    this.timeout(120_000);
    expect((await showAll(booking, texts)).slice(0, 5)).to.deep.equal([]);
    expect(trap.sprung).to.deep.equal([]);
  });

  it('are not shown at all where a backend refuses in words for developers', async function () {
    this.timeout(60_000);
    const element = await mount('book-appointment', clientWith([]), elements.form);
    for (const text of texts) {
      const next = clientWith([]);
      next.answer.providers = () => Promise.reject(hostileError(() => text, 'unknown'));
      Object.assign(element, { client: next });
      await says(element, 'We can’t show who can be booked right now.');
      const shown = rawTextOf(element);
      // One letter stands in many a sentence.
      if (text.length > 3) expect(shown.includes(text), text).to.equal(false);
    }
    expect(trap.sprung).to.deep.equal([]);
  });

  it('add no line to a calendar', async function () {
    this.timeout(60_000);
    const files: Blob[] = [];
    const undo = replace(URL, 'createObjectURL', (file) => {
      if (file instanceof Blob) files.push(file);
      return 'blob:none';
    });
    const element = await mount('appointment-actions', fakeClient(), html`<appointment-actions></appointment-actions>`);
    for (const text of ['Dr. Smith', ...texts]) {
      const asked = hostileBooking(() => text, { id: text, attendance: [] });
      Object.assign(element, {
        client: fakeClient({ bookings: [asked] }),
        bookingId: text,
        sessionUrl: `https://portal.example/#${text}`,
        messages: { 'calendar.summary': (name: string) => `Video with ${name}` },
      });
      await settled(element);
    }
    undo();
    const [plain = [], ...hostile] = await Promise.all(files.map(linesOf));
    expect(plain).to.include.members(['SUMMARY', 'DESCRIPTION', 'URL', 'END']);
    expect(hostile).to.have.length(texts.length);
    for (const [at, lines] of hostile.entries()) expect(lines, texts[at]).to.deep.equal(plain);
    expect(trap.sprung).to.deep.equal([]);
  });

  it('lead nowhere and break nothing as what a portal sets', async function () {
    this.timeout(120_000);
    const left = { now: AT.talking, bookings: [MET] };
    const banner = await mount('session-return-banner', fakeClient(left), elements.banner);
    const session = await mount('active-session', fakeClient(), elements.gate);
    const own: readonly LitElement[] = [banner, session];
    for (const text of texts) {
      for (const element of own) {
        for (const name of ['href', 'session-url', 'time-zone', 'lang', 'help']) element.setAttribute(name, text);
      }
      session.setAttribute('booking-id', text);
      await Promise.all(own.map(settled));
      session.bookingId = undefined;
      await Promise.all(own.map(settled));
      expect(own.flatMap(wildAddressesIn)).to.deep.equal([]);
      expect(rawTextOf(session)).to.contain(BOOKING.providerName);
    }
    expect(trap.sprung).to.deep.equal([]);
  });
});

/** The names of a calendar file's lines, unfolded, in order. */
async function linesOf(file: Blob): Promise<readonly string[]> {
  const lines = (await file.text()).replaceAll('\r\n ', '').split('\r\n');
  return lines.map((line) => /^[^:;]*/.exec(line)?.[0] ?? '');
}
