import { describe, expect, it } from 'vitest';
import { judge } from './booking.rules.js';
import { bookingSchema } from './booking.schema.js';
import { instantSchema, MINUTE, toInstant, toIso } from './instant.schema.js';
import { DEFAULT_WINDOW_POLICY } from './policy.schema.js';
import { withOffset } from './test-support/arbitraries.js';
import { booking, DAY, HOUR } from './test-support/bookings.js';

const YEAR = Date.UTC(2026, 0, 1);
const ZONES = Intl.supportedValuesOf('timeZone');

/** Minutes that a zone is ahead of UTC at an instant, read from its own clock. */
function zoneClock(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', hour: 'numeric' });
  return (instant) => {
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

/** The minutes of the year at which a zone's clock is changed. */
function transitions(offsetAt: (instant: number) => number): number[] {
  const found: number[] = [];
  for (let from = YEAR; from < YEAR + 366 * DAY; from += 7 * DAY) {
    let [before, after] = [from, from + 7 * DAY];
    if (offsetAt(before) === offsetAt(after)) continue;
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle) === offsetAt(before)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}

function windowOf(dateTime: string): [opensAt: number, closesAt: number] {
  const parsed = bookingSchema.parse(booking({ dateTime }));
  const { opensAt, closesAt } = judge({
    booking: parsed,
    attendance: [],
    now: YEAR,
    policy: DEFAULT_WINDOW_POLICY,
    role: 'patient',
  });
  return [opensAt, closesAt];
}

describe('the window is three hours of real time, wherever the provider’s clock stands', () => {
  it('in every zone, before, in and after every change of its clock', () => {
    const wrong: string[] = [];
    const seen = { zones: 0, changes: 0, offsets: new Set<number>() };
    for (const timeZone of ZONES) {
      const offsetAt = zoneClock(timeZone);
      const changes = transitions(offsetAt);
      seen.zones += 1;
      seen.changes += changes.length;
      for (const at of [YEAR, YEAR + 365 * DAY, ...changes]) {
        for (const start of [at - HOUR, at - 1, at, at + 30 * MINUTE, at + 2 * HOUR]) {
          const offset = offsetAt(start);
          seen.offsets.add(offset);
          const [opensAt, closesAt] = windowOf(withOffset(start, offset));
          if (opensAt !== start - HOUR || closesAt !== start + 2 * HOUR) wrong.push(`${timeZone} ${toIso(start)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.zones).toBeGreaterThan(300);
    expect(seen.changes).toBeGreaterThan(200);
    // Among them such as are not at a full hour.
    expect([...seen.offsets]).toEqual(expect.arrayContaining([-210, 330, 345, 525, 765]));
  });

  it('the hour that comes twice is two bookings, an hour apart', () => {
    const [first] = windowOf('2026-10-25T02:30:00+02:00');
    const [second] = windowOf('2026-10-25T02:30:00+01:00');
    expect(second - first).toBe(HOUR);
  });

  it('over the end of a year, and of a leap day', () => {
    for (const start of ['2026-12-31T23:30:00-12:00', '2027-01-01T00:30:00+14:00', '2028-02-29T23:59:59.999Z']) {
      expect(windowOf(start)).toEqual([Date.parse(start) - HOUR, Date.parse(start) + 2 * HOUR]);
    }
  });
});

describe('an instant on the wire', () => {
  it('is the same one for a patient, a provider and a server in three zones', () => {
    const here = ['2026-01-07T10:00:00.000Z', '2026-01-07T15:45:00+05:45', '2026-01-06T22:00:00-12:00'];
    expect(new Set(here.map(toInstant)).size).toBe(1);
    expect(new Set(here.map((iso) => windowOf(iso).join())).size).toBe(1);
  });

  it.each([
    ['no offset', '2026-01-07T10:00:00'],
    ['a zone’s name', '2026-01-07T10:00:00[Europe/Berlin]'],
    ['a date alone', '2026-01-07'],
    ['a day that is none', '2026-02-30T10:00:00Z'],
    ['a 29 February of no leap year', '2027-02-29T10:00:00Z'],
    ['an hour that is none', '2026-01-07T24:00:00Z'],
    ['a leap second', '2026-12-31T23:59:60Z'],
    ['a year that no clock reaches', '+275761-01-01T00:00:00Z'],
    ['a number', 1_767_780_000_000],
    ['not a number', Number.NaN],
    ['words', 'tomorrow at ten'],
  ])('%s is refused', (_, value) => {
    expect(instantSchema.safeParse(value).success).toBe(false);
  });
});
