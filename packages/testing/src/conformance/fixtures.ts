import { bookingSchema, parse, toIso, type Booking, type Instant } from '@active-session/core';
import { withoutSlash } from '../address.js';
import { NotCheckable } from '../contracts/assert.js';
import { createRaw } from './raw.js';

/**
 * What the backend's own team offers for tests, and for nothing else: `POST <fixtures>/bookings` makes a booking at any
 * time, `POST <fixtures>/clock` moves the clock. Each may be missing (404 or 501).
 */
export interface Fixtures {
  /** @throws NotCheckable */
  book(request: { patient: string; provider: string; start: Instant }): Promise<Booking>;
  /** ms. @throws NotCheckable */
  advance(ms: number): Promise<void>;
}

const MISSING = [404, 405, 501];

export function createFixtures(address: string, token: string | undefined, fetch: typeof globalThis.fetch): Fixtures {
  const raw = createRaw(withoutSlash(address), fetch);
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const { status, body: answer } = await raw(path, { method: 'POST', body, token });
    if (MISSING.includes(status)) throw new NotCheckable(`POST ${path} is not among the fixtures here`);
    if (status >= 300) throw new Error(`the fixtures answered POST ${path} with ${status}`);
    return answer;
  };
  return {
    async book({ patient, provider, start }) {
      const answer = await post('/bookings', { patient, provider, dateTime: toIso(start) });
      return parse(bookingSchema, answer, 'booking of the fixtures');
    },
    async advance(ms) {
      await post('/clock', { advance: Math.ceil(ms) });
    },
  };
}
