import { SessionError } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient } from '../test-support/fake-client.js';
import { EVERYTHING } from '../test-support/fixtures.js';
import { buttonNamed, mount, part, settled, textOf } from '../test-support/page.js';
import type { BookingRequired } from './booking-required.js';

const shown = (client = fakeClient({ bookings: [] })): Promise<BookingRequired> =>
  mount('booking-required', client, html`<booking-required open time-zone="Europe/London"></booking-required>`);
const dialog = (element: BookingRequired): HTMLDialogElement => part(element, 'dialog', HTMLDialogElement);

describe('<booking-required>', () => {
  it('says plainly that nothing is booked', async () => {
    const element = await shown();
    expect(dialog(element).matches(':modal')).to.equal(true);
    expect(textOf(element)).to.contain('You have no session booked.');
    await expect(element).to.be.accessible();
  });

  it('tells of the next booking and counts down to it', async () => {
    const element = await shown(fakeClient());
    expect(textOf(element)).to.contain('Your next session with Dr. Smith is tomorrow, 10:00.');
    expect(textOf(element)).to.contain('21 hours 14 minutes 09 seconds');
    await expect(element).to.be.accessible();
  });

  it('asks to book and makes way', async () => {
    const element = await shown();
    let asked = 0;
    element.addEventListener('book-appointment-request', () => (asked += 1));
    buttonNamed(element, 'Book an appointment').click();
    await settled(element);
    expect(asked).to.equal(1);
    expect(dialog(element).open).to.equal(false);
  });

  it('gives the focus back when it is dismissed', async () => {
    const element = await shown();
    element.close();
    await settled(element);
    const opener = document.createElement('button');
    document.body.append(opener);
    opener.focus();
    element.show();
    await settled(element);
    expect(element.shadowRoot?.activeElement?.localName).to.equal('h2');
    dialog(element).requestClose();
    await waitUntil(() => !element.open);
    await settled(element);
    expect(document.activeElement).to.equal(opener);
    opener.remove();
  });

  it('can be opened again after it was taken out of the page', async () => {
    const element = await shown();
    const parent = element.parentElement!;
    element.remove();
    parent.append(element);
    await settled(element);
    expect(dialog(element).open).to.equal(false);
    element.show();
    await settled(element);
    expect(dialog(element).matches(':modal')).to.equal(true);
  });

  it('says nothing of bookings before they are known', async () => {
    const loading = await shown(fakeClient({ bookings: [], view: { state: 'loading' } }));
    expect(textOf(loading)).to.contain('Loading…').and.to.not.contain('no session booked');
    const error = new SessionError('network', 'for developers');
    const failed = await shown(fakeClient({ bookings: [], view: { state: 'failed', error } }));
    expect(textOf(failed)).to.contain('We can’t reach your appointments right now.').and.to.contain('Try again');
    expect(textOf(failed)).to.not.contain('no session booked');
    await expect(failed).to.be.accessible();
  });

  it('offers no booking where the backend has none', async () => {
    const can = { ...EVERYTHING, book: false };
    const element = await shown(fakeClient({ bookings: [], view: { can } }));
    expect(textOf(element)).to.not.contain('Book an appointment');
  });
});
