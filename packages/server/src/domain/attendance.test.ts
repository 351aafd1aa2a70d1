import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callStartedAt, toIso, type AttendanceEntry, type Role } from '@active-session/core';
import { cameIn, ENTRIES_AT_MOST } from './attendance.js';

type Entries = readonly AttendanceEntry[];

/** What the store does with an answer of `cameIn`. */
function kept(entries: Entries, role: Role, now: number): Entries {
  const how = cameIn(entries, role, now);
  if (how === 'anew') return [...entries, { seat: role, role, joinedAt: toIso(now) }];
  const last = entries.findLastIndex((entry) => entry.role === role);
  return entries.map(({ leftAt, ...entry }, index) => {
    if (index !== last) return leftAt === undefined ? entry : { ...entry, leftAt };
    return how === 'back' ? entry : { ...entry, joinedAt: toIso(now) };
  });
}

function closed(entries: Entries, role: Role, now: number): Entries {
  return entries.map((entry) =>
    entry.role === role && entry.leftAt === undefined ? { ...entry, leftAt: toIso(now) } : entry,
  );
}

const isIn = (entries: Entries, role: Role): boolean =>
  entries.some((entry) => entry.role === role && entry.leftAt === undefined);

describe('the record of who was in the call', () => {
  const START = Date.parse('2026-03-02T10:00:00Z');
  const patient = (from: number, to?: number): AttendanceEntry => ({
    seat: 'patient',
    role: 'patient',
    joinedAt: toIso(START + from),
    ...(to === undefined ? {} : { leftAt: toIso(START + to) }),
  });
  const provider = (from: number, to?: number): AttendanceEntry => ({
    ...patient(from, to),
    seat: 'provider',
    role: 'provider',
  });

  it.each([
    ['for the first time', [], 'anew'],
    ['after a blink', [patient(0, 2_000)], 'back'],
    ['after 15 s', [patient(0, 1_000), provider(0)], 'anew'],
    ['after a blink, in which the other one came for the first time', [patient(0, 14_000), provider(15_000)], 'anew'],
    ['after a blink in a call that had begun', [patient(0, 14_000), provider(1_000)], 'back'],
  ] as const)('when somebody comes %s', (_, entries, how) => {
    expect(cameIn(entries, 'patient', START + 16_000)).toBe(how);
  });

  it('is of 40 entries a seat at most, for who comes and goes alone all day', () => {
    let entries: Entries = [];
    for (let i = 0; i < 100; i++) {
      entries = closed(kept(entries, 'patient', START + i * 60_000), 'patient', START + i * 60_000 + 1_000);
    }
    expect(entries).toHaveLength(ENTRIES_AT_MOST);
    expect([entries[0]!.joinedAt, entries.at(-1)!.leftAt]).toEqual([toIso(START), toIso(START + 99 * 60_000 + 1_000)]);
  });

  it('knows when the two met at last, who missed each other a hundred times', () => {
    let entries: Entries = [];
    let now = START;
    const passBy = (role: Role): void => {
      entries = closed(kept(entries, role, (now += 30_000)), role, (now += 1_000));
    };
    for (let i = 0; i < 100; i++) (['patient', 'provider'] as const).forEach(passBy);
    expect(callStartedAt(entries)).toBeNull();
    entries = kept(entries, 'patient', (now += 30_000));
    entries = kept(entries, 'provider', (now += 5_000));
    expect(callStartedAt(entries)).toBe(now);
    expect(entries).toHaveLength(2 * ENTRIES_AT_MOST);
  });

  it('never gets long, and never says another beginning of the call than the one there was', () => {
    const toggles = fc.array(
      fc.record({ role: fc.constantFrom<Role>('patient', 'provider'), after: fc.integer({ min: 1, max: 40_000 }) }),
      { maxLength: 250, size: 'max' },
    );
    fc.assert(
      fc.property(toggles, (steps) => {
        const inside = new Set<Role>();
        let began: number | null = null;
        let entries: Entries = [];
        let now = START;
        for (const { role, after } of steps) {
          now += after;
          if (inside.delete(role)) entries = closed(entries, role, now);
          else {
            entries = kept(entries, role, now);
            if (inside.size === 1) began ??= now;
            inside.add(role);
          }
          expect(isIn(entries, role)).toBe(inside.has(role));
          expect(entries.filter((entry) => entry.role === role).length).toBeLessThanOrEqual(ENTRIES_AT_MOST);
        }
        expect(callStartedAt(entries)).toBe(began);
      }),
      { numRuns: 100 },
    );
  });
});
