import { isLive, SessionError, type Booking } from '@active-session/core';
import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type OpenOptions,
  type SimulatedClock,
} from '@active-session/testing';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { choose, press, says, until, write } from '../test-support/booking-steps.js';
import { mount, part, settled, textOf } from '../test-support/page.js';
import type { AppointmentActions } from './appointment-actions.js';

interface Scene {
  readonly clinic: Clinic<SimulatedClock>;
  readonly element: AppointmentActions;
  /** As the server has it. */
  readonly booking: () => Booking;
}

const HOUR = 60 * 60_000;

/** Ann has an appointment with Dr. Smith at noon; it is eight o'clock. */
async function scene(options: OpenOptions = {}): Promise<Scene> {
  const clinic = createClinic({
    clock: createSimulatedClock({ wall: '2026-01-07T08:00:00.000Z' }),
    hours: { from: 540, to: 1_080, slotMinutes: 30 },
  });
  const { id } = clinic.book({ startsIn: 4 * HOUR });
  const page = clinic.open('ann', options);
  await until(() => page.client.getSnapshot().state === 'ready');
  const element = await mount(
    'appointment-actions',
    page.client,
    html`<appointment-actions booking-id=${id} time-zone="UTC"></appointment-actions>`,
  );
  return { clinic, element, booking: () => clinic.backend.booking(id) };
}

async function open(element: AppointmentActions, name: 'change' | 'cancel'): Promise<void> {
  part(element, `[part=${name}-button]`).click();
  await settled(element);
}

async function confirm(element: AppointmentActions): Promise<void> {
  part(element, '[part=confirm-button]').click();
  await settled(element);
}

async function chooseAt(element: AppointmentActions, time: string): Promise<void> {
  await open(element, 'change');
  await says(element, time);
  await choose(element, '.slot', time);
}

describe('<appointment-actions> at a clinic', () => {
  it('moves the appointment', async () => {
    const { element, booking } = await scene();
    await chooseAt(element, '15:00');
    await confirm(element);
    await says(element, 'Your appointment with Dr. Smith is now today, 15:00.');
    expect(booking()).to.include({ dateTime: '2026-01-07T15:00:00.000Z', status: 'scheduled' });
  });

  it('says who was faster when the time has just been taken, and moves it to another', async () => {
    const { clinic, element, booking } = await scene();
    await chooseAt(element, '15:00');
    clinic.backend.putBooking({ patient: 'bob', provider: 'dr-smith', start: Date.parse('2026-01-07T15:00:00.000Z') });
    await confirm(element);
    await says(element, 'Somebody has just booked 15:00. Your appointment is still today, 12:00.');
    await until(() => !textOf(part(element, '.slots')).includes('15:00'));
    expect(booking().dateTime).to.equal('2026-01-07T12:00:00.000Z');
    await choose(element, '.slot', '15:30');
    await confirm(element);
    await says(element, 'is now today, 15:30.');
  });

  it('loses the race against the provider who moves it: nothing is overwritten unseen', async () => {
    const { clinic, element, booking } = await scene();
    const reconnect = clinic.backend.disconnectEvents('ann');
    await chooseAt(element, '15:00');
    const doctor = clinic.open('dr-smith');
    await until(() => doctor.client.getSnapshot().bookings.length > 0);
    await doctor.client.reschedule(booking().id, '2026-01-07T16:00:00.000Z');
    await confirm(element);
    await says(
      element,
      'The time was changed meanwhile, by Dr. Smith or on another page of yours. Your appointment is now today, 16:00.',
    );
    expect(booking().dateTime).to.equal('2026-01-07T16:00:00.000Z');
    await confirm(element);
    await says(element, 'Your appointment with Dr. Smith is now today, 15:00.');
    reconnect();
  });

  it('moves it once when the answer is lost and the person tries again', async () => {
    const { clinic, element, booking } = await scene();
    clinic.backend.disconnectEvents('ann');
    await chooseAt(element, '15:00');
    clinic.backend.fail('bookings.reschedule', new SessionError('network', 'x'), { afterDoing: true });
    await confirm(element);
    await says(element, 'We do not know yet whether the time is changed.');
    const { version } = booking();
    await confirm(element);
    await says(element, 'Your appointment with Dr. Smith is now today, 15:00.');
    expect(booking().version).to.equal(version);
  });

  it('says that a session that runs can’t be moved, though this page had not heard that it does', async () => {
    const { clinic, element, booking } = await scene({ backend: ({ events: _, ...rest }) => rest });
    await clinic.clock.advance(4 * HOUR);
    await chooseAt(element, '15:00');
    const pages = ['ann', 'dr-smith'].map((person) => clinic.open(person));
    const sessions = pages.map((page) => page.watch(booking().id));
    await clinic.clock.settle();
    for (const session of sessions) session.start();
    await until(async () => {
      await clinic.clock.advance(100);
      return isLive({ attendance: booking().attendance ?? [] });
    });
    await confirm(element);
    await says(element, 'Your session is running, so its time can’t be changed now.');
    expect(booking().dateTime).to.equal('2026-01-07T12:00:00.000Z');
    for (const page of pages) page.client.close();
  });

  it('cancels it, with the reason', async () => {
    const { element, booking } = await scene();
    await open(element, 'cancel');
    await write(element, '#cancel-reason', 'I feel better.');
    await confirm(element);
    await says(element, 'Your appointment with Dr. Smith today, 12:00 is cancelled.');
    expect(booking()).to.include({ status: 'cancelled', cancelReason: 'I feel better.' });
  });

  it('says that the provider has cancelled it already, though this page had not heard of it', async () => {
    const { clinic, element, booking } = await scene();
    clinic.backend.disconnectEvents('ann');
    const doctor = clinic.open('dr-smith');
    await until(() => doctor.client.getSnapshot().bookings.length > 0);
    await doctor.client.cancel(booking().id, 'I am ill.');
    await clinic.clock.advance(10_000);
    await open(element, 'cancel');
    await confirm(element);
    await says(element, 'Dr. Smith has cancelled your appointment today, 12:00.');
    expect(booking().cancelReason).to.equal('I am ill.');
  });

  it('says so live when the provider cancels while the person is choosing another time', async () => {
    const { clinic, element, booking } = await scene();
    await chooseAt(element, '15:00');
    const doctor = clinic.open('dr-smith');
    await until(() => doctor.client.getSnapshot().bookings.length > 0);
    await doctor.client.cancel(booking().id);
    await says(element, 'Dr. Smith has cancelled your appointment today, 12:00.');
    await press(element, 'Close');
    expect(element.checkVisibility()).to.equal(false);
  });

  it('refuses a reason that the clinic can’t take, and keeps it to be changed', async () => {
    const { element, booking } = await scene();
    await open(element, 'cancel');
    await write(element, '#cancel-reason', 'no-show');
    await confirm(element);
    await says(element, 'The clinic can’t take this text as it is.');
    expect(booking().status).to.equal('scheduled');
    await write(element, '#cancel-reason', 'I can’t come.');
    await confirm(element);
    await says(element, 'is cancelled.');
  });
});
