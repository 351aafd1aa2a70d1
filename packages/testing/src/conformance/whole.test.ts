import { describe, expect, it } from 'vitest';
import { checkBackend, type ConformanceReport } from '../conformance.js';
import { ENDPOINT, FIXTURES, serve, TOKENS } from '../test-support/served.js';

/** Many free times, and seats that last as long as a clock may jump. */
const ROOMY = { hours: { from: 0, to: 24 * 60, slotMinutes: 5 } };

function check(fixtures?: string): Promise<ConformanceReport> {
  return checkBackend({ endpoint: ENDPOINT, tokens: TOKENS, fixtures });
}

describe('a whole backend', () => {
  it('holds, with fixtures in every promise', async () => {
    serve(ROOMY);
    const report = await check(FIXTURES);
    expect(report.rules.flatMap((rule) => rule.broken)).toEqual([]);
    expect(report.form).toMatchObject({ broken: [], faults: [] });
    expect(report.passed).toBe(true);
    expect(report.rules.flatMap((rule) => rule.notChecked)).toEqual([]);
    expect(report.capabilities.filter(({ state }) => state !== 'offered')).toEqual([]);
    expect(report.answers).toEqual({ serverTime: 'offered', problemDetails: 'offered' });
  });

  it('holds by its own routes too, and what takes another clock is said', async () => {
    serve(ROOMY);
    const report = await check();
    expect(report.passed).toBe(true);
    const why = new Set(report.rules.flatMap((rule) => rule.notChecked.map(({ because }) => because)));
    expect([...why].toSorted()).toEqual([
      'a booking that has begun is needed: nobody can book one, fixtures can',
      'the server’s clock can not be moved here',
    ]);
  });
});
