import { expect } from '@open-wc/testing';
import { Formats } from '../shared/formats.js';
import { endOfDay, startOfDay } from './calendar-day.js';

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());

describe('a calendar day', () => {
  const days: readonly (readonly [string, string, string, string])[] = [
    ['Europe/London', '2026-01-07', '2026-01-07T00:00:00.000Z', '2026-01-08T00:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-07', '2026-01-06T18:15:00.000Z', '2026-01-07T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-07', '2026-01-06T10:00:00.000Z', '2026-01-07T10:00:00.000Z'],
    // The clocks go back on this day: it has 25 hours.
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    // The clocks go forward at midnight: the day begins at one o'clock.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z'],
    ['UTC', '2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ];
  for (const [zone, day, from, to] of days) {
    it(`${day} in ${zone} is from ${from} to ${to}`, () => {
      const formats = new Formats('en', zone);
      expect([iso(startOfDay(day, formats)), iso(endOfDay(day, formats))]).to.deep.equal([from, to]);
    });
  }

  for (const day of ['', '0002-01-07', '2026-13-01', 'tomorrow']) {
    it(`“${day}” is none`, () => {
      const formats = new Formats('en', 'UTC');
      expect(startOfDay(day, formats)).to.equal(undefined);
      expect(endOfDay(day, formats)).to.equal(undefined);
    });
  }
});
