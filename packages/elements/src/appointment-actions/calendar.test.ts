import type { Booking } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { BOOKING } from '../test-support/fixtures.js';
import { mount, part, settled } from '../test-support/page.js';
import type { AppointmentActions } from './appointment-actions.js';

const BOOKED: Booking = { ...BOOKING, version: 4, durationMinutes: 30, notes: 'Headaches', sessionType: 'Psychiatry' };

const shown = (
  client = fakeClient({ bookings: [BOOKED] }),
  sessionUrl = '',
  messages: AppointmentActions['messages'] = {},
): Promise<AppointmentActions> =>
  mount(
    'appointment-actions',
    client,
    html`<appointment-actions
      booking-id=${String(BOOKED.id)}
      session-url=${sessionUrl}
      time-zone="Europe/London"
      .messages=${messages}
    ></appointment-actions>`,
  );

const linkOf = (element: AppointmentActions): HTMLAnchorElement =>
  part(element, '[part=calendar-link]', HTMLAnchorElement);

/** The lines of the file that the link downloads, unfolded. */
async function linesOf(element: AppointmentActions): Promise<readonly string[]> {
  const answer = await fetch(linkOf(element).href);
  expect(answer.headers.get('Content-Type')).to.equal('text/calendar;charset=utf-8');
  return (await answer.text()).replaceAll('\r\n ', '').split('\r\n');
}

const isThere = (address: string): Promise<boolean> =>
  fetch(address).then(
    () => true,
    () => false,
  );

describe('<appointment-actions>, the calendar', () => {
  it('downloads the appointment', async () => {
    const element = await shown();
    expect(linkOf(element).download).to.equal('appointment-2026-01-07.ics');
    expect(await linesOf(element)).to.include.members([
      'BEGIN:VCALENDAR',
      'UID:123456789@localhost',
      'SEQUENCE:4',
      'DTSTART:20260107T100000Z',
      'DTEND:20260107T103000Z',
      'SUMMARY:Video appointment',
      'DESCRIPTION:With Dr. Smith. You can join from 1 hour before it begins.',
      'CLASS:PRIVATE',
      'TRIGGER:-PT15M',
    ]);
  });

  it('says nothing of health, and the name not where calendars show it to others', async () => {
    const element = await shown();
    const lines = await linesOf(element);
    expect(lines.join('\n')).to.not.match(/Headaches|Psychiatry/);
    expect(lines.filter((line) => line.includes('Smith')).map((line) => line.split(':')[0])).to.deep.equal([
      'DESCRIPTION',
    ]);
  });

  it('takes other words from the portal', async () => {
    const element = await shown(undefined, '', {
      'calendar.summary': (name) => `Appointment; ${name}`,
      'calendar.with': () => '',
      'calendar.join': () => '',
    });
    const lines = await linesOf(element);
    expect(lines).to.include(String.raw`SUMMARY:Appointment\; Dr. Smith`);
    expect(lines.some((line) => line.startsWith('DESCRIPTION:With'))).to.equal(false);
  });

  const addresses: readonly (readonly [string, string | undefined, string])[] = [
    ['https://portal.example/session', 'URL:https://portal.example/session', 'portal.example'],
    ['/session?tab=1', `URL:${location.origin}/session?tab=1`, 'localhost'],
    ['/ä', `URL:${location.origin}/%C3%A4`, 'localhost'],
    ['javascript:alert(1)', undefined, 'localhost'],
    ['https://[', undefined, 'localhost'],
  ];
  for (const [given, line, host] of addresses) {
    it(`leads to the portal’s page where that is one: ${given}`, async () => {
      const lines = await linesOf(await shown(undefined, given));
      expect(lines.find((one) => one.startsWith('URL:'))).to.equal(line);
      expect(lines).to.include(`UID:123456789@${host}`);
    });
  }

  it('is another file when the appointment changes, and no longer the former one', async () => {
    const client = fakeClient({ bookings: [BOOKED] });
    const element = await shown(client);
    const before = linkOf(element).href;
    client.time += 60_000;
    element.requestUpdate();
    await settled(element);
    expect(linkOf(element).href, 'time alone changes nothing').to.equal(before);
    client.put({ ...BOOKED, dateTime: '2026-01-08T09:00:00.000Z', version: 5 });
    await settled(element);
    const lines = await linesOf(element);
    expect(lines).to.include.members(['SEQUENCE:5', 'DTSTART:20260108T090000Z', 'UID:123456789@localhost']);
    expect(await isThere(before)).to.equal(false);
  });

  it('keeps the file as long as the link is in the page, and has it again when it comes back', async () => {
    const element = await shown();
    const parent = element.parentElement;
    const before = linkOf(element).href;
    element.remove();
    expect(await isThere(before)).to.equal(false);
    parent?.append(element);
    await settled(element);
    expect(await linesOf(element)).to.include('UID:123456789@localhost');
  });

  const others: readonly (readonly [string, FakeClientOptions, string])[] = [
    ['that opens at its beginning', { bookings: [{ ...BOOKED, durationMinutes: 45 }] }, 'DTEND:20260107T104500Z'],
    ['with an id of any kind', { bookings: [{ ...BOOKED, id: String(BOOKED.id) }] }, 'UID:123456789@localhost'],
  ];
  for (const [name, options, line] of others) {
    it(`is right for one ${name}`, async () => {
      expect(await linesOf(await shown(fakeClient(options)))).to.include(line);
    });
  }
});
