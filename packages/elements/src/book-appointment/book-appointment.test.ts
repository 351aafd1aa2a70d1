import { SessionError, type BookingId } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { EVERYTHING } from '../test-support/fixtures.js';
import { buttonNamed, mount, part, settled, textOf } from '../test-support/page.js';
import type { BookAppointment } from './book-appointment.js';

async function shown(client: FakeClient): Promise<BookAppointment> {
  const element = await mount(
    'book-appointment',
    client,
    html`<book-appointment time-zone="Europe/London"></book-appointment>`,
  );
  await has(element, 'Dr. Smith');
  return element;
}

async function has(element: BookAppointment, text: string): Promise<void> {
  await waitUntil(() => textOf(element).includes(text), `“${text}” in “${textOf(element)}”`);
}

async function choose(element: BookAppointment, selector: string, text: string): Promise<void> {
  const labels = [...(element.shadowRoot?.querySelectorAll(selector) ?? [])];
  labels
    .find((label) => textOf(label).includes(text))
    ?.querySelector('input')
    ?.click();
  await settled(element);
}

async function press(element: BookAppointment, name: string): Promise<void> {
  buttonNamed(element, name).click();
  await settled(element);
}

const REASON = 'Headaches <b>for</b> two weeks';

async function toReview(element: BookAppointment, provider = 'Dr. Smith'): Promise<void> {
  await choose(element, '.provider', provider);
  await press(element, 'Continue');
  await has(element, '09:30');
  await choose(element, '.slot', '09:30');
  await press(element, 'Continue');
  const reason = part(element, 'textarea', HTMLTextAreaElement);
  reason.value = REASON;
  reason.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await press(element, 'Continue');
}

describe('<book-appointment>', () => {
  it('books what was chosen, and says what happens next', async () => {
    const client = fakeClient({ bookings: [] });
    const element = await shown(client);
    const booked: BookingId[] = [];
    element.addEventListener('appointment-booked', (event) => booked.push(event.bookingId));
    for (const step of ['Step 1 of 4', 'Step 2 of 4', 'Step 3 of 4']) {
      expect(textOf(element)).to.contain(step);
      await expect(element).to.be.accessible();
      if (step === 'Step 1 of 4') await choose(element, '.provider', 'Dr. Smith');
      else if (step === 'Step 2 of 4') await choose(element, '.slot', '09:30');
      await press(element, 'Continue');
      if (step === 'Step 1 of 4') await has(element, '09:30');
    }
    expect(textOf(element)).to.contain('Check your appointment');
    expect(element.shadowRoot?.activeElement?.id).to.equal('heading');
    await expect(element).to.be.accessible();
    await press(element, 'Confirm booking');
    await has(element, 'Your appointment is booked.');
    expect(textOf(element)).to.match(/Wednesday,? 7 January 2026 , 09:30 GMT/);
    expect(textOf(element)).to.contain('You can join from tomorrow, 08:30');
    expect(booked).to.deep.equal(['new']);
    expect(client.commands).to.deep.equal([
      ['book', { provider: 'dr-smith', dateTime: '2026-01-07T09:30:00.000Z', notes: '' }],
    ]);
    await expect(element).to.be.accessible();
  });

  it('shows both clocks where the provider is in another zone', async () => {
    const element = await shown(fakeClient());
    await toReview(element, 'Dr. Lee');
    expect(textOf(element)).to.contain('09:30 GMT 04:30 GMT-5 for Dr. Lee');
  });

  it('asks for what is missing, in place', async () => {
    const element = await shown(fakeClient());
    await press(element, 'Continue');
    expect(textOf(part(element, '[role=alert]'))).to.equal('Choose who you would like to see.');
    expect(element.shadowRoot?.activeElement?.id).to.equal('problem');
    await choose(element, '.provider', 'Dr. Smith');
    await press(element, 'Continue');
    await has(element, '09:30');
    await press(element, 'Continue');
    expect(textOf(part(element, '[role=alert]'))).to.equal('Choose a day and a time.');
    await expect(element).to.be.accessible();
  });

  it('loses nothing when somebody was faster: looks for times again and says so', async () => {
    const client = fakeClient();
    const element = await shown(client);
    await toReview(element);
    const { slots } = client.answer;
    client.answer.slots = async (provider) => (await slots(provider)).filter(({ start }) => !start.includes('09:30'));
    client.answer.book = () => Promise.reject(new SessionError('slot-taken', 'x'));
    await press(element, 'Confirm booking');
    await has(element, 'Somebody has just booked 09:30.');
    await has(element, '14:00');
    expect(textOf(part(element, '.slots'))).to.not.contain('09:30');
    await choose(element, '.slot', '14:00');
    await press(element, 'Continue');
    expect(part(element, 'textarea', HTMLTextAreaElement).value).to.equal(REASON);
    await press(element, 'Continue');
    expect(textOf(element)).to.contain('Dr. Smith');
    expect(textOf(element)).to.contain(REASON);
  });

  it('tries again under the same key, and takes a new one for another booking', async () => {
    const client = fakeClient();
    const element = await shown(client);
    await toReview(element);
    client.answer.book = () => Promise.reject(new SessionError('network', 'x'));
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await press(element, 'Confirm booking');
      await waitUntil(() => client.bookingKeys.length === attempt);
      await has(element, 'Trying again will not book it twice.');
    }
    await press(element, 'Change');
    await press(element, 'Continue');
    await choose(element, '.slot', '14:00');
    await press(element, 'Continue');
    await press(element, 'Continue');
    await press(element, 'Confirm booking');
    await waitUntil(() => client.bookingKeys.length === 3);
    const [first, second, third] = client.bookingKeys;
    expect(first).to.be.a('string');
    expect(second).to.equal(first);
    expect(third).to.not.equal(first);
  });

  it('sends once, however often it is pressed', async () => {
    const client = fakeClient();
    const element = await shown(client);
    await toReview(element);
    client.answer.book = () => new Promise(() => undefined);
    await press(element, 'Confirm booking');
    await press(element, 'Booking your appointment…');
    expect(client.bookingKeys).to.have.length(1);
    await expect(element).to.be.accessible();
  });

  it('says when there is nothing to choose from, or it can’t be read', async () => {
    const client = fakeClient();
    const element = await shown(client);
    client.answer.slots = async () => [];
    await choose(element, '.provider', 'Dr. Lee');
    await press(element, 'Continue');
    await has(element, 'Dr. Lee has no free time in the next 14 days.');
    expect(textOf(element)).to.not.contain('Continue');
    client.answer.slots = () => Promise.reject(new SessionError('network', 'x'));
    await press(element, 'Back');
    await choose(element, '.provider', 'Dr. Smith');
    await press(element, 'Continue');
    await has(element, 'We can’t show the free times right now.');
    await expect(element).to.be.accessible();
  });

  it('says when booking is not offered', async () => {
    const can = { ...EVERYTHING, book: false };
    const element = await mount(
      'book-appointment',
      fakeClient({ view: { can } }),
      html`<book-appointment></book-appointment>`,
    );
    expect(textOf(element)).to.equal('Appointments can’t be booked here.');
  });
});
