import { SessionError, type Booking } from '@active-session/core';
import { expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, call, COMPLETED, judged, MET, NOTE, notesView, sessionView } from '../test-support/fixtures.js';
import { buttonNamed, mount, part, settled, textOf } from '../test-support/page.js';
import { ActiveSession } from './active-session.js';
import type { SessionAvailabilityChangeEvent } from './active-session.events.js';

const shown = (client = fakeClient()): Promise<ActiveSession> =>
  mount('active-session', client, html`<active-session time-zone="Europe/London"></active-session>`);

describe('<active-session>', () => {
  const phases: readonly (readonly [string, FakeClientOptions, readonly string[], Booking?])[] = [
    ['nothing booked', { bookings: [] }, ['You have no session booked.', 'Book an appointment']],
    [
      'upcoming',
      {},
      ['Your session with Dr. Smith is tomorrow, 10:00.', 'You can join from 09:00.', '21 hours 14 minutes 09 seconds'],
    ],
    ['open', { now: AT.open }, ['You can join now.', 'Start Call', '10:00 GMT', 'You can join until 12:00.']],
    ['open again', { now: AT.talking, bookings: [MET] }, ['Your session is still open.', 'Come back']],
    [
      'in call',
      { now: AT.talking, bookings: [MET], session: () => ({ call: call() }) },
      ['End Call', '12:04', 'Notes from Dr. Smith'],
    ],
    ['completed', { now: AT.ended }, ['Your session with Dr. Smith has ended.', 'It lasted 24 minutes.'], COMPLETED],
    ['cancelled', { now: AT.open }, ['today, 10:00 was cancelled.'], { ...BOOKING, status: 'cancelled' }],
    ['missed', { now: AT.after }, ['Your session with Dr. Smith today, 10:00 did not take place.'], BOOKING],
    ['loading', { bookings: [], view: { state: 'loading' } }, ['Loading…']],
    ['signed out', { bookings: [], view: { state: 'signed-out' } }, ['You are signed out.']],
  ];

  for (const [name, options, sentences, booking] of phases) {
    it(`says where you are: ${name}`, async () => {
      const client = fakeClient(booking === undefined ? options : { ...options, bookings: [booking] });
      const element = await shown(client);
      if (booking !== undefined) element.bookingId = String(booking.id);
      await settled(element);
      for (const sentence of sentences) expect(textOf(element)).to.contain(sentence);
      await expect(element).to.be.accessible();
    });
  }

  it('keeps the focus where the session goes on', async () => {
    const client = fakeClient({ now: AT.talking, bookings: [MET] });
    const element = await shown(client);
    buttonNamed(element, 'Come back').focus();
    client.session(MET.id).set({ call: call() });
    await settled(element);
    await waitUntil(() => element.shadowRoot?.activeElement?.localName === 'session-call');
    client.session(MET.id).set({ call: null, phase: 'completed', duration: 2_000 });
    await settled(element);
    await waitUntil(() => element.shadowRoot?.activeElement?.localName === 'h2');
    expect(textOf(element)).to.contain('It lasted less than a minute.');
  });

  it('says that the session has ended to who has the focus elsewhere', async () => {
    const client = fakeClient({ now: AT.talking, bookings: [MET], session: () => ({ call: call() }) });
    const element = await shown(client);
    client.session(MET.id).set({ call: null, phase: 'completed', duration: 2_000 });
    await settled(element);
    expect(textOf(part(element, 'div[role=status]'))).to.equal('Your session with Dr. Smith has ended.');
  });

  it('shows the booked provider, whoever that is', async () => {
    const element = await shown(
      fakeClient({ bookings: [{ ...BOOKING, providerName: 'Prof. Ōe 大江', providerInitials: '大' }] }),
    );
    expect(textOf(element)).to.contain('Prof. Ōe 大江');
    expect(textOf(element)).to.not.contain('Smith');
  });

  it('shows the provider’s own time where it differs', async () => {
    const element = await shown(fakeClient({ bookings: [{ ...BOOKING, timeZone: 'America/New_York' }] }));
    expect(textOf(element)).to.contain('Time for Dr. Smith 05:00');
  });

  it('opens at the right moment with no reload, says so once, and tells the portal', async () => {
    const client = fakeClient({ now: AT.beforeOpening });
    const told: SessionAvailabilityChangeEvent[] = [];
    const page = await fixture(
      html`<div @session-availability-change=${(event: SessionAvailabilityChangeEvent) => told.push(event)}></div>`,
    );
    const element = document.createElement('active-session');
    element.client = client;
    element.lang = 'en-GB';
    page.append(element);
    await settled(element);
    expect(told.map(({ available, phase }) => [available, phase])).to.deep.equal([[false, 'upcoming']]);
    expect(textOf(part(element, '[part=countdown]'))).to.equal('00 hours 00 minutes 03 seconds');
    expect(textOf(part(element, '[role=status]:last-of-type'))).to.equal('');

    client.time = AT.open;
    client.session(BOOKING.id).view.set(sessionView(BOOKING, AT.open));
    client.set({ bookings: [judged(BOOKING, AT.open)], active: judged(BOOKING, AT.open) });
    await settled(element);
    expect(textOf(element)).to.contain('Start Call');
    expect(textOf(element)).to.contain('Your session with Dr. Smith is open.');
    expect(told.map(({ available, bookingId }) => [available, bookingId])).to.deep.equal([
      [false, BOOKING.id],
      [true, BOOKING.id],
    ]);
    expect(element.available).to.equal(true);
    expect(element.matches(':state(open)')).to.equal(true);
  });

  it('counts down by the server’s clock while it can be seen', async () => {
    const client = fakeClient({ now: AT.beforeOpening });
    const element = await shown(client);
    client.time += 1_000;
    await waitUntil(() => textOf(element).includes('02 seconds'), undefined, { timeout: 5_000 });
    element.remove();
    client.time += 1_000;
    await new Promise((done) => setTimeout(done, 1_200));
    expect(textOf(element)).to.contain('02 seconds');
  });

  it('starts the call, unless the portal says no', async () => {
    const client = fakeClient({ now: AT.open });
    const element = await shown(client);
    element.addEventListener('session-start-request', (event) => event.preventDefault(), { once: true });
    buttonNamed(element, 'Start Call').click();
    expect(client.session(BOOKING.id).commands).to.deep.equal([]);
    buttonNamed(element, 'Start Call').click();
    expect(client.session(BOOKING.id).commands).to.deep.equal([['start']]);
  });

  it('keeps the summary when the session has ended, until it is closed', async () => {
    const client = fakeClient({ now: AT.talking, bookings: [MET] });
    const element = await shown(client);
    client.session(MET.id).view.set({ ...sessionView(COMPLETED, AT.ended), notes: notesView([NOTE]) });
    client.set({ bookings: [judged(COMPLETED, AT.ended)], active: null });
    await settled(element);
    expect(textOf(element)).to.contain('has ended');
    expect(textOf(element)).to.contain('Prescribed medication X.');
    expect(element.available).to.equal(false);
    buttonNamed(element, 'Close this summary').click();
    await settled(element);
    expect(textOf(element)).to.contain('You have no session booked.');
  });

  it('offers the next session beside the summary instead of taking it away', async () => {
    const next: Booking = { ...BOOKING, id: 2, providerName: 'Dr. Lee', dateTime: '2026-01-08T10:00:00.000Z' };
    const client = fakeClient({ now: AT.talking, bookings: [MET] });
    const element = await shown(client);
    client.time = AT.ended;
    client.session(MET.id).view.set(sessionView(COMPLETED, AT.ended));
    client.set({ bookings: [judged(COMPLETED, AT.ended), judged(next, AT.ended)], active: judged(next, AT.ended) });
    await settled(element);
    expect(textOf(element)).to.contain('Your session with Dr. Smith has ended.');
    expect(textOf(element)).to.contain('Your next session with Dr. Lee is tomorrow, 10:00.');
    buttonNamed(element, 'Go to your next session').click();
    await settled(element);
    expect(textOf(element)).to.contain('Your session with Dr. Lee is tomorrow');
  });

  it('shows the form where nothing is booked, unless the portal has a place for it', async () => {
    const element = await shown(fakeClient({ bookings: [] }));
    element.addEventListener('book-appointment-request', (event) => event.preventDefault(), { once: true });
    buttonNamed(element, 'Book an appointment').click();
    await settled(element);
    expect(element.shadowRoot?.querySelector('book-appointment')).to.equal(null);
    setTimeout(() => buttonNamed(element, 'Book an appointment').click());
    await oneEvent(element, 'book-appointment-request');
    await waitUntil(() => element.shadowRoot?.querySelector('book-appointment'));
  });

  it('tells a failure in words and tries again', async () => {
    const client = fakeClient({ bookings: [], view: { state: 'failed', error: new SessionError('network', 'x') } });
    const element = await shown(client);
    expect(textOf(element)).to.contain('We can’t reach your appointments right now.');
    expect(textOf(element)).to.not.contain('network');
    buttonNamed(element, 'Try again').click();
    expect(client.commands).to.deep.equal([['refresh']]);
  });

  it('forgets what it showed when somebody else signs in, and when one signs out', async () => {
    const client = fakeClient({ now: AT.talking, bookings: [MET] });
    const element = await shown(client);
    element.client = fakeClient({ bookings: [] });
    await settled(element);
    expect(textOf(element)).to.contain('You have no session booked.');
    element.client = client;
    await settled(element);
    expect(textOf(element)).to.contain('Dr. Smith');
    client.set({ state: 'signed-out', bookings: [], active: null });
    await settled(element);
    expect(textOf(element)).to.equal('You are signed out.');
  });

  for (const scheme of ['light', 'dark']) {
    it(`has enough contrast: ${scheme}`, async () => {
      const host = await fixture<HTMLElement>(html`<div></div>`);
      Object.assign(host.style, { colorScheme: scheme, background: scheme === 'dark' ? '#000' : '#fff' });
      const notes = notesView([{ ...NOTE, kind: 'diagnosis' }]);
      for (const own of [
        fakeClient(),
        fakeClient({ now: AT.open, session: () => ({ notes }) }),
        fakeClient({ now: AT.talking, bookings: [MET], session: () => ({ notes, call: call() }) }),
        fakeClient({ bookings: [], view: { state: 'failed', error: new SessionError('network', 'x') } }),
      ]) {
        const element = document.createElement('active-session');
        element.client = own;
        host.replaceChildren(element);
        await settled(element);
        await expect(element).to.be.accessible();
      }
    });
  }

  it('keeps its session when it moves in the page', async () => {
    const client = fakeClient({ now: AT.talking, bookings: [MET], session: () => ({ call: call() }) });
    const element = await shown(client);
    const elsewhere = document.createElement('div');
    element.parentElement?.append(elsewhere);
    elsewhere.append(element);
    await settled(element);
    expect(textOf(element)).to.contain('End Call');
    expect(client.session(MET.id).commands).to.deep.equal([]);
  });

  it('takes other words, and properties set before it was upgraded', async () => {
    const element = await mount(
      'active-session',
      fakeClient({ bookings: [] }),
      html`<active-session .messages=${{ 'gate.none': 'Nothing yet.' }}></active-session>`,
    );
    expect(textOf(element)).to.contain('Nothing yet.');
    class EarlySession extends ActiveSession {}
    const early = document.createElement('early-session');
    Object.assign(early, { client: fakeClient() });
    customElements.define('early-session', EarlySession);
    document.body.append(early);
    if (!(early instanceof EarlySession)) throw new Error('It was not upgraded.');
    await settled(early);
    expect(textOf(early)).to.contain('Dr. Smith');
    early.remove();
  });

  for (const [name, dir, size] of [
    ['right to left', 'rtl', '16px'],
    ['text at twice its size', 'ltr', '32px'],
  ] as const) {
    it(`fits 320 px: ${name}`, async () => {
      const host = await fixture<HTMLElement>(html`<div dir=${dir}></div>`);
      Object.assign(host.style, { width: '320px', fontSize: size });
      const client = fakeClient({ now: AT.talking, bookings: [MET], session: () => ({ call: call() }) });
      for (const own of [client, fakeClient()]) {
        const element = document.createElement('active-session');
        element.client = own;
        host.append(element);
        await settled(element);
        expect(element.scrollWidth, name).to.be.at.most(320);
        await expect(element).to.be.accessible();
      }
    });
  }
});
