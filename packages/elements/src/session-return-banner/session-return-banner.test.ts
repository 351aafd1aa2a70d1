import type { Booking, BookingId } from '@active-session/core';
import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html, nothing } from 'lit';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, call, COMPLETED, judged, MET, party } from '../test-support/fixtures.js';
import { buttonNamed, heard, mount, part, settled, tabStops, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import { inScope } from '../test-support/render.js';
import type { SessionReturnBanner } from './session-return-banner.js';

const shown = (client: FakeClient, href = ''): Promise<SessionReturnBanner> =>
  mount(
    'session-return-banner',
    client,
    html`<session-return-banner href=${href || nothing} time-zone="Europe/London"></session-return-banner>`,
  );

/** A booking that is open, which this person was in. */
const LEFT: FakeClientOptions = { now: AT.talking, bookings: [MET] };

/** A client that tells of somebody in the session. */
function withParty(presence: 'waiting' | 'in-call' = 'in-call'): FakeClient {
  const client = fakeClient({ now: AT.open });
  const item = judged(BOOKING, AT.open, 'patient', [party('patient', presence)]);
  client.set({ bookings: [item], active: item });
  return client;
}

function withCall(): FakeClient {
  return fakeClient({ now: AT.talking, bookings: [MET], session: () => ({ call: call() }) });
}

afterEach(() => sessionStorage.clear());

describe('<session-return-banner>', () => {
  const cases: readonly (readonly [string, () => FakeClient, string, readonly string[]])[] = [
    [
      'left',
      () => fakeClient(LEFT),
      'Your session with Dr. Smith is still open.',
      ['Go back to your session', 'Hide this message'],
    ],
    [
      'open elsewhere',
      () => withParty(),
      'Your session with Dr. Smith is open in another tab or device.',
      ['Continue here', 'Hide this message'],
    ],
    ['a call on this page', withCall, 'You are in a call with Dr. Smith.', ['Go back to the call']],
  ];

  for (const [name, client, sentence, stops] of cases) {
    it(`says one sentence, once, and has one way back: ${name}`, async () => {
      const element = await shown(client());
      expect(textOf(part(element, '[part=sentence]'))).to.equal(sentence);
      expect(tabStops(element)).to.deep.equal(stops);
      expect(textOf(part(element, 'div[role=status]'))).to.equal(sentence);
      expect(element.matches(':state(shown)')).to.equal(true);
      await expect(element).to.be.accessible();
    });
  }

  const silent: readonly (readonly [string, FakeClientOptions])[] = [
    ['nothing is booked', { bookings: [] }],
    ['it is yet to come', {}],
    ['it is open and they were never in it', { now: AT.open }],
    ['only the provider was in it', { now: AT.open, bookings: [providerOnly()] }],
    ['it has ended', { now: AT.ended, bookings: [COMPLETED] }],
    ['nothing is known yet', { ...LEFT, view: { state: 'loading' } }],
    ['it can’t be read', { ...LEFT, view: { state: 'failed' } }],
    ['they are signed out', { ...LEFT, view: { state: 'signed-out' } }],
  ];

  for (const [name, options] of silent) {
    it(`says nothing and takes no room where ${name}`, async () => {
      const element = await shown(fakeClient(options));
      expect(textOf(element)).to.equal('');
      expect(element.getBoundingClientRect().height).to.equal(0);
    });
  }

  it('asks the backend for nothing to know this: it watches no session but one with a call', async () => {
    const client = fakeClient(LEFT);
    let watched = 0;
    const session = client.session(MET.id);
    Object.assign(session, { subscribe: () => (watched += 1) });
    await shown(client);
    expect(watched).to.equal(0);
  });

  it('comes when the person leaves and goes when the session ends, each said at most once', async () => {
    const client = fakeClient({ now: AT.open });
    const element = await shown(client);
    const said = heard(element);
    const left = judged(MET, AT.talking);
    client.session(BOOKING.id).set({ lastCall: { outcome: 'left', error: null } });
    client.set({ bookings: [left], active: left });
    await settled(element);
    client.set({ connection: 'polling' });
    await settled(element);
    expect(textOf(element)).to.contain('Your session with Dr. Smith is still open.');
    client.set({ bookings: [judged(COMPLETED, AT.ended)], active: null });
    await settled(element);
    expect(textOf(element)).to.equal('');
    expect(said).to.deep.equal(['Your session with Dr. Smith is still open.']);
  });

  it('knows of a call that was left before anybody met in it', async () => {
    const client = fakeClient({ now: AT.open, session: () => ({ lastCall: { outcome: 'left', error: null } }) });
    // The news that the own seat is free may be on its way yet.
    const item = judged(BOOKING, AT.open, 'patient', [party('patient')]);
    client.set({ bookings: [item], active: item });
    expect(textOf(await shown(client))).to.contain('is still open.');
  });

  for (const tag of ['active-session', 'session-call'] as const) {
    it(`makes way where <${tag}> shows the session, and comes when its tab is hidden`, async () => {
      const scope = await fixture(
        inScope(
          withCall(),
          html`<session-return-banner></session-return-banner>
            <div class="panel">
              ${tag === 'session-call' ? html`<session-call></session-call>` : html`<active-session></active-session>`}
            </div>`,
        ),
      );
      const element = scope.querySelector('session-return-banner')!;
      const panel = scope.querySelector<HTMLElement>('.panel')!;
      await settled(scope.querySelector(tag)!);
      await settled(element);
      expect(textOf(element)).to.equal('');
      const said = heard(element);
      panel.hidden = true;
      await waitUntil(() => textOf(element).includes('You are in a call with Dr. Smith.'));
      panel.hidden = false;
      await waitUntil(() => textOf(element) === '');
      panel.remove();
      await waitUntil(() => textOf(element).includes('You are in a call with Dr. Smith.'));
      expect(said).to.deep.equal(['You are in a call with Dr. Smith.', 'You are in a call with Dr. Smith.']);
    });
  }

  it('starts the session again, or brings it over, unless the portal says no', async () => {
    for (const [client, command] of [
      [fakeClient(LEFT), 'start'],
      [withParty('waiting'), 'continueHere'],
    ] as const) {
      const element = await shown(client);
      const asked: BookingId[] = [];
      element.addEventListener('session-return-request', ({ bookingId }) => asked.push(bookingId));
      element.addEventListener('session-return-request', (event) => event.preventDefault(), { once: true });
      part(element, '[part=return-button]').click();
      expect(client.session(BOOKING.id).commands).to.deep.equal([]);
      part(element, '[part=return-button]').click();
      expect(client.session(BOOKING.id).commands).to.deep.equal([[command]]);
      expect(asked).to.deep.equal([BOOKING.id, BOOKING.id]);
    }
  });

  it('starts nothing where the call runs already', async () => {
    const client = withCall();
    const element = await shown(client);
    buttonNamed(element, 'Go back to the call').click();
    expect(client.session(MET.id).commands).to.deep.equal([]);
  });

  it('is a link where the session is on another page, which the portal can hold back', async () => {
    const client = fakeClient(LEFT);
    const element = await shown(client, '#session');
    const link = part(element, '[part=return-button]', HTMLAnchorElement);
    element.addEventListener('session-return-request', (event) => event.preventDefault(), { once: true });
    link.click();
    expect(location.hash).to.equal('');
    link.click();
    await waitUntil(() => location.hash === '#session');
    history.replaceState(null, '', location.pathname + location.search);
    expect(client.session(MET.id).commands).to.deep.equal([]);
  });

  it('takes no script for an address', async () => {
    const element = await shown(fakeClient(LEFT), 'javascript:alert(1)');
    expect(part(element, '[part=return-button]').localName).to.equal('button');
  });

  it('stays away once it is hidden, over pages, until the session is left once more', async () => {
    const element = await shown(fakeClient(LEFT));
    part(element, '[part=hide-button]').click();
    await settled(element);
    expect(textOf(element)).to.equal('');
    expect(textOf(await shown(fakeClient(LEFT)))).to.equal('');
    const again: Booking = {
      ...MET,
      attendance: [
        { seat: 'patient', role: 'patient', joinedAt: '2026-01-07T09:50:00.000Z', leftAt: '2026-01-07T09:55:00.000Z' },
        ...(MET.attendance ?? []),
      ],
    };
    expect(textOf(await shown(fakeClient({ ...LEFT, bookings: [again] })))).to.contain('is still open.');
  });

  it('keeps nothing of who signs out', async () => {
    const client = fakeClient(LEFT);
    const element = await shown(client);
    part(element, '[part=hide-button]').click();
    expect(sessionStorage).to.have.length(1);
    client.set({ state: 'signed-out' });
    await settled(element);
    expect(sessionStorage).to.have.length(0);
  });

  it('works without storage', async () => {
    const refuse = (): never => {
      throw new DOMException('No storage here.', 'SecurityError');
    };
    const undo = [replace(Storage.prototype, 'getItem', refuse), replace(Storage.prototype, 'setItem', refuse)];
    try {
      const element = await shown(fakeClient(LEFT));
      expect(textOf(element)).to.contain('is still open.');
      part(element, '[part=hide-button]').click();
      await settled(element);
      expect(textOf(element)).to.equal('');
    } finally {
      for (const step of undo) step();
    }
  });

  it('moves nothing on the page with “sticky”', async () => {
    const client = fakeClient({ now: AT.open });
    const page = await fixture<HTMLElement>(
      inScope(
        client,
        html`<session-return-banner sticky></session-return-banner>
          <p>The portal’s own page.</p>`,
      ),
    );
    const element = page.querySelector('session-return-banner')!;
    const below = page.querySelector('p')!;
    await settled(element);
    const before = below.getBoundingClientRect().top;
    const item = judged(MET, AT.talking);
    client.set({ bookings: [item], active: item });
    await settled(element);
    expect(part(element, '.banner').getBoundingClientRect().height).to.be.greaterThan(43);
    expect(below.getBoundingClientRect().top).to.equal(before);
  });

  for (const dir of ['ltr', 'rtl']) {
    it(`fits 320 px with text at twice its size, ${dir}`, async () => {
      const host = await fixture<HTMLElement>(html`<div dir=${dir}></div>`);
      Object.assign(host.style, { width: '320px', fontSize: '32px' });
      const element = document.createElement('session-return-banner');
      element.client = fakeClient(LEFT);
      host.append(element);
      await settled(element);
      expect(element.scrollWidth).to.be.at.most(320);
      for (const target of [part(element, '[part=return-button]'), part(element, '[part=hide-button]')]) {
        expect(target.getBoundingClientRect().height).to.be.at.least(44);
        expect(target.getBoundingClientRect().width).to.be.at.least(44);
      }
      await expect(element).to.be.accessible();
    });
  }

  it('takes the focus to the session when that comes into view by it', async () => {
    const client = fakeClient(LEFT);
    const scope = await fixture(
      inScope(
        client,
        html`<session-return-banner></session-return-banner>
          <div class="panel" hidden><active-session></active-session></div>`,
      ),
    );
    const element = scope.querySelector('session-return-banner')!;
    const panel = scope.querySelector<HTMLElement>('.panel')!;
    await settled(element);
    element.addEventListener('session-return-request', () => (panel.hidden = false));
    buttonNamed(element, 'Go back').focus();
    buttonNamed(element, 'Go back').click();
    await waitUntil(() => textOf(element) === '');
    await waitUntil(() => document.activeElement?.localName === 'active-session');
  });
});

function providerOnly(): Booking {
  return { ...MET, attendance: MET.attendance?.filter(({ role }) => role === 'provider') };
}
