import { describe, expect, it } from 'vitest';
import { createBrowserPlatform } from './index.js';
import { isGap } from './wake.js';

describe('a gap in a timer of 10 s', () => {
  it.each([
    [10_000, 'visible', false],
    [39_000, 'visible', false],
    [41_000, 'visible', true],
    [60_000, 'hidden', false],
    [1_800_000, 'hidden', true],
    [-60_000, 'visible', true],
  ] as const)('of %d ms in a %s tab: %s', (elapsed, visibility, expected) => {
    expect(isGap(elapsed, visibility)).toBe(expected);
  });
});

describe('in Node', () => {
  it('is made without touching the page, and says what is not there', async () => {
    const { clock, storage } = createBrowserPlatform();
    expect(clock.monotonic()).toBeTypeOf('number');
    await expect(storage.get('a')).rejects.toMatchObject({ code: 'not-supported' });
  });
});
