import { SessionError, type Booking } from '@active-session/core';
import { createClinic, createSimulatedClock, type Clinic, type Page } from '@active-session/testing';
import { expect } from '@open-wc/testing';
import { bookingForm, choose, press, REASON, says, toReview, until } from '../test-support/booking-steps.js';
import { part, textOf } from '../test-support/page.js';
import type { BookAppointment } from './book-appointment.js';

interface Scene {
  readonly clinic: Clinic;
  readonly page: Page;
  readonly element: BookAppointment;
  /** What the server has of Ann. */
  readonly booked: () => readonly Booking[];
}

const NOW = '2026-01-07T08:00:00.000Z';
const TEN = '2026-01-07T10:00:00.000Z';

async function scene(): Promise<Scene> {
  const clinic = createClinic({
    clock: createSimulatedClock({ wall: NOW }),
    hours: { from: 540, to: 1_080, slotMinutes: 30 },
  });
  const page = clinic.open('ann');
  await until(() => page.client.getSnapshot().state === 'ready');
  const element = await bookingForm(page.client, 'UTC');
  return { clinic, page, element, booked: () => page.client.getSnapshot().bookings.map(({ booking }) => booking) };
}

describe('<book-appointment> at a clinic', () => {
  it('books what was chosen', async () => {
    const { element, booked } = await scene();
    await toReview(element, 'Dr. Smith', '10:00');
    await press(element, 'Confirm booking');
    await says(element, 'Your appointment is booked.');
    expect(booked()).to.have.length(1);
    expect(booked()[0]).to.include({ provider: 'dr-smith', notes: REASON, sessionType: 'Video Consultation' });
    expect(booked()[0]?.dateTime).to.equal(TEN);
  });

  it('says that somebody was faster, shows what is left, and books that', async () => {
    const { clinic, element, booked } = await scene();
    await toReview(element, 'Dr. Smith', '10:00');
    clinic.backend.putBooking({ patient: 'bob', provider: 'dr-smith', start: Date.parse(TEN) });
    await press(element, 'Confirm booking');
    await says(element, 'Somebody has just booked 10:00.');
    await until(() => !textOf(part(element, '.slots')).includes('10:00'));
    await choose(element, '.slot', '10:30');
    await press(element, 'Continue');
    expect(part(element, 'textarea', HTMLTextAreaElement).value).to.equal(REASON);
    await press(element, 'Continue');
    await press(element, 'Confirm booking');
    await says(element, 'Your appointment is booked.');
    expect(booked().map(({ notes }) => notes)).to.deep.equal([REASON]);
  });

  it('books once when the answer is lost and the person tries again', async () => {
    const { clinic, element, booked } = await scene();
    clinic.backend.disconnectEvents('ann');
    await toReview(element, 'Dr. Smith', '10:00');
    clinic.backend.fail('bookings.book', new SessionError('network', 'x'), { afterDoing: true });
    await press(element, 'Confirm booking');
    await says(element, 'We do not know yet whether your appointment is booked.');
    await press(element, 'Confirm booking');
    await says(element, 'Your appointment is booked.');
    expect(booked()).to.have.length(1);
  });

  it('shows by itself that it is booked, once it hears of it', async () => {
    const { clinic, element, booked } = await scene();
    await toReview(element, 'Dr. Smith', '10:00');
    let told = 0;
    element.addEventListener('appointment-booked', () => (told += 1));
    clinic.backend.fail('bookings.book', new SessionError('timeout', 'x'), { afterDoing: true });
    await press(element, 'Confirm booking');
    await says(element, 'Your appointment is booked.');
    expect(booked()).to.have.length(1);
    expect(told).to.equal(1);
  });

  it('says so when an earlier try was booked besides, and offers to cancel that', async () => {
    const { clinic, page, element, booked } = await scene();
    const reconnect = clinic.backend.disconnectEvents('ann');
    await toReview(element, 'Dr. Smith', '10:00');
    clinic.backend.fail('bookings.book', new SessionError('network', 'x'), { afterDoing: true });
    await press(element, 'Confirm booking');
    await says(element, 'We do not know yet whether your appointment is booked.');
    await press(element, 'Change Date');
    await choose(element, '.slot', '11:00');
    await press(element, 'Continue');
    await press(element, 'Continue');
    await press(element, 'Confirm booking');
    await says(element, 'Your appointment is booked.');
    reconnect();
    page.client.refresh();
    await says(element, 'Your first try arrived after all');
    expect(booked()).to.have.length(2);
    await expect(element).to.be.accessible();
    const [, besides] = element.shadowRoot?.querySelectorAll('appointment-actions') ?? [];
    const first = booked().find(({ dateTime }) => dateTime === TEN);
    expect(besides?.bookingId).to.equal(first?.id);
    await page.client.cancel(first?.id ?? '');
    await until(() => !textOf(element).includes('Your first try'));
    expect(textOf(element)).to.contain('Your appointment is booked.');
  });

  it('knows a time that this person has booked in another tab', async () => {
    const { clinic, page, element } = await scene();
    await toReview(element, 'Dr. Smith', '10:00');
    const other = clinic.open('ann', { besides: page });
    await other.client.book({ provider: 'dr-smith', dateTime: TEN, notes: '' });
    await until(() => page.client.getSnapshot().bookings.length === 1);
    await press(element, 'Confirm booking');
    await says(element, 'You have 10:00 booked already.');
  });

  it('forgets all that was entered when the person signs out', async () => {
    const { page, element } = await scene();
    await toReview(element, 'Dr. Smith', '10:00');
    await page.client.signOut();
    await says(element, 'You are signed out.');
    expect(textOf(element)).to.not.contain('Headaches');
  });
});
