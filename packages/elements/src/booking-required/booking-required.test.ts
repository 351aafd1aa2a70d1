import { SessionError, type BookingId } from '@active-session/core';
import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, EVERYTHING, judged } from '../test-support/fixtures.js';
import { buttonNamed, heard, mount, part, settled, textOf } from '../test-support/page.js';
import { inScope } from '../test-support/render.js';
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

  it('makes way for a portal that books elsewhere, which can take the focus there at once', async () => {
    const element = await shown();
    const place = document.createElement('button');
    document.body.append(place);
    const asked: Event[] = [];
    element.addEventListener('book-appointment-request', (event) => {
      asked.push(event);
      event.preventDefault();
      place.focus();
    });
    buttonNamed(element, 'Book an appointment').click();
    await settled(element);
    expect(asked).to.have.length(1);
    expect(dialog(element).open).to.equal(false);
    expect(element.open).to.equal(false);
    expect(document.activeElement).to.equal(place);
    place.remove();
  });

  it('books itself where the portal has no place for it, and keeps what was entered', async () => {
    const element = await shown();
    buttonNamed(element, 'Book an appointment').click();
    await waitUntil(() => textOf(element).includes('Who would you like to see?'));
    expect(dialog(element).matches(':modal')).to.equal(true);
    await waitUntil(() => element.shadowRoot?.activeElement?.localName === 'book-appointment');
    await waitUntil(() => textOf(element).includes('Dr. Lee'));
    const form = part(element, 'book-appointment');
    form.shadowRoot?.querySelector<HTMLInputElement>('input[type=radio]')?.click();
    await expect(element).to.be.accessible();
    element.close();
    await settled(element);
    element.show();
    await settled(element);
    expect(part(element, 'book-appointment')).to.equal(form);
    expect(form.shadowRoot?.querySelector<HTMLInputElement>('input[type=radio]')?.checked).to.equal(true);
    buttonNamed(element, 'Back').click();
    await settled(element);
    expect(textOf(element)).to.contain('You have no session booked.');
    await waitUntil(() => element.shadowRoot?.activeElement?.localName === 'h2');
  });

  for (const inline of [false, true]) {
    it(`says that the session opens meanwhile, once, and leads there (${inline ? 'inline' : 'dialog'})`, async () => {
      const client = fakeClient({ now: AT.beforeOpening });
      const element = await shown(client);
      element.inline = inline;
      await settled(element);
      const said = heard(element);
      client.time = AT.open;
      client.set({ bookings: [judged(BOOKING, AT.open)], active: judged(BOOKING, AT.open) });
      await settled(element);
      client.set({ connection: 'polling' });
      await settled(element);
      expect(textOf(part(element, 'h2'))).to.equal('Your session with Dr. Smith is open now.');
      expect(textOf(element)).to.not.contain('seconds');
      expect(said).to.deep.equal(['Your session with Dr. Smith is open now.']);
      // A button that is no longer the first choice changes its colour over a moment.
      await Promise.all(element.shadowRoot?.getAnimations().map(({ finished }) => finished) ?? []);
      await expect(element).to.be.accessible();
      const asked: BookingId[] = [];
      element.addEventListener('session-show-request', ({ bookingId }) => asked.push(bookingId));
      buttonNamed(element, 'Go to your session').click();
      await settled(element);
      expect(asked).to.deep.equal([BOOKING.id]);
      expect(element.open).to.equal(false);
    });
  }

  it('says it in the dialog where the focus is on another button, because all else is not read', async () => {
    const client = fakeClient({ now: AT.beforeOpening });
    const element = await shown(client);
    buttonNamed(element, 'Close').focus();
    client.set({ bookings: [judged(BOOKING, AT.open)], active: judged(BOOKING, AT.open) });
    await settled(element);
    expect(textOf(part(element, 'dialog [role=status]'))).to.equal('Your session with Dr. Smith is open now.');
    expect(textOf(element.shadowRoot?.activeElement ?? element)).to.equal('Close');
  });

  it('leads to the session on this page, unless the portal says where it is', async () => {
    const client = fakeClient({ now: AT.open });
    const scope = await fixture(
      inScope(client, html`<booking-required open></booking-required><active-session></active-session>`),
    );
    const element = scope.querySelector('booking-required')!;
    const session = scope.querySelector('active-session')!;
    await settled(element);
    await settled(session);
    element.addEventListener('session-show-request', (event) => event.preventDefault(), { once: true });
    buttonNamed(element, 'Go to your session').click();
    await settled(element);
    expect(document.activeElement).to.not.equal(session);
    element.show();
    await settled(element);
    buttonNamed(element, 'Go to your session').click();
    await settled(element);
    expect(document.activeElement).to.equal(session);
    expect(session.shadowRoot?.activeElement?.localName).to.equal('h2');
  });

  it('does not say that nothing is booked where something could not be read', async () => {
    const problems = [{ path: '0.status', message: 'expected one of …' }];
    const client = fakeClient({ bookings: [], view: { problems } });
    const element = await shown(client);
    expect(textOf(part(element, 'h2'))).to.equal('We can’t show one of your appointments.');
    buttonNamed(element, 'Try again').click();
    expect(client.commands).to.deep.equal([['refresh']]);
    await expect(element).to.be.accessible();
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

  it('stays open when it moves in the page, and what holds the focus with it', async () => {
    const element = await shown();
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    const { client } = { client: element.closest('session-scope')?.client };
    element.client = client;
    elsewhere.append(element);
    await settled(element);
    expect(dialog(element).matches(':modal')).to.equal(true);
    expect(element.shadowRoot?.activeElement?.localName).to.equal('h2');
    elsewhere.remove();
  });

  it('can be opened again after it was taken out of the page', async () => {
    const element = await shown();
    const parent = element.parentElement!;
    element.remove();
    await settled(element);
    parent.append(element);
    await settled(element);
    expect(dialog(element).open).to.equal(false);
    element.show();
    await settled(element);
    expect(dialog(element).matches(':modal')).to.equal(true);
  });

  it('does not open by itself for the next one who signs in', async () => {
    const client = fakeClient({ bookings: [] });
    const element = await shown(client);
    client.set({ state: 'signed-out', bookings: [] });
    await settled(element);
    client.set({ state: 'ready' });
    await settled(element);
    expect(dialog(element).open).to.equal(false);
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
