import { SessionError, type Booking, type BookingId } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { choose, focused, press, says, shows, until, write } from '../test-support/booking-steps.js';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, COMPLETED, EVERYTHING } from '../test-support/fixtures.js';
import { buttonsIn, mount, part, settled, textOf } from '../test-support/page.js';
import type { AppointmentActions } from './appointment-actions.js';

const BOOKED: Booking = { ...BOOKING, version: 1, durationMinutes: 30 };
const RUNNING: Booking = {
  ...BOOKED,
  attendance: [{ seat: 'provider', role: 'provider', joinedAt: '2026-01-07T10:02:00.000Z' }],
};

async function shown(options: FakeClientOptions = {}): Promise<{ client: FakeClient; element: AppointmentActions }> {
  const client = fakeClient({ bookings: [BOOKED], ...options });
  const element = await mount(
    'appointment-actions',
    client,
    html`<appointment-actions booking-id=${String(BOOKING.id)} time-zone="Europe/London"></appointment-actions>`,
  );
  return { client, element };
}

const dialogOf = (element: AppointmentActions): HTMLDialogElement => part(element, 'dialog', HTMLDialogElement);

const offersOf = (element: AppointmentActions): readonly string[] =>
  [...(element.shadowRoot?.querySelectorAll('.offers .button') ?? [])].map(textOf);

/** Presses a button of the element itself, not of its dialog. */
async function offer(element: AppointmentActions, name: string): Promise<void> {
  const button = buttonsIn(element).find((one) => one.closest('dialog') === null && textOf(one) === name);
  button?.focus();
  button?.click();
  await settled(element);
}

async function confirm(element: AppointmentActions): Promise<void> {
  part(element, '[part=confirm-button]').click();
  await settled(element);
}

const refuse = (code: SessionError['code']) => (): Promise<never> => Promise.reject(new SessionError(code, 'x'));

const ALL = ['Add to calendar', 'Change the time', 'Cancel appointment'];

describe('<appointment-actions>', () => {
  const offers: readonly (readonly [string, FakeClientOptions, readonly string[]])[] = [
    ['before it opens', {}, ALL],
    ['while it is open', { now: AT.open }, ALL],
    ['while the call runs', { now: AT.talking, bookings: [RUNNING] }, ['Add to calendar', 'Cancel appointment']],
    ['when it has ended', { now: AT.ended, bookings: [COMPLETED] }, []],
    ['when it was missed', { now: AT.after }, []],
    ['when it was cancelled', { bookings: [{ ...BOOKED, status: 'cancelled' }] }, []],
    ['of somebody else', { bookings: [] }, []],
    ['where nothing can be cancelled', { view: { can: { ...EVERYTHING, cancel: false } } }, ALL.slice(0, 2)],
    [
      'where nothing can be moved',
      { view: { can: { ...EVERYTHING, reschedule: false } } },
      ['Add to calendar', 'Cancel appointment'],
    ],
    ['where bookings have no version', { bookings: [BOOKING] }, ['Add to calendar', 'Cancel appointment']],
    ['for its provider', { role: 'provider' }, ALL],
    ['for its provider, when it was missed', { now: AT.after, role: 'provider' }, ALL.slice(1)],
    ['to who is signed out', { view: { state: 'signed-out' } }, []],
  ];
  for (const [name, options, expected] of offers) {
    it(`offers what can be done, and takes no room where that is nothing: ${name}`, async () => {
      const { element } = await shown(options);
      expect(offersOf(element)).to.deep.equal(expected);
      expect(element.checkVisibility()).to.equal(expected.length > 0 || name === 'to who is signed out');
      if (expected.length === 0) expect(element.getBoundingClientRect().height).to.equal(0);
      await expect(element).to.be.accessible();
    });
  }

  it('says what to add where nobody gives it a client', async () => {
    const element = document.createElement('appointment-actions');
    document.body.append(element);
    await says(element, 'This part has no session client.');
    await settled(element);
    expect(element.checkVisibility()).to.equal(true);
    element.remove();
  });

  for (const [name, type] of [
    ['Cancel appointment', 'appointment-cancel-request'],
    ['Change the time', 'appointment-reschedule-request'],
  ] as const) {
    it(`lets the portal have its own way: ${type}`, async () => {
      const { element } = await shown();
      const ids: BookingId[] = [];
      const veto = (event: HTMLElementEventMap[typeof type]): void => {
        ids.push(event.bookingId);
        event.preventDefault();
      };
      document.addEventListener(type, veto);
      await offer(element, name);
      document.removeEventListener(type, veto);
      expect(ids).to.deep.equal([BOOKING.id]);
      expect(dialogOf(element).open).to.equal(false);
      await offer(element, name);
      expect(dialogOf(element).open).to.equal(true);
    });
  }

  describe('cancelling', () => {
    it('asks first, sends the reason, and says what happened', async () => {
      const { client, element } = await shown();
      const cancelled: BookingId[] = [];
      element.addEventListener('appointment-cancelled', ({ bookingId }) => cancelled.push(bookingId));
      await offer(element, 'Cancel appointment');
      expect(textOf(dialogOf(element))).to.contain('Cancel your appointment with Dr. Smith?');
      expect(textOf(dialogOf(element))).to.match(/Wednesday,? 7 January 2026, 10:00 GMT/);
      expect(focused(element)?.id).to.equal('question');
      expect(client.commands).to.deep.equal([]);
      await expect(element).to.be.accessible();
      await write(element, '#cancel-reason', '  I feel better. ');
      await confirm(element);
      await says(element, 'Your appointment with Dr. Smith tomorrow, 10:00 is cancelled.');
      expect(client.commands).to.deep.equal([['cancel', BOOKING.id, 'I feel better.']]);
      expect(cancelled).to.deep.equal([BOOKING.id]);
      expect(dialogOf(element).open).to.equal(false);
      expect(focused(element)?.id).to.equal('outcome');
      expect(offersOf(element)).to.deep.equal([]);
      await expect(element).to.be.accessible();
    });

    it('sends no reason where none was written', async () => {
      const { client, element } = await shown();
      await offer(element, 'Cancel appointment');
      await write(element, '#cancel-reason', '  ');
      await confirm(element);
      await says(element, 'is cancelled.');
      expect(client.commands).to.deep.equal([['cancel', BOOKING.id, undefined]]);
    });

    it('changes nothing when the person keeps it, gives the focus back, and keeps what was written', async () => {
      const { client, element } = await shown();
      await offer(element, 'Cancel appointment');
      await write(element, '#cancel-reason', 'I feel better.');
      await press(element, 'Keep appointment');
      expect(client.commands).to.deep.equal([]);
      expect(textOf(focused(element) ?? document.body)).to.equal('Cancel appointment');
      await offer(element, 'Cancel appointment');
      expect(part(element, '#cancel-reason', HTMLTextAreaElement).value).to.equal('I feel better.');
      dialogOf(element).close();
      await until(() => element.shadowRoot?.querySelector('#question') === null);
      expect(client.commands).to.deep.equal([]);
    });

    it('says that it was cancelled already, where the answer shows that by its time', async () => {
      const { client, element } = await shown();
      let told = 0;
      element.addEventListener('appointment-cancelled', () => (told += 1));
      client.answer.cancel = async (booking) => ({
        ...booking,
        status: 'cancelled',
        cancelledAt: new Date(client.time - 60_000).toISOString(),
      });
      await offer(element, 'Cancel appointment');
      await confirm(element);
      await says(element, 'Your appointment with Dr. Smith tomorrow, 10:00 was cancelled already.');
      expect(told).to.equal(0);
    });

    it('says who was faster, where the answer shows that', async () => {
      const { client, element } = await shown();
      client.answer.cancel = async (booking) => ({
        ...booking,
        status: 'cancelled',
        cancelledAt: new Date(client.time).toISOString(),
        cancelledBy: 'provider',
      });
      await offer(element, 'Cancel appointment');
      await confirm(element);
      await says(element, 'Dr. Smith has cancelled your appointment tomorrow, 10:00.');
    });

    const ends: readonly (readonly [string, Partial<Booking>, string])[] = [
      ['cancelled', { status: 'cancelled' }, 'was cancelled already.'],
      [
        'cancelled by the provider',
        { status: 'cancelled', cancelledBy: 'provider' },
        'Dr. Smith has cancelled your appointment tomorrow, 10:00.',
      ],
      ['cancelled by this person elsewhere', { status: 'cancelled', cancelledBy: 'patient' }, 'was cancelled already.'],
      ['ended', { status: 'completed' }, 'This session has ended.'],
    ];
    for (const [name, change, sentence] of ends) {
      it(`says so when it is ${name} while the person is being asked, and keeps the focus`, async () => {
        const { client, element } = await shown();
        await offer(element, 'Cancel appointment');
        part(element, '#cancel-reason').focus();
        client.put({ ...BOOKED, ...change, version: 2 });
        await says(element, sentence);
        expect(focused(element)?.id).to.equal('question');
        expect(shows(element, '[part=confirm-button]')).to.equal(false);
        await expect(element).to.be.accessible();
        await press(element, 'Close');
        expect(dialogOf(element).open).to.equal(false);
      });
    }

    const refusals: readonly (readonly [SessionError['code'], string])[] = [
      ['network', 'We can’t reach the clinic right now. We do not know yet whether your appointment is cancelled.'],
      ['malformed', 'We do not know yet whether your appointment is cancelled.'],
      ['invalid', 'The clinic can’t take this text as it is.'],
      ['session-ended', 'This session has ended. Your appointment is not cancelled.'],
      ['rate-limited', 'That was too often. Wait a moment. Your appointment is not cancelled.'],
      ['unauthenticated', 'Your sign-in has expired. Sign in again'],
    ];
    for (const [code, sentence] of refusals) {
      it(`says what came of it, and loses nothing: ${code}`, async () => {
        const { client, element } = await shown();
        client.answer.cancel = refuse(code);
        await offer(element, 'Cancel appointment');
        await write(element, '#cancel-reason', 'I feel better.');
        await confirm(element);
        await says(element, sentence);
        expect(focused(element)?.id).to.equal('problem');
        expect(part(element, '#cancel-reason', HTMLTextAreaElement).value).to.equal('I feel better.');
        await expect(element).to.be.accessible();
      });
    }

    it('says what came of it after the dialog was closed', async () => {
      const { client, element } = await shown();
      let fail = (_error: unknown): void => undefined;
      client.answer.cancel = () => new Promise((_resolve, reject) => (fail = reject));
      await offer(element, 'Cancel appointment');
      await confirm(element);
      await press(element, 'Keep appointment');
      expect(offersOf(element)).to.include('Cancelling…');
      await offer(element, 'Cancelling…');
      expect(dialogOf(element).open, 'not twice').to.equal(false);
      fail(new SessionError('network', 'x'));
      await says(element, 'We do not know yet whether your appointment is cancelled.');
      expect(offersOf(element)).to.deep.equal(ALL);
      client.put({ ...BOOKED, status: 'cancelled', version: 2 });
      await says(element, 'Your appointment with Dr. Smith tomorrow, 10:00 is cancelled.');
    });

    it('shows nothing of it to somebody else', async () => {
      const { client, element } = await shown();
      await offer(element, 'Cancel appointment');
      await write(element, '#cancel-reason', 'I feel better.');
      await client.signOut();
      await settled(element);
      element.client = fakeClient({ bookings: [BOOKED] });
      await settled(element);
      expect(dialogOf(element).open).to.equal(false);
      await offer(element, 'Cancel appointment');
      expect(part(element, '#cancel-reason', HTMLTextAreaElement).value).to.equal('');
    });
  });

  describe('changing the time', () => {
    async function choosing(options: FakeClientOptions = {}): Promise<Awaited<ReturnType<typeof shown>>> {
      const found = await shown(options);
      await offer(found.element, 'Change the time');
      await says(found.element, '09:30');
      return found;
    }

    it('offers free times of the same provider, by both clocks, moves it, and says so', async () => {
      const asked: string[] = [];
      const { client, element } = await shown({ bookings: [{ ...BOOKED, timeZone: 'America/New_York' }] });
      const { slots } = client.answer;
      client.answer.slots = async (provider) => {
        asked.push(provider);
        return [...(await slots(provider)), { start: BOOKED.dateTime, durationMinutes: 30 }];
      };
      const moved: BookingId[] = [];
      element.addEventListener('appointment-rescheduled', ({ bookingId }) => moved.push(bookingId));
      await offer(element, 'Change the time');
      await says(element, '09:30');
      expect(focused(element)?.id).to.equal('question');
      expect(textOf(dialogOf(element))).to.contain('04:30 GMT-5 for Dr. Smith');
      expect(textOf(part(element, '.slots')), 'not the time that it is').to.not.contain('10:00');
      await expect(element).to.be.accessible();
      await choose(element, '.day', '8 Jan');
      await choose(element, '.slot', '14:00');
      expect(textOf(part(element, '.chosen'))).to.match(/^New time: on Thursday,? 8 January, 14:00$/);
      await confirm(element);
      await says(element, 'Your appointment with Dr. Smith is now on Thursday');
      expect(asked).to.deep.equal(['dr-smith']);
      expect(client.commands).to.deep.equal([['reschedule', BOOKING.id, '2026-01-08T14:00:00.000Z']]);
      expect(moved).to.deep.equal([BOOKING.id]);
      expect(focused(element)?.id).to.equal('outcome');
      expect(offersOf(element)).to.deep.equal(ALL);
      await expect(element).to.be.accessible();
    });

    it('asks for a time', async () => {
      const { client, element } = await choosing();
      await confirm(element);
      expect(textOf(part(element, '[role=alert]'))).to.equal('Choose a day and a time.');
      expect(focused(element)?.id).to.equal('problem');
      expect(client.commands).to.deep.equal([]);
      await press(element, 'Choose a day and a time.');
      expect(focused(element) === part(element, '.slots input')).to.equal(true);
    });

    it('changes nothing when the person keeps the time', async () => {
      const { client, element } = await choosing();
      await choose(element, '.slot', '09:30');
      await press(element, 'Keep the time');
      expect(client.commands).to.deep.equal([]);
      expect(textOf(focused(element) ?? document.body)).to.equal('Change the time');
    });

    it('says who was faster and how the booking stands, and looks for times again', async () => {
      const { client, element } = await choosing();
      const { slots } = client.answer;
      client.answer.slots = async (provider) => (await slots(provider)).filter(({ start }) => !start.includes('09:30'));
      client.answer.reschedule = refuse('slot-taken');
      await choose(element, '.slot', '09:30');
      await confirm(element);
      await says(element, 'Somebody has just booked 09:30. Your appointment is still tomorrow, 10:00.');
      expect(focused(element)?.id).to.equal('problem');
      await until(() => !textOf(part(element, '.slots')).includes('09:30'));
      await expect(element).to.be.accessible();
    });

    it('says how it was changed by somebody else meanwhile, and can go on from there', async () => {
      const { client, element } = await choosing();
      const { reschedule } = client.answer;
      client.answer.reschedule = () => {
        client.put({ ...BOOKED, dateTime: '2026-01-08T13:00:00.000Z', version: 2 });
        return Promise.reject(new SessionError('conflict', 'x'));
      };
      await choose(element, '.slot', '09:30');
      await confirm(element);
      await says(
        element,
        'The time was changed meanwhile, by Dr. Smith or on another page of yours. Your appointment is now on Thursday',
      );
      client.answer.reschedule = reschedule;
      await confirm(element);
      await says(element, 'Your appointment with Dr. Smith is now tomorrow, 09:30.');
    });

    it('says so at once when somebody else moves it while the person is choosing', async () => {
      const { client, element } = await choosing();
      client.put({ ...BOOKED, dateTime: '2026-01-08T13:00:00.000Z', version: 2 });
      await says(element, 'The time was changed meanwhile, by Dr. Smith');
      expect(textOf(part(element, '.standing'))).to.match(/8 January 2026, 13:00 GMT/);
    });

    it('says that it changed in another way, and asks the backend how', async () => {
      const { client, element } = await choosing();
      client.answer.reschedule = refuse('conflict');
      await choose(element, '.slot', '09:30');
      await confirm(element);
      await says(
        element,
        'Your appointment was changed meanwhile, by Dr. Smith or on another page of yours. It is tomorrow, 10:00.',
      );
      expect(client.commands.at(-1)).to.deep.equal(['refresh']);
    });

    it('says that a running session can’t be moved', async () => {
      const { client, element } = await shown({ now: AT.open });
      client.answer.slots = async () => [{ start: '2026-01-08T09:30:00.000Z', durationMinutes: 30 }];
      await offer(element, 'Change the time');
      await says(element, '09:30');
      client.time = AT.talking;
      client.put({ ...RUNNING, version: 2 });
      await says(element, 'Your session is running, so its time can’t be changed now.');
      await press(element, 'Close');
      expect(offersOf(element)).to.deep.equal(['Add to calendar', 'Cancel appointment']);
    });

    const refusals: readonly (readonly [SessionError['code'], string])[] = [
      ['timeout', 'The clinic does not answer right now. We do not know yet whether the time is changed.'],
      ['invalid', 'The clinic can’t move your appointment to this time. It is still tomorrow, 10:00.'],
      ['forbidden', 'The time is not changed. Your appointment is still tomorrow, 10:00.'],
    ];
    for (const [code, sentence] of refusals) {
      it(`says what came of it: ${code}`, async () => {
        const { client, element } = await choosing();
        client.answer.reschedule = refuse(code);
        await choose(element, '.slot', '09:30');
        await confirm(element);
        await says(element, sentence);
        expect(focused(element)?.id).to.equal('problem');
      });
    }

    it('shows that it is done when the backend tells it after all', async () => {
      const { client, element } = await choosing();
      client.answer.reschedule = refuse('network');
      await choose(element, '.slot', '09:30');
      await confirm(element);
      await says(element, 'We do not know yet whether the time is changed.');
      client.put({ ...BOOKED, dateTime: '2026-01-07T09:30:00.000Z', version: 2 });
      await says(element, 'Your appointment with Dr. Smith is now tomorrow, 09:30.');
      expect(dialogOf(element).open).to.equal(false);
    });

    it('says when there is no other time, or none can be read', async () => {
      const { client, element } = await shown();
      client.answer.slots = async () => [];
      await offer(element, 'Change the time');
      await says(element, 'Dr. Smith has no free time in the next 14 days. Look at later days');
      expect(shows(element, '[part=confirm-button]')).to.equal(false);
      await press(element, 'Keep the time');
      client.answer.slots = refuse('network');
      await offer(element, 'Change the time');
      await says(element, 'no free time');
      await expect(element).to.be.accessible();
    });
  });
});
