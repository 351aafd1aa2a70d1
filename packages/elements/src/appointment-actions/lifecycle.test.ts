import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { BookAppointment } from '../book-appointment/book-appointment.js';
import { choose, focused, press, REASON, says, toReview } from '../test-support/booking-steps.js';
import { fakeClient } from '../test-support/fake-client.js';
import { BOOKING } from '../test-support/fixtures.js';
import { expectNothingLeft } from '../test-support/mounts.js';
import { part, settled, textOf } from '../test-support/page.js';
import { AppointmentActions } from './appointment-actions.js';
import '../define.js';

const BOOKED = { ...BOOKING, version: 1 };

/** As waiting for it by the clock would, but that leaves a timer. */
async function showsTimes(element: LitElement): Promise<void> {
  for (let turn = 0; turn < 10 && !textOf(element).includes('09:30'); turn += 1) await settled(element);
  expect(textOf(element)).to.contain('09:30');
}

describe('booking, and what can be done with it, come and go', () => {
  it('<book-appointment> leaves nothing behind, while one chooses a time', async () => {
    await expectNothingLeft({
      client: () => fakeClient(),
      make(client) {
        const element = new BookAppointment();
        element.client = client;
        element.provider = 'dr-smith';
        element.lang = 'en-GB';
        element.timeZone = 'Europe/London';
        return element;
      },
      use: showsTimes,
    });
  });

  it('<appointment-actions> leaves nothing behind, no file and no open dialog', async () => {
    const [make, revoke] = [URL.createObjectURL.bind(URL), URL.revokeObjectURL.bind(URL)];
    const files = new Set<string>();
    URL.createObjectURL = (file) => {
      const address = make(file);
      files.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      files.delete(address);
      revoke(address);
    };
    await expectNothingLeft({
      client: () => fakeClient({ bookings: [BOOKED] }),
      make(client) {
        const element = new AppointmentActions();
        element.client = client;
        element.bookingId = BOOKED.id;
        element.lang = 'en-GB';
        element.timeZone = 'Europe/London';
        return element;
      },
      async use(element) {
        part(element, '[part=change-button]').click();
        await showsTimes(element);
      },
    }).finally(() => Object.assign(URL, { createObjectURL: make, revokeObjectURL: revoke }));
    expect([...files]).to.deep.equal([]);
  });

  it('keeps what was entered when the form moves in the page', async () => {
    const element = new BookAppointment();
    element.client = fakeClient();
    element.lang = 'en-GB';
    element.timeZone = 'Europe/London';
    document.body.append(element);
    await says(element, 'Dr. Smith');
    await toReview(element);
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await settled(element);
    expect(textOf(element)).to.contain(REASON);
    await press(element, 'Confirm booking');
    await says(element, 'Your appointment is booked.');
    elsewhere.remove();
  });

  it('has its dialog again when it moves in the page while that is open', async () => {
    const element = new AppointmentActions();
    element.client = fakeClient({ bookings: [BOOKED] });
    element.bookingId = BOOKED.id;
    element.lang = 'en-GB';
    element.timeZone = 'Europe/London';
    document.body.append(element);
    await settled(element);
    part(element, '[part=change-button]').click();
    await says(element, '09:30');
    await choose(element, '.slot', '09:30');
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await says(element, 'New time: tomorrow, 09:30');
    expect(part(element, 'dialog').matches(':modal')).to.equal(true);
    expect(focused(element)?.id).to.equal('question');
    elsewhere.remove();
  });
});
