import { describe, expect, it } from 'vitest';
import { createAllowance, createMeter } from './allowance.js';

const rate = { burst: 120, perSecond: 10 };

describe('an allowance', () => {
  it('lets the rate through to who asks more than that all the time', () => {
    let time = 0;
    const ask = createAllowance(rate, () => time);
    let passed = 0;
    for (let i = 0; i < 11 * 600; i += 1) {
      time = (i * 1000) / 11;
      if (ask() === 0 && time >= 300_000) passed += 1;
    }
    expect(passed).toBeGreaterThanOrEqual(2_990);
    expect(passed).toBeLessThanOrEqual(3_010);
  });

  it('says when the next one passes, and that one passes', () => {
    let time = 0;
    const ask = createAllowance({ burst: 1, perSecond: 0.5 }, () => time);
    expect([ask(), ask()]).toEqual([0, 2]);
    time += 1_999;
    expect(ask()).toBeGreaterThan(0);
    time += 1;
    expect(ask()).toBe(0);
  });

  it('gives nothing for a clock that steps back, and goes on from there', () => {
    let time = 1_000_000;
    const ask = createAllowance({ burst: 1, perSecond: 1 }, () => time);
    expect(ask()).toBe(0);
    time = 0;
    expect(ask()).toBe(1);
    time += 1_000;
    expect(ask()).toBe(0);
  });
});

it('a meter counts each key by itself, in whole seconds', () => {
  let time = 0;
  const meter = createMeter({ burst: 1, perSecond: 2 }, () => time);
  expect([meter.ask('a'), meter.ask('a'), meter.ask('b')]).toEqual([0, 1, 0]);
  time += 500;
  expect(meter.ask('a')).toBe(0);
});
