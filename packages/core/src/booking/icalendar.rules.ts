import type { Booking } from './booking.schema.js';
import { MINUTE, toInstant, type Instant } from './instant.schema.js';

/**
 * What stands in somebody's calendar of a booking. The words come from who shows it. Of the booking it takes when it is
 * and how it stands, so neither its kind nor what the patient wrote can get into a calendar that others read.
 */
export interface CalendarEntry {
  readonly booking: Pick<Booking, 'id' | 'dateTime' | 'durationMinutes' | 'status' | 'version'>;
  /** When the entry is made. */
  readonly now: Instant;
  /** Whose ids these are, such as the portal's host name: two portals may both have a booking 1. */
  readonly domain: string;
  readonly summary: string;
  readonly description?: string;
  /** An absolute http(s) address; anything else is left out. */
  readonly url?: string;
  /** Minutes before the beginning at which the calendar reminds; 15 by default, null for no reminder. */
  readonly remindBefore?: number | null;
}

const PRODUCT = '-//Active Session//Active Session//EN';
/** Octets of a line, without its end. */
const LINE = 75;
/** Largest INTEGER. */
const MOST = 2 ** 31 - 1;
/* eslint-disable no-control-regex -- they are what is taken out */
/** Every way in which some reader or other ends a line. */
const LINE_ENDS = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/g;
/** Without the tab, which may stay, and the line feed. */
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
/* eslint-enable no-control-regex */
const HALF_PAIR = /\p{Surrogate}/gu;
const ADDRESS = /^https?:\/\/[\x21-\x7e]+$/i;

/**
 * A booking as an iCalendar file (RFC 5545), to be kept as UTF-8 under `text/calendar`. Every file of a booking has the
 * same UID, and a later version of it a higher SEQUENCE: added again, it takes the place of the former one.
 */
export function toICalendar(entry: CalendarEntry): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    ...eventOf(entry),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventOf({ booking, now, domain, summary, description = '', url = '', remindBefore }: CalendarEntry): string[] {
  const start = toInstant(booking.dateTime);
  const { durationMinutes, version = 0 } = booking;
  const isCancelled = booking.status === 'cancelled';
  return [
    'BEGIN:VEVENT',
    `UID:${word(String(booking.id))}@${word(domain)}`,
    `SEQUENCE:${Math.min(version, MOST)}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(start)}`,
    // An end that nobody has said is not made up: the calendar then shows the beginning alone.
    ...(durationMinutes === undefined ? [] : [`DTEND:${utc(start + durationMinutes * MINUTE)}`]),
    `SUMMARY:${text(summary)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${text(description)}`]),
    ...(ADDRESS.test(url) ? [`URL:${url}`] : []),
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${isCancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    // In a calendar that is shared, the others see that there is something, and not what.
    'CLASS:PRIVATE',
    ...(booking.status === 'scheduled' ? reminderOf(summary, remindBefore) : []),
    'END:VEVENT',
  ];
}

function reminderOf(summary: string, before: number | null = 15): string[] {
  if (before === null) return [];
  return [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${text(summary)}`,
    `TRIGGER:-PT${Math.round(before)}M`,
    'END:VALARM',
  ];
}

/** "20260107T100000Z" */
function utc(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** A value of type TEXT: whatever it is, it stays one value on one line. */
function text(value: string): string {
  return value
    .replaceAll(LINE_ENDS, '\n')
    .replaceAll(CONTROLS, '')
    .replaceAll(HALF_PAIR, '\ufffd')
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`);
}

/** Somebody's id as one word of ASCII. */
function word(value: string): string {
  return encodeURIComponent(value.replaceAll(HALF_PAIR, '\ufffd'));
}

/** A long line goes on in the next one after a space; no character is cut in two. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const character of line) {
    const octets = octetsOf(character);
    if (size + octets > LINE) {
      parts.push(part);
      part = ' ';
      size = 1;
    }
    part += character;
    size += octets;
  }
  return [...parts, part].join('\r\n');
}

function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_00_00 ? 3 : 4;
}
