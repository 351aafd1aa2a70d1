import { describe, expect, it } from 'vitest';
import type { OpeningHours } from './store/records.js';
import { workingSlots } from './domain/slots.js';

const hours = (weekday: number, from: string, to: string, slotMinutes = 60): OpeningHours => ({
  provider: 'x',
  weekday,
  from,
  to,
  slotMinutes,
  sessionTypes: ['Video visit'],
});
const starts = (entry: OpeningHours, zone: string, from: string, to: string): string[] =>
  workingSlots([entry], zone, Date.parse(from), Date.parse(to)).map(({ start }) => new Date(start).toISOString());

describe('opening hours', () => {
  it('are wall-clock times of their zone, also where it is no whole hour off', () => {
    const week = ['2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z'] as const;
    expect(starts(hours(1, '09:00', '11:00'), 'America/New_York', ...week)).toEqual([
      '2026-03-02T14:00:00.000Z',
      '2026-03-02T15:00:00.000Z',
    ]);
    expect(starts(hours(7, '09:00', '10:00'), 'Asia/Kathmandu', ...week)).toEqual(['2026-03-08T03:15:00.000Z']);
  });

  it('keep their wall-clock time across a change of offset', () => {
    const entry = hours(1, '09:00', '10:00');
    expect(starts(entry, 'America/New_York', '2026-03-02T00:00:00Z', '2026-03-15T00:00:00Z')).toEqual([
      '2026-03-02T14:00:00.000Z',
      '2026-03-09T13:00:00.000Z',
    ]);
  });

  it('have no slot in the hour that spring skips, and one in the hour that autumn repeats', () => {
    const night = hours(7, '00:00', '04:00');
    expect(starts(night, 'Europe/Berlin', '2026-03-28T22:00:00Z', '2026-03-29T10:00:00Z')).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T00:00:00.000Z',
      '2026-03-29T01:00:00.000Z',
    ]);
    expect(starts(night, 'Europe/Berlin', '2026-10-24T20:00:00Z', '2026-10-25T10:00:00Z')).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-24T23:00:00.000Z',
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ]);
  });

  it('hold whole slots only, to the end of the day, within a half-open range', () => {
    expect(starts(hours(1, '22:30', '24:00'), 'UTC', '2026-03-02T00:00:00Z', '2026-03-04T00:00:00Z')).toEqual([
      '2026-03-02T22:30:00.000Z',
    ]);
    expect(starts(hours(1, '09:00', '12:00'), 'UTC', '2026-03-02T09:00:00Z', '2026-03-02T11:00:00Z')).toEqual([
      '2026-03-02T09:00:00.000Z',
      '2026-03-02T10:00:00.000Z',
    ]);
  });

  it.each([
    ['America/Santiago', '2026-09-05T00:00:00Z', '2026-09-08T00:00:00Z'],
    ['America/Havana', '2026-10-31T00:00:00Z', '2026-11-03T00:00:00Z'],
    ['Africa/Cairo', '2026-04-23T00:00:00Z', '2026-04-26T00:00:00Z'],
    ['Pacific/Apia', '2011-12-28T00:00:00Z', '2012-01-02T00:00:00Z'],
    ['Antarctica/Troll', '2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z'],
  ])('are once each, at the time that they say, where a change is at midnight (%s)', (zone, from, to) => {
    const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => hours(weekday, '00:00', '24:00', 30));
    const found = workingSlots(always, zone, Date.parse(from), Date.parse(to));
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    const walls = found.map(({ start }) => format.format(start));
    // Every half hour that a clock there shows, and none that it does not.
    const shown = new Set<string>();
    for (let at = Date.parse(from); at < Date.parse(to); at += 30 * 60_000) shown.add(format.format(at));
    expect(walls).toEqual([...shown]);
  });

  it('of weeks are found in a moment', () => {
    const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => hours(weekday, '00:00', '24:00', 5));
    const from = Date.parse('2026-03-02T00:00:00Z');
    workingSlots(always, 'America/New_York', from, from + 1);
    const started = performance.now();
    expect(workingSlots(always, 'America/New_York', from, from + 35 * 86_400_000)).toHaveLength(35 * 288);
    // Measured: some 10 ms. One that asks the zone for each slot takes 400.
    expect(performance.now() - started).toBeLessThan(120);
  });

  it('come to an end with the calendar: a request for its last day must not run for ever', () => {
    const always = hours(5, '22:00', '24:00');
    expect(starts(always, 'UTC', '9999-12-31T00:00:00Z', '9999-12-31T23:59:59Z')).toEqual([
      '9999-12-31T22:00:00.000Z',
      '9999-12-31T23:00:00.000Z',
    ]);
    expect(starts(always, 'America/New_York', '+010000-01-05T00:00:00Z', '+010000-01-20T00:00:00Z')).toEqual([]);
  });
});
