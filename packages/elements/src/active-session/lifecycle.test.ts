import { expect } from '@open-wc/testing';
import { BookingRequired } from '../booking-required/booking-required.js';
import { SessionReturnBanner } from '../session-return-banner/session-return-banner.js';
import { fakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, call, COMPLETED, MET } from '../test-support/fixtures.js';
import { expectNothingLeft } from '../test-support/mounts.js';
import { buttonNamed, settled, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import { ActiveSession } from './active-session.js';
import '../define.js';

const phases: readonly (readonly [string, FakeClientOptions])[] = [
  ['nothing booked', { bookings: [] }],
  ['upcoming', {}],
  ['open', { now: AT.open }],
  ['in call', { now: AT.talking, bookings: [MET], session: () => ({ call: call() }) }],
  ['completed', { now: AT.ended, bookings: [COMPLETED] }],
];

describe('elements that come and go', () => {
  for (const [name, options] of phases) {
    it(`<active-session> leaves nothing behind: ${name}`, async () => {
      await expectNothingLeft({
        client: () => fakeClient(options),
        make(client) {
          const element = new ActiveSession();
          element.client = client;
          if (options.bookings?.[0] !== undefined) element.bookingId = BOOKING.id;
          return element;
        },
      });
    });
  }

  it('<active-session> leaves nothing behind after printing', async () => {
    const undo = replace(window, 'print', () => undefined);
    await expectNothingLeft({
      client: () => fakeClient({ now: AT.ended, bookings: [COMPLETED] }),
      make(client) {
        const element = new ActiveSession();
        element.client = client;
        element.bookingId = BOOKING.id;
        return element;
      },
      use: (element) => buttonNamed(element, 'Print this summary').click(),
    }).finally(undo);
  });

  it('<booking-required> leaves nothing behind', async () => {
    await expectNothingLeft({
      client: () => fakeClient(),
      make(client) {
        const element = new BookingRequired();
        element.client = client;
        element.open = true;
        return element;
      },
    });
  });

  it('<session-return-banner> leaves nothing behind', async () => {
    await expectNothingLeft({
      client: () => fakeClient({ now: AT.talking, bookings: [MET], session: () => ({ call: call() }) }),
      make(client) {
        const element = new SessionReturnBanner();
        element.client = client;
        element.sticky = true;
        return element;
      },
    });
  });

  it('<active-session> is as it was after a double mount, a move, and a time away', async () => {
    const client = fakeClient({ now: AT.open });
    const element = new ActiveSession();
    element.client = client;
    element.lang = 'en-GB';
    document.body.append(element);
    element.remove();
    document.body.append(element);
    await settled(element);
    expect(textOf(element)).to.contain('Start Call');
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await settled(element);
    expect(textOf(element)).to.contain('Start Call');
    element.remove();
    client.session(BOOKING.id).set({ call: call() });
    document.body.append(element);
    await settled(element);
    expect(textOf(element)).to.contain('End Call');
    expect(client.session(BOOKING.id).commands).to.deep.equal([]);
    element.remove();
    elsewhere.remove();
  });

  it('<active-session> keeps what is being entered when it moves', async () => {
    const element = new ActiveSession();
    element.client = fakeClient({ bookings: [] });
    document.body.append(element);
    await settled(element);
    buttonNamed(element, 'Book an appointment').click();
    await settled(element);
    const form = element.shadowRoot?.querySelector('book-appointment');
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await settled(element);
    expect(element.shadowRoot?.querySelector('book-appointment')).to.equal(form);
    expect(textOf(element)).to.contain('Who would you like to see?');
    elsewhere.remove();
  });
});
