import { describe, expect, it } from 'vitest';
import { toICalendar, type CalendarEntry } from './icalendar.rules.js';
import { booking, HOUR, START } from './test-support/bookings.js';
import { isRejected } from '../test-support/named-property.js';
import { readCalendar, textOf, valueOf, type Component } from './test-support/calendar-reader.js';
import { calendarProperties } from './test-support/calendar-properties.js';

const SEED = 20_260_107;

const entry = (change: Partial<CalendarEntry> = {}): CalendarEntry => ({
  booking: booking({ durationMinutes: 30, version: 3 }),
  now: START - 24 * HOUR,
  domain: 'portal.example',
  summary: 'Video appointment',
  ...change,
});

const eventOf = (change: Partial<CalendarEntry> = {}): Component => {
  const [event] = readCalendar(toICalendar(entry(change))).inside;
  if (event === undefined) throw new Error('No event.');
  return event;
};

const has = (event: Component, name: string): boolean => event.lines.some(([own]) => own === name);

describe('a booking in a calendar', () => {
  it('is a file that every calendar reads', () => {
    const file = toICalendar(entry({ description: 'With Dr. Smith.', url: 'https://portal.example/session' }));
    expect(file.split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Active Session//Active Session//EN',
      'CALSCALE:GREGORIAN',
      'BEGIN:VEVENT',
      'UID:1@portal.example',
      'SEQUENCE:3',
      'DTSTAMP:20260106T100000Z',
      'DTSTART:20260107T100000Z',
      'DTEND:20260107T103000Z',
      'SUMMARY:Video appointment',
      'DESCRIPTION:With Dr. Smith.',
      'URL:https://portal.example/session',
      'STATUS:CONFIRMED',
      'TRANSP:OPAQUE',
      'CLASS:PRIVATE',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:Video appointment',
      'TRIGGER:-PT15M',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('never has what the patient wrote, or what kind of session it is', () => {
    const secret = booking({ notes: 'A rash since Monday', sessionType: 'Dermatology', providerName: 'Dr. Skin' });
    const file = toICalendar(entry({ booking: secret }));
    for (const word of ['rash', 'Dermatology', 'Skin', 'dr-smith']) expect(file).not.toContain(word);
  });

  it('is moved by a later version under the same name', () => {
    const moved = eventOf({ booking: booking({ dateTime: '2026-01-08T09:00:00+01:00', version: 4 }) });
    expect(valueOf(moved, 'UID')).toBe(valueOf(eventOf(), 'UID'));
    expect(valueOf(moved, 'SEQUENCE')).toBe('4');
    expect(valueOf(moved, 'DTSTART')).toBe('20260108T080000Z');
  });

  it('has no version and no end that nobody has said', () => {
    const event = eventOf({ booking: booking() });
    expect(valueOf(event, 'SEQUENCE')).toBe('0');
    expect(has(event, 'DTEND')).toBe(false);
    expect(has(event, 'DESCRIPTION')).toBe(false);
    expect(has(event, 'URL')).toBe(false);
  });

  it('keeps to the numbers that a calendar can hold', () => {
    const largest = eventOf({ booking: booking({ version: Number.MAX_SAFE_INTEGER }) });
    expect(valueOf(largest, 'SEQUENCE')).toBe('2147483647');
  });

  it.each([
    ['scheduled', 'CONFIRMED', 'OPAQUE', 1],
    ['completed', 'CONFIRMED', 'OPAQUE', 0],
    ['cancelled', 'CANCELLED', 'TRANSPARENT', 0],
  ] as const)('stands as %s', (status, expected, transparency, reminders) => {
    const event = eventOf({ booking: booking({ status }) });
    expect(valueOf(event, 'STATUS')).toBe(expected);
    expect(valueOf(event, 'TRANSP')).toBe(transparency);
    expect(event.inside).toHaveLength(reminders);
  });

  it.each([
    [undefined, ['-PT15M']],
    [60, ['-PT60M']],
    [0, ['-PT0M']],
    [14.6, ['-PT15M']],
    [null, []],
  ])('reminds %s minutes before', (remindBefore, expected) => {
    const { inside } = eventOf(remindBefore === undefined ? {} : { remindBefore });
    expect(inside.map((reminder) => valueOf(reminder, 'TRIGGER'))).toEqual(expected);
  });

  it('writes text so that it stays text', () => {
    const summary = String.raw`Dr. Ōe, 大江; C:\new` + '\r\nline 2\u2028line 3\u0007';
    const written = valueOf(eventOf({ summary }), 'SUMMARY');
    expect(written).toBe(String.raw`Dr. Ōe\, 大江\; C:\\new\nline 2\nline 3`);
    expect(textOf(written)).toBe('Dr. Ōe, 大江; C:\\new\nline 2\nline 3');
  });

  it('gives ids of every kind a name of their own, in ASCII', () => {
    const uid = (id: string | number, domain = 'portal.example'): string =>
      valueOf(eventOf({ booking: booking({ id }), domain }), 'UID');
    expect(uid(123456789)).toBe('123456789@portal.example');
    expect(uid('123456789')).toBe(uid(123456789));
    expect(uid('a/b ü@x')).toBe('a%2Fb%20%C3%BC%40x@portal.example');
    expect(uid('half \ud83e')).toBe('half%20%EF%BF%BD@portal.example');
    expect(uid(1, 'x\r\nSTATUS:CANCELLED')).toBe('1@x%0D%0ASTATUS%3ACANCELLED');
  });

  it.each([
    ['https://portal.example/session?tab=1', true],
    ['HTTP://portal.example', true],
    ['/session', false],
    ['javascript:alert(1)', false],
    ['https://portal.example/\r\nSTATUS:CANCELLED', false],
    ['https://portal.example/ä', false],
    ['see https://portal.example', false],
    ['https://', false],
  ])('takes %j for an address: %s', (url, isOne) => {
    expect(has(eventOf({ url }), 'URL')).toBe(isOne);
  });

  /** The first line is `SUMMARY:` and then so many octets. */
  const linesOf = (summary: string): readonly string[] => {
    const file = toICalendar(entry({ summary, remindBefore: null }));
    const from = file.indexOf('SUMMARY:');
    return file.slice(from, file.indexOf('\r\nSTATUS')).split('\r\n');
  };

  it.each([
    ['67 letters fit', 'x'.repeat(67), [75]],
    ['68 do not', 'x'.repeat(68), [75, 2]],
    ['two full lines', 'x'.repeat(67 + 74), [75, 75]],
    ['one more', 'x'.repeat(67 + 75), [75, 75, 2]],
    ['of two octets each', 'é'.repeat(34), [74, 3]],
    ['of three', '大'.repeat(23), [74, 4]],
    ['of four', '🩺'.repeat(17), [72, 5]],
    ['of the first that has three', '\u0800'.repeat(23), [74, 4]],
    ['of the first that has four', '\u{10000}'.repeat(17), [72, 5]],
  ])('folds a long line between characters: %s', (_, summary, octets) => {
    const lines = linesOf(summary);
    expect(lines.map((line) => new TextEncoder().encode(line).length)).toEqual(octets);
    expect(lines.slice(1).every((line) => line.startsWith(' '))).toBe(true);
    expect(lines.map((line, at) => (at === 0 ? line : line.slice(1))).join('')).toBe(`SUMMARY:${summary}`);
  });
});

describe('whatever a backend sends', () => {
  it.each(calendarProperties())('$name', async (property) => {
    const { report } = await property.check({ seed: SEED, runs: 1_000 });
    expect(report).toBe('');
  });
});

type Make = typeof toICalendar;
const rewritten =
  (from: string | RegExp, to: string): Make =>
  (given) =>
    toICalendar(given).replaceAll(from, to);

/** A writer that is wrong in one point, as a slip would make it. */
const PLANTED: Record<string, Make> = {
  'ends lines as Unix does': rewritten('\r\n', '\n'),
  'does not fold': rewritten('\r\n ', ''),
  'leaves separators as they are': rewritten(/\\([,;])/g, '$1'),
  'leaves line ends as they are': rewritten(String.raw`\n`, '\r\n'),
  'cuts by letters, not octets': (given) =>
    toICalendar(given)
      .replaceAll('\r\n ', '')
      .split('\r\n')
      .map((line) => line.replaceAll(/(?<=^[^]{75}(?:[^]{74})*)(?=[^])/g, '\r\n '))
      .join('\r\n'),
  'is a minute off': (given) =>
    toICalendar({
      ...given,
      booking: {
        ...given.booking,
        dateTime: new Date(Date.parse(given.booking.dateTime) + 60_000).toISOString(),
      },
    }),
  'has another name in each version': (given) =>
    toICalendar(given).replaceAll('UID:', `UID:${given.booking.version ?? ''}-`),
  'has one name for all': rewritten(/UID:[^\r]*/g, 'UID:1'),
};

describe('the properties reject a calendar that', () => {
  it.each(Object.entries(PLANTED))('%s', async (_, wrong) => {
    expect(await isRejected(calendarProperties(wrong), { seed: SEED, runs: 1_000 })).toBe(true);
  });
});
