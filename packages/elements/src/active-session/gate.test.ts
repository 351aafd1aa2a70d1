import { type Booking, type Me, type SessionView } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { AppointmentCancelledEvent } from '../appointment-actions/appointment-actions.events.js';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, call, judged, ME, MET, party, sessionView } from '../test-support/fixtures.js';
import { buttonNamed, heard, mount, part, settled, tabStops, textOf } from '../test-support/page.js';
import type { ActiveSession } from './active-session.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const shown = (client = fakeClient()): Promise<ActiveSession> =>
  mount('active-session', client, html`<active-session time-zone="Europe/London"></active-session>`);

/** What the server changes, as the client then shows it. */
async function change(
  element: ActiveSession,
  client: FakeClient,
  booking: Booking,
  session: Partial<SessionView> = {},
): Promise<void> {
  const { view } = client.session(booking.id);
  view.set({ ...sessionView(booking, client.time), ...session });
  const bookings = [judged(booking, client.time)];
  client.set({ bookings, active: bookings.find(({ verdict }) => isCurrent(verdict.phase)) ?? null });
  await settled(element);
}

const isCurrent = (phase: string): boolean => phase === 'open' || phase === 'upcoming';
const CONTACT: Me['contact'] = {
  phone: '+44 20 7946 0000',
  url: 'https://clinic.example/help',
  label: 'the front desk',
};
const LATE: Booking = { ...BOOKING, late: { minutes: 15, message: 'Sorry!\nAn emergency.', saidAt: BOOKING.bookedAt } };
const ELSEWHERE: FakeClientOptions = { now: AT.open, session: () => ({ parties: [party('patient', 'in-call')] }) };

describe('<active-session>, the gate', () => {
  it('says that the session is open elsewhere, and goes on here unless the portal says no', async () => {
    const client = fakeClient(ELSEWHERE);
    const element = await shown(client);
    expect(textOf(element)).to.contain('Your session is open in another tab or device.');
    expect(textOf(element)).to.not.contain('Start Call');
    element.addEventListener('session-start-request', (event) => event.preventDefault(), { once: true });
    buttonNamed(element, 'Continue here').click();
    expect(client.session(BOOKING.id).commands).to.deep.equal([]);
    buttonNamed(element, 'Continue here').click();
    expect(client.session(BOOKING.id).commands).to.deep.equal([['continueHere']]);
    expect(element.matches(':state(elsewhere)')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  for (const [name, fields, sentences] of [
    [
      'by the provider',
      { cancelledBy: 'provider', cancelledAt: '2026-01-07T08:12:00.000Z' },
      ['Dr. Smith cancelled it today, 08:12.'],
    ],
    [
      'by the patient',
      { cancelledBy: 'patient', cancelledAt: '2026-01-06T08:12:00.000Z' },
      ['You cancelled it yesterday, 08:12.'],
    ],
    ['by nobody knows whom', { cancelledAt: '2026-01-07T08:12:00.000Z' }, ['It was cancelled today, 08:12.']],
    [
      'with a reason',
      { cancelReason: 'I am ill.\n<b>Sorry</b>' },
      ['The reason that was given:', 'I am ill. <b>Sorry</b>'],
    ],
    ['with nothing but its status', {}, ['Your session with Dr. Smith today, 10:00 was cancelled.']],
  ] as const) {
    it(`says who cancelled it and why, as far as it is known: ${name}`, async () => {
      const booking: Booking = { ...BOOKING, status: 'cancelled', ...fields };
      const element = await shown(fakeClient({ now: AT.open, bookings: [booking] }));
      element.bookingId = BOOKING.id;
      await settled(element);
      for (const sentence of sentences) expect(textOf(element)).to.contain(sentence);
      expect(element.shadowRoot?.querySelector('b b, .text b')).to.equal(null);
      await expect(element).to.be.accessible();
    });
  }

  it('does not blame who did not come, and says whom to ask', async () => {
    const booking: Booking = { ...BOOKING, status: 'cancelled', cancelReason: 'no-show' };
    const view = { me: { ...ME, contact: CONTACT } };
    const element = await shown(fakeClient({ now: AT.after, bookings: [booking], view }));
    element.bookingId = BOOKING.id;
    await settled(element);
    expect(textOf(element)).to.contain('did not take place.').and.to.contain('If that is not right, tell the clinic.');
    expect(textOf(element)).to.not.contain('no-show');
    expect(part(element, '[part=contact] a').getAttribute('href')).to.equal('tel:+442079460000');
    expect(textOf(part(element, '[part=contact]'))).to.contain('Call the front desk: +44 20 7946 0000');
    await expect(element).to.be.accessible();
  });

  it('names the clinic’s number where no video can be had', async () => {
    const view = { me: { ...ME, contact: CONTACT } };
    const element = await shown(fakeClient({ now: AT.open, view, session: () => ({ canStart: false }) }));
    expect(textOf(element)).to.contain('You can’t join by video on this page.').and.to.contain('+44 20 7946 0000');
    expect(textOf(element)).to.contain('Your session with Dr. Smith is open.').and.to.not.contain('You can join');
    expect(tabStops(element)[0]).to.contain('Call the front desk');
  });

  for (const now of [AT.dayBefore, AT.open]) {
    it(`says until when the provider will be late, in the provider’s words (${new Date(now).toISOString()})`, async () => {
      const element = await shown(fakeClient({ now, bookings: [LATE] }));
      const late = part(element, '[part=late]');
      expect(textOf(late)).to.equal(
        'Dr. Smith is running late and expects to start at about 10:15. Sorry! An emergency.',
      );
      expect(late.querySelector('.text')?.getAttribute('dir')).to.equal('auto');
      await expect(element).to.be.accessible();
    });
  }

  it('no longer speaks of being late when the provider is here', async () => {
    const session = () => ({ parties: [party('provider')] });
    const element = await shown(fakeClient({ now: AT.open, bookings: [LATE], session }));
    expect(textOf(element)).to.contain('Dr. Smith is here and waits for you.').and.to.not.contain('running late');
  });

  it('says from when it was moved', async () => {
    const moved = { ...BOOKING, rescheduledFrom: '2026-01-06T15:00:00.000Z' };
    expect(textOf(await shown(fakeClient({ bookings: [moved] })))).to.contain(
      'It was moved. Before, it was today, 15:00.',
    );
  });

  for (const [ahead, said] of [
    [0, ''],
    [2 * MINUTE, ''],
    [9 * MINUTE, 'The clock of this device is 9 minutes fast.'],
    [-9 * MINUTE, 'The clock of this device is 9 minutes slow.'],
    [-135 * MINUTE, 'The clock of this device is 2 hours, 15 minutes slow.'],
    [DAY, 'The date of this device is wrong. It says Wednesday 7 January 2026.'],
    [-AT.dayBefore, 'The date of this device is wrong. It says Thursday 1 January 1970.'],
  ] as const) {
    it(`is calm about a device clock that is off by ${String(ahead / MINUTE)} min`, async () => {
      const client = fakeClient();
      client.ahead = ahead;
      const element = await shown(client);
      const notice = element.shadowRoot?.querySelector('[part=clock]') ?? null;
      expect(notice !== null).to.equal(said !== '');
      // Browsers differ in the comma after a weekday.
      if (notice !== null) expect(textOf(notice).replaceAll(',', '')).to.contain(said.replaceAll(',', ''));
      expect(textOf(element)).to.contain('21 hours 14 minutes 09 seconds');
      await expect(element).to.be.accessible();
    });
  }

  it('never says that nothing is booked where something could not be read', async () => {
    const problems = [
      { path: '0.status', message: 'expected one of "scheduled", "completed", "cancelled"' },
      { path: '0.dateTime', message: 'expected an ISO 8601 date and time' },
    ];
    const alone = await shown(fakeClient({ bookings: [], view: { problems } }));
    expect(textOf(alone)).to.contain('We can’t show one of your appointments.').and.to.not.contain('no session booked');
    await expect(alone).to.be.accessible();
    const beside = await shown(fakeClient({ view: { problems } }));
    expect(textOf(beside)).to.contain('Your session with Dr. Smith is tomorrow').and.to.contain('We can’t show one of');
    await expect(beside).to.be.accessible();
  });

  it('has what can be done with the appointment until they have met, and says who cancelled it here', async () => {
    const client = fakeClient({ now: AT.open });
    const element = await shown(client);
    const actions = part(element, 'appointment-actions');
    expect(tabStops(element).slice(0, 2)).to.deep.equal(['Start Call', 'Add to calendar']);
    actions.dispatchEvent(new AppointmentCancelledEvent(BOOKING.id));
    await change(element, client, { ...BOOKING, status: 'cancelled' });
    expect(textOf(element)).to.contain('You cancelled it.');
    const met = await shown(fakeClient({ now: AT.talking, bookings: [MET] }));
    expect(met.shadowRoot?.querySelector('appointment-actions')).to.equal(null);
  });

  it('keeps what is in use when it opens: the device check, and what is done with the appointment', async () => {
    const client = fakeClient();
    const content = html`<active-session><button slot="device-check">Check</button></active-session>`;
    const element = await mount('active-session', client, content);
    const before = [part(element, 'appointment-actions'), part(element, 'slot[name=device-check]')];
    element.querySelector('button')?.focus();
    client.time = AT.open;
    await change(element, client, BOOKING);
    expect(textOf(element)).to.contain('Start Call');
    expect([part(element, 'appointment-actions'), part(element, 'slot[name=device-check]')]).to.deep.equal(before);
    expect(document.activeElement).to.equal(element.querySelector('button'));
  });

  it('says that a session opens while the person books another one, and leads there', async () => {
    const client = fakeClient({ bookings: [] });
    const element = await shown(client);
    const said = heard(element);
    buttonNamed(element, 'Book an appointment').click();
    await settled(element);
    client.time = AT.open;
    await change(element, client, BOOKING);
    expect(textOf(element)).to.contain('Your session with Dr. Smith is open now.').and.to.contain('Step 1 of');
    expect(said).to.deep.equal(['Your session with Dr. Smith is open.']);
    await expect(element).to.be.accessible();
    buttonNamed(element, 'Go to your session').click();
    await settled(element);
    expect(textOf(element)).to.contain('Start Call');
  });

  it('has the device check before what it is for', async () => {
    const content = html`<active-session time-zone="Europe/London"
      ><button slot="device-check">Check camera and microphone</button></active-session
    >`;
    const element = await mount('active-session', fakeClient({ now: AT.open }), content);
    expect(tabStops(element).slice(0, 2)).to.deep.equal(['Check camera and microphone', 'Start Call']);
  });
});

describe('<active-session>, what a screen reader hears', () => {
  const news: readonly (readonly [string, Booking, number, Partial<SessionView>, string])[] = [
    ['it opens', BOOKING, AT.open, {}, 'Your session with Dr. Smith is open.'],
    [
      'it is cancelled',
      { ...BOOKING, status: 'cancelled' },
      AT.dayBefore,
      {},
      'Your session with Dr. Smith tomorrow, 10:00 was cancelled.',
    ],
    ['it is missed', BOOKING, AT.after, {}, 'Your session with Dr. Smith today, 10:00 did not take place.'],
    [
      'it is moved',
      { ...BOOKING, dateTime: '2026-01-06T15:00:00.000Z' },
      AT.dayBefore,
      {},
      'Your session with Dr. Smith is today, 15:00.',
    ],
    ['the provider is late', LATE, AT.dayBefore, {}, 'Dr. Smith is running late and expects to start at about 10:15.'],
    [
      'it opens elsewhere',
      BOOKING,
      AT.open,
      { parties: [party('patient')] },
      'Your session is open in another tab or device.',
    ],
  ];

  for (const [name, booking, now, session, sentence] of news) {
    it(`hears once that ${name}, whatever else happens`, async () => {
      const client = fakeClient();
      const element = await shown(client);
      const said = heard(element);
      client.time = now;
      await change(element, client, booking, session);
      client.time += 2_000;
      await change(element, client, booking, session);
      element.requestUpdate();
      await settled(element);
      expect(said).to.deep.equal([sentence]);
    });
  }

  it('hears nothing when the page comes up as it is', async () => {
    for (const options of [{}, { now: AT.open }, ELSEWHERE, { now: AT.open, bookings: [LATE] }]) {
      const client = fakeClient({ view: { state: 'loading', bookings: [], active: null } });
      const element = await shown(client);
      const said = heard(element);
      const ready = fakeClient(options);
      client.time = ready.time;
      client.session(BOOKING.id).view.set(ready.session(BOOKING.id).getSnapshot());
      client.set(ready.getSnapshot());
      await settled(element);
      expect(textOf(element)).to.contain('Dr. Smith');
      expect(said).to.deep.equal([]);
    }
  });

  it('hears it from the heading where the button that had the focus is gone', async () => {
    const client = fakeClient({ now: AT.open });
    const element = await shown(client);
    const said = heard(element);
    buttonNamed(element, 'Start Call').focus();
    await change(element, client, { ...BOOKING, status: 'cancelled' });
    await waitUntil(() => element.shadowRoot?.activeElement?.localName === 'h2');
    expect(textOf(part(element, 'h2'))).to.contain('was cancelled');
    expect(said).to.deep.equal([]);
  });

  it('hears it although the focus stays where it was in the element', async () => {
    const client = fakeClient({ now: AT.open });
    const element = await mount(
      'active-session',
      client,
      html`<active-session time-zone="Europe/London"></active-session>`,
    );
    const said = heard(element);
    client.session(BOOKING.id).set({ notes: { ...sessionView(BOOKING, AT.open).notes, problems: [] } });
    const heading = part(element, 'h2');
    heading.focus();
    await change(element, client, LATE);
    expect(element.shadowRoot?.activeElement).to.equal(heading);
    expect(said).to.deep.equal(['Dr. Smith is running late and expects to start at about 10:15.']);
  });

  it('hears nothing of a call from here: the call says itself where it stands', async () => {
    const client = fakeClient({ now: AT.open });
    const element = await shown(client);
    const said = heard(element);
    const parties = [party('patient')];
    await change(element, client, BOOKING, { call: call({ state: 'waiting' }), parties });
    await change(element, client, BOOKING, { lastCall: { outcome: 'left', error: null }, parties });
    expect(said).to.deep.equal([]);
  });
});

describe('<active-session>, by keyboard', () => {
  const phases: readonly (readonly [string, FakeClientOptions, readonly string[]])[] = [
    ['nothing booked', { bookings: [] }, ['Book an appointment']],
    ['open', { now: AT.open }, ['Start Call']],
    ['open again', { now: AT.talking, bookings: [MET] }, ['Come back']],
    ['elsewhere', ELSEWHERE, ['Continue here']],
    ['cancelled', { now: AT.open, bookings: [{ ...BOOKING, status: 'cancelled' }] }, ['Book an appointment']],
    ['missed', { now: AT.after }, ['Book an appointment']],
  ];

  for (const [name, options, stops] of phases) {
    it(`stops only at what can be done: ${name}`, async () => {
      const element = await shown(fakeClient(options));
      if (options.bookings?.length !== 0) element.bookingId = BOOKING.id;
      await settled(element);
      expect(tabStops(element).slice(0, stops.length)).to.deep.equal(stops);
      const heading = textOf(element).indexOf(textOf(element.shadowRoot?.querySelector('h2') ?? element));
      expect(heading).to.be.lessThan(textOf(element).indexOf(stops[0] ?? ''));
    });
  }
});
