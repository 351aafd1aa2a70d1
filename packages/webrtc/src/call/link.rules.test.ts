import type { Party } from '@active-session/core';
import { describe, expect, it } from 'vitest';
import { answerWithin, dialsFirst, reachableAt, redialAfter, shouldDial } from './link.rules.js';
import type { LinkFacts } from './link.rules.js';

const line = {};
const olderLine = {};
const due: LinkFacts = { dials: true, theirId: 'b1', line, live: null, pending: null };

describe('whether a new attempt is due', () => {
  it.each<[string, Partial<LinkFacts>, boolean]>([
    ['they are there and nothing is made', {}, true],
    ['the other side dials', { dials: false }, false],
    ['they are away', { theirId: null }, false],
    ['our signalling is not open', { line: null }, false],
    ['one is being made', { pending: { theirId: 'b1', line } }, false],
    ['one is in use', { live: { theirId: 'b1', line } }, false],
    ['they moved', { live: { theirId: 'b0', line } }, true],
    ['they moved during an attempt', { pending: { theirId: 'b0', line } }, true],
    ['we moved', { live: { theirId: 'b1', line: olderLine } }, true],
    [
      'we moved, and one is being made',
      { live: { theirId: 'b1', line: olderLine }, pending: { theirId: 'b1', line } },
      false,
    ],
  ])('%s', (_, facts, expected) => {
    expect(shouldDial({ ...due, ...facts })).toBe(expected);
  });
});

describe('who dials', () => {
  const seats = [
    { seat: 'a', dials: true },
    { seat: 'b', dials: false },
    { seat: 'c', dials: false },
    { seat: 'd', dials: true },
  ];
  it('is exactly one of any two', () => {
    for (const one of seats) {
      for (const other of seats) {
        if (one !== other) expect(dialsFirst(one, other)).toBe(!dialsFirst(other, one));
      }
    }
    expect(dialsFirst({ seat: 'z', dials: true }, { seat: 'a', dials: false })).toBe(true);
  });
});

it('reaches nobody who is away', () => {
  const party: Party = {
    ...{ seat: 'b', role: 'patient', name: 'B', peerId: 'b1', dials: false, presence: 'away', since: null },
  };
  expect(reachableAt(party)).toBe(null);
  expect(reachableAt({ ...party, presence: 'waiting' })).toBe('b1');
});

it('tries early first, and less often later', () => {
  expect([0, 1, 2, 3, 50].map(answerWithin)).toEqual([2_000, 4_000, 8_000, 8_000, 8_000]);
  expect([1, 2, 3, 4, 50].map(redialAfter)).toEqual([250, 500, 1_000, 2_000, 2_000]);
});
