import { describe, expect, it } from 'vitest';
import { parseBookings } from './booking/booking.rules.js';
import { bookingSchema } from './booking/booking.schema.js';
import { parse } from './booking/parse.rules.js';
import { SessionError } from './errors.js';
import { parseNotes } from './notes/note.rules.js';
import { providerNoteSchema } from './notes/note.schema.js';

/** "Data Structure" of active-session-updates.md, copied to the letter. */
const DOCUMENT = `
## Data Structure

### Active Booking Format:
\`\`\`javascript
{
  id: 123456789,
  provider: "dr-smith",
  providerName: "Dr. Smith",
  providerInitials: "DS",
  dateTime: "2026-01-07T10:00:00.000Z",
  sessionType: "Video Consultation",
  notes: "Patient notes",
  status: "scheduled", // or "completed", "cancelled"
  bookedAt: "2026-01-06T12:00:00.000Z"
}
\`\`\`

### Provider Notes Format:
\`\`\`javascript
{
  providerName: "Dr. Smith",
  timestamp: "2026-01-07T10:30:00.000Z",
  content: "Follow-up in 2 weeks. Prescribed medication X."
}
\`\`\`
`;

const [BOOKING, NOTE] = [...DOCUMENT.matchAll(/```javascript\n(.*?)```/gs)].map(([, block = '']) => literal(block)) as [
  Record<string, unknown>,
  Record<string, unknown>,
];

/** The value of a JavaScript object literal that has plain keys, strings and numbers. */
function literal(source: string): unknown {
  return JSON.parse(source.replace(/\s\/\/.*$/gm, '').replace(/^([ \t]*)(\w+):/gm, '$1"$2":'));
}

describe('the formats of the seed', () => {
  it('its booking parses as it is printed, and is changed in nothing', () => {
    expect(Object.keys(BOOKING)).toHaveLength(9);
    expect(parse(bookingSchema, BOOKING, 'booking')).toEqual(BOOKING);
    expect(BOOKING).toMatchObject({ id: 123456789, dateTime: '2026-01-07T10:00:00.000Z', status: 'scheduled' });
  });

  it('its note parses as it is printed, and is changed in nothing', () => {
    expect(Object.keys(NOTE)).toEqual(['providerName', 'timestamp', 'content']);
    expect(parse(providerNoteSchema, NOTE, 'note')).toEqual(NOTE);
  });

  it('an id may be a string, and the statuses are those of the comment', () => {
    expect(parse(bookingSchema, { ...BOOKING, id: 'b-1' }, 'booking').id).toBe('b-1');
    for (const status of ['scheduled', 'completed', 'cancelled']) {
      expect(parse(bookingSchema, { ...BOOKING, status }, 'booking').status).toBe(status);
    }
  });

  it('what we do not know is left out, and hides nothing', () => {
    expect(parse(bookingSchema, { ...BOOKING, mood: 'sunny', extra: { deep: 1 } }, 'booking')).toEqual(BOOKING);
    expect(parse(providerNoteSchema, { ...NOTE, html: '<b>' }, 'note')).toEqual(NOTE);
    expect(parse(providerNoteSchema, { ...NOTE, kind: 'of-next-year' }, 'note').kind).toBeUndefined();
  });
});

describe('what does not parse is refused, and the field is named', () => {
  const bad: readonly [field: string, value: unknown][] = [
    ['id', null],
    ['id', 1.5],
    ['id', ''],
    ['provider', undefined],
    ['providerName', 7],
    ['providerInitials', 'MUCH TOO LONG'],
    ['dateTime', '2026-01-07T10:00:00'],
    ['dateTime', '2026-01-07'],
    ['dateTime', '2026-02-30T10:00:00.000Z'],
    ['dateTime', '2026-01-07T25:00:00.000Z'],
    ['dateTime', 1767780000000],
    ['dateTime', 'tomorrow'],
    ['sessionType', ''],
    ['notes', undefined],
    ['status', 'SCHEDULED'],
    ['status', 'pending'],
    ['bookedAt', 'yesterday'],
    ['attendance', 'both'],
    ['version', -1],
  ];
  it.each(bad)('%s: %j', (field, value) => {
    const error = refusal({ ...BOOKING, [field]: value });
    expect(error.code).toBe('malformed');
    expect(error.problems.map(({ path }) => path)).toEqual([field]);
    expect(error.message).toContain(field);
  });

  it('every wrong field is named, not only the first', () => {
    const error = refusal({ ...BOOKING, status: 'x', dateTime: 'y', id: {} });
    expect(error.problems.map(({ path }) => path).toSorted()).toEqual(['dateTime', 'id', 'status']);
  });

  it('an offset is as good as Z, and is the same instant', () => {
    const { dateTime } = parse(bookingSchema, { ...BOOKING, dateTime: '2026-01-07T11:00:00+01:00' }, 'booking');
    expect(Date.parse(dateTime)).toBe(Date.parse('2026-01-07T10:00:00.000Z'));
  });

  it.each([null, 'text', 3, []])('a booking that is %j', (value) => {
    expect(refusal(value).code).toBe('malformed');
  });

  it('a note without a name, a time or a content', () => {
    for (const field of ['providerName', 'timestamp', 'content']) {
      const { problems } = parseNotes([{ ...NOTE, [field]: undefined }]);
      expect(problems.map(({ path }) => path)).toEqual([`0.${field}`]);
    }
  });
});

describe('a list', () => {
  it('one bad booking does not hide the good ones, and is told beside them', () => {
    const list = [BOOKING, { ...BOOKING, id: 2, dateTime: 'soon' }, { ...BOOKING, id: 3 }, null];
    const { items, problems } = parseBookings(list);
    expect(items.map(({ id }) => id)).toEqual([123456789, 3]);
    expect(problems.map(({ path }) => path)).toEqual(['1.dateTime', '3']);
  });

  it('that is none is refused', () => {
    expect(() => parseBookings({ items: [] })).toThrow(/list/);
    expect(() => parseNotes(null)).toThrow(SessionError);
  });
});

function refusal(value: unknown): SessionError {
  try {
    parse(bookingSchema, value, 'booking');
  } catch (error) {
    if (error instanceof SessionError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}
