import { SessionError, type BookingId } from '@active-session/core';
import { expect, nextFrame } from '@open-wc/testing';
import { html } from 'lit';
import {
  bookingForm,
  choose,
  focused,
  press,
  REASON,
  says,
  shows,
  toReview,
  until,
  write,
} from '../test-support/booking-steps.js';
import { fakeClient } from '../test-support/fake-client.js';
import { BOOKING, EVERYTHING, PROVIDERS } from '../test-support/fixtures.js';
import { mount, part, settled, textOf } from '../test-support/page.js';
import { every, slotsOn } from '../test-support/slots.js';
import type { BookAppointment } from './book-appointment.js';

const ANYWHERE = 'Etc/Nowhere';

/** At the question for a day and a time, with the provider of that name. */
async function atTimes(element: BookAppointment, provider = 'Dr. Smith'): Promise<void> {
  await choose(element, '.provider', provider);
  await press(element, 'Continue');
  await says(element, 'Day');
}

const labelsOf = (element: BookAppointment, selector: string): readonly string[] =>
  [...(element.shadowRoot?.querySelectorAll(selector) ?? [])].map((label) =>
    textOf([...label.children].find((child) => child.localName === 'b') ?? label),
  );

const checked = (element: BookAppointment): string =>
  textOf(part(element, '.slots').querySelector(':checked')?.closest('label') ?? document.createElement('p'));

describe('<book-appointment>', () => {
  it('books what was chosen, and says what happens next', async () => {
    const client = fakeClient({ bookings: [] });
    const element = await bookingForm(client);
    const booked: BookingId[] = [];
    element.addEventListener('appointment-booked', (event) => booked.push(event.bookingId));
    for (const step of ['Step 1 of 4', 'Step 2 of 4', 'Step 3 of 4']) {
      expect(textOf(element)).to.contain(step);
      await expect(element).to.be.accessible();
      if (step === 'Step 1 of 4') await choose(element, '.provider', 'Dr. Smith');
      else if (step === 'Step 2 of 4') await choose(element, '.slot', '09:30');
      await press(element, 'Continue');
      if (step === 'Step 1 of 4') await says(element, '09:30');
      expect(focused(element)?.id).to.equal('heading');
    }
    expect(textOf(element)).to.contain('Check your appointment');
    await expect(element).to.be.accessible();
    await press(element, 'Confirm booking');
    await says(element, 'Your appointment is booked.');
    expect(focused(element)?.id).to.equal('heading');
    expect(textOf(element)).to.match(/Wednesday,? 7 January 2026, 09:30 GMT/);
    expect(textOf(element)).to.contain('You can join from tomorrow, 08:30');
    expect(textOf(element)).to.contain('Add to calendar');
    expect(booked).to.deep.equal(['new']);
    expect(client.commands).to.deep.equal([
      ['book', { provider: 'dr-smith', dateTime: '2026-01-07T09:30:00.000Z', notes: '' }],
    ]);
    await expect(element).to.be.accessible();
  });

  it('goes on with the Enter key from a choice, and keeps it for lines where one writes', async () => {
    const element = await bookingForm(fakeClient());
    const enter = (selector: string): void => part(element, selector, HTMLFormElement).requestSubmit();
    await choose(element, '.provider', 'Dr. Smith');
    enter('form');
    await says(element, '09:30');
    // What Enter presses is the one button of the form that is not of type button.
    const submits = [...(element.shadowRoot?.querySelectorAll('button') ?? [])].filter(({ type }) => type === 'submit');
    expect(submits.map(textOf)).to.deep.equal(['Continue']);
  });

  it('asks for what is missing, in place, and leads to it', async () => {
    const element = await bookingForm(fakeClient());
    const steps = [
      ['Choose who you would like to see.', '.provider input', () => choose(element, '.provider', 'Dr. Smith')],
      ['Choose a day and a time.', '.slots input', () => choose(element, '.slot', '09:30')],
    ] as const;
    for (const [problem, field, mend] of steps) {
      await press(element, 'Continue');
      expect(textOf(part(element, '[role=alert]'))).to.equal(problem);
      expect(focused(element)?.id).to.equal('problem');
      const group = part(element, field).closest('fieldset[aria-describedby]');
      const described = element.shadowRoot?.getElementById(group?.getAttribute('aria-describedby') ?? '');
      expect(textOf(described ?? document.body)).to.equal(problem);
      await expect(element).to.be.accessible();
      await press(element, problem);
      expect(focused(element) === part(element, field)).to.equal(true);
      await mend();
      expect(shows(element, '[role=alert]')).to.equal(false);
      await press(element, 'Continue');
      if (field === '.provider input') await says(element, '09:30');
    }
    await write(element, 'textarea', 'x'.repeat(2_003));
    await press(element, 'Continue');
    expect(textOf(part(element, '[role=alert]'))).to.equal('Your text is 3 characters too long.');
    expect(part(element, 'textarea').getAttribute('aria-invalid')).to.equal('true');
    await expect(element).to.be.accessible();
  });

  it('asks what kind of session, where a provider offers several', async () => {
    const client = fakeClient({ bookings: [] });
    const kinds = ['Video Consultation', 'Second <b>opinion</b>', 'Video Consultation'];
    client.answer.providers = async () => PROVIDERS.map((provider) => ({ ...provider, sessionTypes: kinds }));
    const element = await bookingForm(client);
    await toReview(element);
    expect(textOf(part(element, '[role=alert]'))).to.equal('Choose what kind of session you would like.');
    expect(labelsOf(element, '.kinds label')).to.deep.equal(['Video Consultation', 'Second <b>opinion</b>']);
    await expect(element).to.be.accessible();
    await choose(element, '.kinds label', 'Second');
    await press(element, 'Continue');
    expect(textOf(part(element, '.review'))).to.contain('Second <b>opinion</b>');
    client.answer.book = () =>
      Promise.reject(
        new SessionError('invalid', 'x', { problems: [{ path: 'sessionType', message: 'not offered at this time' }] }),
      );
    await press(element, 'Confirm booking');
    await says(element, '“Second <b>opinion</b>” is not offered at this time.');
    expect(part(element, 'textarea', HTMLTextAreaElement).value).to.equal(REASON);
    await choose(element, '.kinds label', 'Video');
    await press(element, 'Continue');
    await press(element, 'Confirm booking');
    expect(client.commands.at(-1)).to.deep.equal([
      'book',
      { provider: 'dr-smith', dateTime: '2026-01-07T09:30:00.000Z', sessionType: 'Video Consultation', notes: REASON },
    ]);
  });

  it('does not ask where there is one kind, and sends it', async () => {
    const client = fakeClient({ bookings: [] });
    client.answer.providers = async () => PROVIDERS.map((provider) => ({ ...provider, sessionTypes: ['Follow-up'] }));
    const element = await bookingForm(client);
    await toReview(element);
    expect(textOf(element)).to.not.contain('Kind of session');
    await press(element, 'Confirm booking');
    expect(client.commands.at(-1)?.[1]).to.include({ sessionType: 'Follow-up' });
  });

  describe('times', () => {
    const zones: readonly (readonly [string, string, string, number, readonly string[], readonly string[]])[] = [
      ['the same clock', 'Europe/London', '2026-01-07', 600, ['10:00'], []],
      ['a zone of another name and the same clock', 'Europe/Lisbon', '2026-01-07', 600, ['10:00'], []],
      ['another clock', 'America/New_York', '2026-01-07', 600, ['10:00'], ['05:00 GMT-5']],
      ['another day there', 'America/New_York', '2026-01-07', 120, ['02:00'], ['Tue 21:00 GMT-5']],
      ['half an hour', 'Asia/Kolkata', '2026-01-07', 600, ['10:00'], ['15:30 GMT+5:30']],
      ['their clock has changed and ours has not', 'America/New_York', '2026-03-10', 600, ['10:00'], ['06:00 GMT-4']],
      ['both have changed', 'America/New_York', '2026-04-07', 540, ['10:00'], ['05:00 GMT-4']],
      ['the hour that comes twice', 'Europe/London', '2026-10-25', 30, ['01:30 BST', '01:30 GMT'], []],
      ['the hour that does not come', 'Europe/London', '2026-03-29', 30, ['00:30', '02:30'], []],
      ['a zone that nobody knows', ANYWHERE, '2026-01-07', 600, ['10:00'], []],
    ];
    for (const [name, timeZone, from, at, own, theirs] of zones) {
      it(`says them by both clocks: ${name}`, async () => {
        const client = fakeClient({ now: Date.parse(`${from}T00:00:00.000Z`) - 3_600_000 });
        client.answer.providers = async () => PROVIDERS.map((provider) => ({ ...provider, timeZone }));
        client.answer.slots = async () => slotsOn({ from, days: 1, at: own.length > 1 ? [at, at + 60] : [at] });
        const element = await bookingForm(client);
        await atTimes(element);
        expect(labelsOf(element, '.slot')).to.deep.equal(own);
        const others = [...(element.shadowRoot?.querySelectorAll('.slot .muted') ?? [])].map(textOf);
        expect(others.map((text) => text.replace(',', ''))).to.deep.equal(theirs);
        expect(textOf(element).includes('The second time is the one for Dr. Smith.')).to.equal(theirs.length > 0);
      });
    }

    it('reads the time for the provider with every time, and shows it in the review', async () => {
      const element = await bookingForm(fakeClient());
      await toReview(element, 'Dr. Lee');
      expect(textOf(element)).to.contain('09:30 GMT 04:30 GMT-5 for Dr. Lee');
    });

    it('puts them under the days of the person’s own zone, and into parts of the day', async () => {
      const client = fakeClient();
      client.answer.slots = async () => slotsOn({ from: '2026-01-07', days: 1, at: every(120, 0, 12) });
      const element = await bookingForm(client, 'Asia/Tokyo');
      await atTimes(element);
      expect(labelsOf(element, '.day')).to.deep.equal(['7 Jan', '8 Jan']);
      const parts = [...(element.shadowRoot?.querySelectorAll('.slots [role=group] > p') ?? [])].map(textOf);
      expect(parts).to.deep.equal(['Morning', 'Afternoon', 'Evening']);
      await choose(element, '.day', '8 Jan');
      expect(labelsOf(element, '.slot')).to.deep.equal(['01:00', '03:00', '05:00', '07:00']);
    });

    it('stays usable with two weeks of 24 times a day: one day at a time, in groups of radio buttons', async () => {
      const client = fakeClient();
      client.answer.slots = async () => slotsOn({ from: '2026-01-07', days: 14, at: every(30, 8 * 60, 24) });
      const element = await bookingForm(client);
      await atTimes(element);
      expect(labelsOf(element, '.day')).to.have.length(14);
      expect(labelsOf(element, '.slot')).to.have.length(24);
      const names = [...part(element, 'form').querySelectorAll('input')].map(({ type, name }) => `${type} ${name}`);
      expect([...new Set(names)]).to.deep.equal(['radio day', 'radio slot']);
      for (const box of element.shadowRoot?.querySelectorAll('.choice') ?? []) {
        expect(box.getBoundingClientRect().height).to.be.at.least(44);
      }
      await expect(element).to.be.accessible();
    });

    it('keeps a choice while one looks at other days, and counts only one that shows', async () => {
      const element = await bookingForm(fakeClient());
      await atTimes(element);
      await choose(element, '.slot', '09:30');
      await choose(element, '.day', '8 Jan');
      await press(element, 'Continue');
      expect(textOf(part(element, '[role=alert]'))).to.equal('Choose a day and a time.');
      await choose(element, '.day', '7 Jan');
      expect(checked(element)).to.equal('09:30');
      await press(element, 'Continue');
      expect(textOf(element)).to.contain('What is it about?');
    });

    it('lets those go that begin meanwhile, and moves neither the choice nor the focus', async () => {
      const client = fakeClient({ now: Date.parse('2026-01-07T09:59:59.950Z') });
      client.answer.slots = async () => slotsOn({ from: '2026-01-07', days: 1, at: [600, 630, 660] });
      const element = await bookingForm(client);
      await atTimes(element);
      await choose(element, '.slot', '11:00');
      part(element, '.slots').querySelector<HTMLElement>(':checked')?.focus();
      const before = focused(element);
      client.time += 100;
      await until(() => labelsOf(element, '.slot').length === 2, 'the time that has begun goes by itself');
      expect(labelsOf(element, '.slot')).to.deep.equal(['10:30', '11:00']);
      expect(checked(element)).to.equal('11:00');
      expect(focused(element) === before).to.equal(true);
      await press(element, 'Continue');
      expect(textOf(element)).to.contain('What is it about?');
    });

    it('says so when it is the chosen one that has begun, and keeps the focus among the times', async () => {
      const client = fakeClient({ now: Date.parse('2026-01-07T09:59:59.950Z') });
      client.answer.slots = async () => slotsOn({ from: '2026-01-07', days: 1, at: [600, 630] });
      const element = await bookingForm(client);
      await atTimes(element);
      await choose(element, '.slot', '10:00');
      part(element, '.slots').querySelector<HTMLElement>(':checked')?.focus();
      client.time += 100;
      await says(element, '10:00 has begun meanwhile. Choose another time.');
      expect(labelsOf(element, '.slot')).to.deep.equal(['10:30']);
      expect(focused(element) === part(element, '.slots input')).to.equal(true);
      expect(checked(element)).to.equal('');
    });

    it('sends nothing for a time that has begun while one wrote', async () => {
      const client = fakeClient();
      const element = await bookingForm(client);
      await toReview(element);
      client.time = Date.parse('2026-01-07T09:30:00.000Z');
      await press(element, 'Confirm booking');
      await says(element, '09:30 has begun meanwhile.');
      expect(client.commands).to.deep.equal([]);
    });

    it('looks further ahead on demand, and says how far', async () => {
      const client = fakeClient();
      const asked: number[] = [];
      client.slots = (provider, range) => {
        asked.push((range.to - range.from) / 86_400_000);
        return client.answer.slots(provider);
      };
      client.answer.slots = async () => [];
      const element = await bookingForm(client);
      await choose(element, '.provider', 'Dr. Smith');
      await press(element, 'Continue');
      await says(element, 'Dr. Smith has no free time in the next 14 days.');
      client.answer.slots = async () => slotsOn({ from: '2026-01-25', days: 1, at: [600] });
      await press(element, 'Show later days');
      await says(element, '25 Jan');
      expect(asked).to.deep.equal([14, 28]);
      await until(() => textOf(part(element, 'div[role=status]')) !== '');
      expect(textOf(part(element, 'div[role=status]'))).to.match(/^Free times until Sunday,? 25 January are shown\.$/);
      client.answer.slots = () => Promise.reject(new SessionError('network', 'x'));
      await press(element, 'Show later days');
      await says(element, 'We can’t show the free times right now.');
      expect(labelsOf(element, '.slot'), 'what is known stays').to.deep.equal(['10:00']);
      await press(element, 'Show later days');
      expect(asked.at(-1)).to.equal(42);
    });

    it('reads them anew when one comes back to them, and says when the chosen one has gone', async () => {
      const client = fakeClient();
      const element = await bookingForm(client);
      await atTimes(element);
      await choose(element, '.slot', '09:30');
      const { slots } = client.answer;
      client.answer.slots = async (provider) => (await slots(provider)).filter(({ start }) => !start.includes('09:30'));
      const now = performance.now.bind(performance);
      performance.now = () => now() + 60_000;
      try {
        document.dispatchEvent(new Event('visibilitychange'));
        await says(element, '09:30 is not free any more. Choose another time.');
      } finally {
        performance.now = now;
      }
      expect(labelsOf(element, '.slot')).to.deep.equal(['09:00', '14:00']);
    });
  });

  it('loses nothing when somebody was faster: looks for times again and says so', async () => {
    const client = fakeClient();
    const element = await bookingForm(client);
    await toReview(element);
    const { slots } = client.answer;
    client.answer.slots = async (provider) => (await slots(provider)).filter(({ start }) => !start.includes('09:30'));
    client.answer.book = () => Promise.reject(new SessionError('slot-taken', 'x'));
    await press(element, 'Confirm booking');
    await says(element, 'Somebody has just booked 09:30.');
    expect(focused(element)?.id).to.equal('problem');
    await until(() => !labelsOf(element, '.slot').includes('09:30'));
    await choose(element, '.slot', '14:00');
    await press(element, 'Continue');
    expect(part(element, 'textarea', HTMLTextAreaElement).value).to.equal(REASON);
    await press(element, 'Continue');
    expect(textOf(element)).to.contain('Dr. Smith');
    expect(textOf(element)).to.contain(REASON);
  });

  it('loses nothing when the provider can’t be booked any more', async () => {
    const client = fakeClient();
    const element = await bookingForm(client);
    await toReview(element);
    client.answer.book = () =>
      Promise.reject(new SessionError('invalid', 'x', { problems: [{ path: 'provider', message: 'gone' }] }));
    client.answer.providers = async () => PROVIDERS.slice(1);
    await press(element, 'Confirm booking');
    await says(element, 'Dr. Smith can’t be booked any more. Choose somebody else.');
    await until(() => labelsOf(element, '.provider').length === 1);
    await choose(element, '.provider', 'Dr. Lee');
    await press(element, 'Continue');
    await says(element, '09:30');
    await choose(element, '.slot', '09:30');
    await press(element, 'Continue');
    expect(part(element, 'textarea', HTMLTextAreaElement).value).to.equal(REASON);
  });

  it('forgets the time, not the words, when somebody else is chosen', async () => {
    const element = await bookingForm(fakeClient());
    await toReview(element);
    await press(element, 'Change Provider');
    await choose(element, '.provider', 'Dr. Lee');
    await press(element, 'Continue');
    await says(element, '09:30');
    expect(checked(element)).to.equal('');
    await press(element, 'Continue');
    expect(textOf(part(element, '[role=alert]'))).to.equal('Choose a day and a time.');
    await choose(element, '.slot', '14:00');
    await press(element, 'Continue');
    expect(part(element, 'textarea', HTMLTextAreaElement).value).to.equal(REASON);
  });

  it('says so when the chosen provider goes from the list meanwhile', async () => {
    const client = fakeClient();
    const element = await bookingForm(client);
    await atTimes(element);
    client.answer.providers = async () => PROVIDERS.slice(1);
    await press(element, 'Back');
    await says(element, 'Dr. Smith can’t be booked any more.');
    expect(shows(element, '.provider :checked')).to.equal(false);
  });

  const refusals: readonly (readonly [SessionError, string])[] = [
    [new SessionError('network', 'x'), 'We can’t reach the clinic right now. We do not know yet whether'],
    [new SessionError('timeout', 'x'), 'The clinic does not answer right now. We do not know yet whether'],
    [new SessionError('malformed', 'x'), 'We could not read the clinic’s answer. We do not know yet whether'],
    [new SessionError('rate-limited', 'x'), 'That was too often. Wait a moment.'],
    [new SessionError('unauthenticated', 'x'), 'Sign in again'],
    [
      new SessionError('invalid', 'x', { problems: [{ path: 'notes', message: 'x' }] }),
      'The clinic can’t take this text as it is.',
    ],
    [new SessionError('invalid', 'x'), 'The clinic can’t take this booking as it is. Choose another time.'],
  ];
  for (const [error, sentence] of refusals) {
    it(`says what came of it, and loses nothing: ${error.code}, “${sentence}”`, async () => {
      const client = fakeClient();
      const element = await bookingForm(client);
      await toReview(element);
      client.answer.book = () => Promise.reject(error);
      await press(element, 'Confirm booking');
      await says(element, sentence);
      expect(focused(element)?.id).to.equal('problem');
      await expect(element).to.be.accessible();
      while (!shows(element, 'textarea')) {
        const isBefore = textOf(element).includes('Step 2');
        if (isBefore) await choose(element, '.slot', '14:00');
        await press(element, isBefore ? 'Continue' : 'Back');
      }
      expect(part(element, 'textarea', HTMLTextAreaElement).value).to.equal(REASON);
    });
  }

  it('tries again under the same key, and takes a new one for another booking', async () => {
    const client = fakeClient();
    const element = await bookingForm(client);
    await toReview(element);
    client.answer.book = () => Promise.reject(new SessionError('network', 'x'));
    const confirm = async (attempt: number): Promise<void> => {
      await press(element, 'Confirm booking');
      await until(() => client.bookingKeys.length === attempt);
      await says(element, 'Trying again will not book it twice.');
    };
    const change = async (time: string): Promise<void> => {
      await press(element, 'Change Date');
      await choose(element, '.slot', time);
      await press(element, 'Continue');
      await press(element, 'Continue');
    };
    await confirm(1);
    await confirm(2);
    await change('14:00');
    await confirm(3);
    await change('09:30');
    await confirm(4);
    const [first, second, third, fourth] = client.bookingKeys;
    expect(first).to.be.a('string');
    expect(second).to.equal(first);
    expect(third).to.not.equal(first);
    expect(fourth, 'the first one again').to.equal(first);
  });

  it('takes nothing for the answer that was booked before', async () => {
    const client = fakeClient();
    client.answer.slots = async () => [{ start: BOOKING.dateTime, durationMinutes: 30 }];
    const element = await bookingForm(client);
    await toReview(element, 'Dr. Smith', '10:00');
    client.answer.book = () => Promise.reject(new SessionError('network', 'x'));
    await press(element, 'Confirm booking');
    await says(element, 'We do not know yet whether your appointment is booked.');
    client.put({ ...BOOKING, version: 2 });
    await settled(element);
    expect(textOf(element)).to.contain('We do not know yet');
    client.put({ ...BOOKING, id: 'told-later' });
    await says(element, 'Your appointment is booked.');
  });

  it('sends once, however often it is pressed', async () => {
    const client = fakeClient();
    const element = await bookingForm(client);
    await toReview(element);
    client.answer.book = () => new Promise(() => undefined);
    await press(element, 'Confirm booking');
    await press(element, 'Booking your appointment…');
    await press(element, 'Back');
    await press(element, 'Change');
    expect(client.bookingKeys).to.have.length(1);
    expect(textOf(element)).to.contain('Check your appointment');
    await expect(element).to.be.accessible();
  });

  it('shows nothing of it to somebody else who signs in while it is being sent', async () => {
    const client = fakeClient();
    const element = await bookingForm(client);
    await toReview(element);
    let answer = (): void => undefined;
    const { book } = client.answer;
    client.answer.book = async (request) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return book(request);
    };
    await press(element, 'Confirm booking');
    element.client = fakeClient({ bookings: [] });
    await says(element, 'Who would you like to see?');
    let told = 0;
    element.addEventListener('appointment-booked', () => (told += 1));
    answer();
    await until(() => client.getSnapshot().bookings.length === 2);
    await nextFrame();
    await settled(element);
    expect(told).to.equal(0);
    expect(textOf(element)).to.contain('Who would you like to see?');
    expect(textOf(element)).to.not.contain(REASON);
    expect(textOf(element)).to.not.contain('Your appointment is booked.');
  });

  it('says when there is nothing to choose from, or it can’t be read', async () => {
    const client = fakeClient();
    const element = await bookingForm(client);
    client.answer.slots = async () => [];
    await choose(element, '.provider', 'Dr. Lee');
    await press(element, 'Continue');
    await says(element, 'Dr. Lee has no free time in the next 14 days.');
    expect(textOf(element)).to.not.contain('Continue');
    client.answer.slots = () => Promise.reject(new SessionError('network', 'x'));
    await press(element, 'Back');
    await choose(element, '.provider', 'Dr. Smith');
    await press(element, 'Continue');
    await says(element, 'We can’t show the free times right now.');
    await expect(element).to.be.accessible();
    client.answer.slots = async () => slotsOn({ from: '2026-01-08', days: 1, at: [600] });
    globalThis.dispatchEvent(new Event('online'));
    await says(element, '10:00');
  });

  it('begins with the provider that the portal names', async () => {
    const element = await mount(
      'book-appointment',
      fakeClient(),
      html`<book-appointment provider="dr-lee" time-zone="Europe/London"></book-appointment>`,
    );
    await says(element, '09:30');
    expect(textOf(element)).to.contain('Step 2 of 4');
    expect(document.activeElement?.localName, 'and takes no focus by itself').to.equal('body');
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
