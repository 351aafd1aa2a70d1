import fc from 'fast-check';
import { holds, type NamedProperty } from '../../test-support/named-property.js';
import { toICalendar, type CalendarEntry } from '../icalendar.rules.js';
import { toInstant, toIso } from '../instant.schema.js';
import { readCalendar, textOf, valueOf, type Component } from './calendar-reader.js';
import { booking, START } from './bookings.js';

/** What a name can have in it: every script, every control character, and what would be lines of a calendar. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  // UTF-16 as a backend may send it, with halves of pairs.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        'x\r\nEND:VEVENT',
        '\nATTENDEE:mailto:a@b.example',
        '\u2028DTSTART:20000101T000000Z',
        '\r',
        '\\',
        '\\n',
        ',',
        ';',
        ':',
        '"',
        ' ',
        '\t',
        '🩺',
        'é',
        '大',
        'x'.repeat(70),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

const anyInstant = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2199, 11) });

const anyEntry: fc.Arbitrary<CalendarEntry> = fc
  .record({
    id: fc.oneof(
      fc.integer(),
      anyText.filter((id) => id !== ''),
    ),
    at: fc.oneof(fc.constant(START), anyInstant),
    minutes: fc.option(fc.integer({ min: 1, max: 24 * 60 }), { nil: undefined }),
    version: fc.option(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { nil: undefined }),
    status: fc.constantFrom('scheduled' as const, 'completed' as const, 'cancelled' as const),
    now: anyInstant,
    domain: fc.oneof(fc.domain(), anyText),
    summary: anyText,
    description: fc.option(anyText, { nil: undefined }),
    url: fc.option(fc.oneof(fc.webUrl({ withQueryParameters: true }), anyText), { nil: undefined }),
    remindBefore: fc.option(fc.integer({ min: 0, max: 24 * 60 }), { nil: null }),
  })
  .map(({ id, at, minutes, version, status, description, url, ...rest }) => ({
    booking: {
      ...booking({ id, dateTime: toIso(at), status }),
      ...(minutes === undefined ? {} : { durationMinutes: minutes }),
      ...(version === undefined ? {} : { version }),
    },
    ...rest,
    ...(description === undefined ? {} : { description }),
    ...(url === undefined ? {} : { url }),
  }));

/* eslint-disable no-control-regex -- what no file can hold */
/** What a reader may get of a text: its lines, and none of what no file can hold. */
function readable(value: string): string {
  const lines = value.replaceAll(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/g, '\n');
  return wellFormed(lines.replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, ''));
}
/* eslint-enable no-control-regex */

function eventIn(file: string): Component {
  const calendar = readCalendar(file);
  const [event, ...more] = calendar.inside;
  if (calendar.name !== 'VCALENDAR' || event?.name !== 'VEVENT' || more.length > 0) throw new Error('No one event.');
  return event;
}

const ONCE = ['UID', 'SEQUENCE', 'DTSTAMP', 'DTSTART', 'SUMMARY', 'STATUS', 'TRANSP', 'CLASS'];
const AT_MOST_ONCE = ['DTEND', 'DESCRIPTION', 'URL'];

/** What holds of a calendar file, whatever names and ids a backend sends. */
export function calendarProperties(make = toICalendar): readonly NamedProperty[] {
  return [
    holds(
      'it is one event with the lines it should have and no other, whatever the words are',
      fc.property(anyEntry, (entry) => {
        const { lines } = eventIn(make(entry));
        const names = lines.map(([name]) => name);
        const isOnce = ONCE.every((name) => names.filter((own) => own === name).length === 1);
        const others = names.filter((name) => !ONCE.includes(name));
        return isOnce && new Set(others).size === others.length && others.every((name) => AT_MOST_ONCE.includes(name));
      }),
    ),
    holds(
      'the words come back as they were',
      fc.property(anyEntry, (entry) => {
        const event = eventIn(make(entry));
        if (textOf(valueOf(event, 'SUMMARY')) !== readable(entry.summary)) return false;
        const { description = '' } = entry;
        return description === '' || textOf(valueOf(event, 'DESCRIPTION')) === readable(description);
      }),
    ),
    holds(
      'when it is comes back to the second',
      fc.property(anyEntry, (entry) => {
        const event = eventIn(make(entry));
        const { dateTime, durationMinutes } = entry.booking;
        const start = Math.floor(toInstant(dateTime) / 1_000) * 1_000;
        if (instantOf(valueOf(event, 'DTSTART')) !== start) return false;
        return durationMinutes === undefined || instantOf(valueOf(event, 'DTEND')) === start + durationMinutes * 60_000;
      }),
    ),
    holds(
      'one booking has one UID in all its versions, another has another',
      fc.property(anyEntry, anyEntry, (entry, other) => {
        const uid = (of: CalendarEntry): string => valueOf(eventIn(make(of)), 'UID');
        const later = { ...other, booking: { ...other.booking, id: entry.booking.id }, domain: entry.domain };
        if (uid(later) !== uid(entry)) return false;
        const same = (of: CalendarEntry): string => JSON.stringify([String(of.booking.id), of.domain].map(wellFormed));
        return same(entry) === same(other) || uid(entry) !== uid(other);
      }),
    ),
    holds(
      'only an address is one',
      fc.property(anyEntry, (entry) => {
        const found = eventIn(make(entry)).lines.find(([name]) => name === 'URL')?.[1];
        return found === undefined || (found === entry.url && /^https?:$/.test(new URL(found).protocol));
      }),
    ),
  ];
}

/** As it comes back from UTF-8. */
function wellFormed(value: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(value));
}

function instantOf(value: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(value);
  if (parts === null) throw new Error(`No time in UTC: ${value}`);
  const [year = 0, month = 0, ...rest] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...rest);
}
