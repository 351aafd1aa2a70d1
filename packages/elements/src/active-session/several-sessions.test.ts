import type { Booking, SessionView } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, call, COMPLETED, judged, sessionView } from '../test-support/fixtures.js';
import { buttonNamed, buttonsIn, heard, mount, settled, textOf } from '../test-support/page.js';
import type { ActiveSession } from './active-session.js';

const LEE: Booking = {
  ...BOOKING,
  id: 2,
  provider: 'dr-lee',
  providerName: 'Dr. Lee',
  dateTime: '2026-01-07T10:30:00.000Z',
};

/** Both are open. By the rule it is Dr. Smith's until 10:15, then Dr. Lee's. */
const both = (now = AT.open): FakeClient => fakeClient({ now, bookings: [BOOKING, LEE] });

const shown = (client: FakeClient): Promise<ActiveSession> =>
  mount('active-session', client, html`<active-session time-zone="Europe/London"></active-session>`);

const heading = (element: ActiveSession): string => textOf(element.shadowRoot?.querySelector('.person') ?? element);

async function activate(element: ActiveSession, client: FakeClient, booking: Booking): Promise<void> {
  client.set({ active: judged(booking, client.time) });
  await settled(element);
}

async function set(element: ActiveSession, client: FakeClient, id: number, view: Partial<SessionView>): Promise<void> {
  client.session(id).set(view);
  await settled(element);
}

describe('<active-session>, with several open sessions', () => {
  it('keeps the others in reach, with a name and a time', async () => {
    const element = await shown(both());
    expect(heading(element)).to.contain('Dr. Smith');
    expect(textOf(element)).to.contain('Also open now').and.to.contain('today, 10:30');
    await expect(element).to.be.accessible();
    const button = buttonNamed(element, 'Go to your session with Dr. Lee');
    button.focus();
    button.click();
    await settled(element);
    expect(heading(element)).to.contain('Dr. Lee');
    await waitUntil(() => element.shadowRoot?.activeElement?.localName === 'h2');
    buttonNamed(element, 'Go to your session with Dr. Smith').click();
    await settled(element);
    expect(heading(element)).to.contain('Dr. Smith');
  });

  it('shows the one that the rule names, and says that it is another one now', async () => {
    const client = both();
    const element = await shown(client);
    const said = heard(element);
    await activate(element, client, LEE);
    expect(heading(element)).to.contain('Dr. Lee');
    expect(said).to.deep.equal(['Your session with Dr. Lee is open.']);
  });

  it('stays with the one that the person chose, or uses just now', async () => {
    const client = both();
    const element = await shown(client);
    buttonNamed(element, 'Go to your session with Dr. Lee').click();
    await settled(element);
    client.set({ connection: 'polling' });
    await settled(element);
    expect(heading(element)).to.contain('Dr. Lee');

    const other = both();
    const used = await shown(other);
    buttonNamed(used, 'Start Call').focus();
    await activate(used, other, LEE);
    expect(heading(used)).to.contain('Dr. Smith');
    buttonNamed(used, 'Start Call').blur();
    other.set({ connection: 'polling' });
    await settled(used);
    expect(heading(used)).to.contain('Dr. Lee');
  });

  it('offers no other session during a call, and does after it was left', async () => {
    const client = both();
    const element = await shown(client);
    await set(element, client, 123456789, { call: call() });
    await activate(element, client, LEE);
    expect(textOf(element)).to.contain('Dr. Smith').and.to.contain('End Call').and.to.not.contain('Also open now');
    element.shadowRoot?.querySelector<HTMLElement>('session-call')?.focus();
    await set(element, client, 123456789, { call: null, lastCall: { outcome: 'left', error: null } });
    expect(textOf(element)).to.contain('You have left the call.').and.to.contain('Go to your session with Dr. Lee');
  });

  it('keeps a summary that has come, says that the next one opened, and leads there', async () => {
    const client = fakeClient({ now: AT.talking, bookings: [BOOKING] });
    const element = await shown(client);
    const said = heard(element);
    client.time = AT.ended;
    client.session(BOOKING.id).view.set(sessionView(COMPLETED, AT.ended));
    client.set({ bookings: [judged(COMPLETED, AT.ended)], active: null });
    await settled(element);
    client.set({ bookings: [judged(COMPLETED, AT.ended), judged(LEE, AT.ended)], active: judged(LEE, AT.ended) });
    await settled(element);
    expect(heading(element)).to.contain('Dr. Smith');
    expect(said).to.deep.equal(['Your session with Dr. Smith has ended.', 'Your session with Dr. Lee is open.']);
    buttonNamed(element, 'Go to your next session').click();
    await settled(element);
    expect(heading(element)).to.contain('Dr. Lee');
  });

  it('leaves the choice to a portal that names the booking', async () => {
    const element = await shown(both());
    element.bookingId = LEE.id;
    await settled(element);
    expect(heading(element)).to.contain('Dr. Lee');
    expect(buttonsIn(element).map(textOf).join()).to.not.contain('Go to');
  });

  it('does not hold on to a booking that is the person’s no more', async () => {
    const client = both();
    const element = await shown(client);
    client.set({ bookings: [judged(LEE, AT.open)], active: judged(LEE, AT.open) });
    await set(element, client, 123456789, { state: 'missing', booking: null, phase: null });
    expect(heading(element)).to.contain('Dr. Lee');
    client.set({ bookings: [], active: null });
    await set(element, client, 2, { state: 'missing', booking: null, phase: null });
    expect(textOf(element)).to.contain('You have no session booked.');
  });
});
