import { describe, expect, it } from 'vitest';
import { clockProperties } from './test-support/clock-properties.js';

const SEED = 20_260_107;

describe('the server’s clock, on any device and network', () => {
  it.each(clockProperties())('$name', async (property) => {
    const { report } = await property.check({ seed: SEED, runs: 300 });
    expect(report).toBe('');
  });
});
