import {
  activeBookingSchema,
  bookingSchema,
  parse,
  parseBookings,
  parseList,
  providerSchema,
  slotSchema,
  verdictFromWire,
  type Booking,
  type BookingId,
  type BookingsPort,
} from '@active-session/core';
import type { Http, HttpRequest } from './http.js';
import { pageOf, range } from './page.js';
import type { Route } from './route.js';

type BookingRoute = Extract<Route, `${string} /bookings/{id}${string}`>;

export function createBookings(http: Http): Required<BookingsPort> {
  const act = async (route: BookingRoute, id: BookingId, request: HttpRequest): Promise<Booking> =>
    parse(bookingSchema, await http.json(route, { of: [id], body: {}, ...request }), 'booking');

  return {
    async active({ signal }) {
      const answer = await http.json('GET /bookings/active', { signal, mayBeEmpty: true });
      const { booking, verdict } = parse(activeBookingSchema, wrapped(answer), 'active booking');
      return { booking, verdict: verdict ? verdictFromWire(verdict) : null };
    },
    async list({ status, cursor, ...when }, { signal }) {
      const page = pageOf(await http.json('GET /bookings', { query: { status, cursor, ...range(when) }, signal }));
      return { ...parseBookings(page.items), cursor: page.cursor };
    },
    async providers({ signal }) {
      const page = pageOf(await http.json('GET /providers', { signal }));
      return parseList(providerSchema, page.items, 'provider').items;
    },
    async slots(provider, when, { signal }) {
      const page = pageOf(await http.json('GET /providers/{id}/slots', { of: [provider], query: range(when), signal }));
      return parseList(slotSchema, page.items, 'free time').items;
    },
    async book(body, { idempotencyKey, signal }) {
      const headers = { 'Idempotency-Key': idempotencyKey };
      return parse(bookingSchema, await http.json('POST /bookings', { body, headers, signal }), 'booking');
    },
    get: (id, { signal }) => act('GET /bookings/{id}', id, { body: undefined, signal }),
    cancel: (id, reason, { signal }) =>
      act('POST /bookings/{id}/cancel', id, { body: reason === undefined ? {} : { reason }, signal }),
    complete: (id, { signal }) => act('POST /bookings/{id}/complete', id, { signal }),
    reschedule: (id, body, { version, signal }) =>
      act('POST /bookings/{id}/reschedule', id, { body, headers: ifMatch(version), signal }),
    reopen: (id, { signal }) => act('POST /bookings/{id}/reopen', id, { signal }),
    late: (id, body, { signal }) => act('POST /bookings/{id}/late', id, { body, signal }),
    noShow: (id, { signal }) => act('POST /bookings/{id}/no-show', id, { signal }),
    async reassign(id, body, { version, signal }) {
      const request = { of: [id], body, headers: ifMatch(version), mayBeEmpty: true, signal };
      await http.json('POST /bookings/{id}/reassign', request);
    },
  };
}

/** A booking's version as its entity tag. */
function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}

/**
 * The contract's form of what a backend with nothing but the seed's routes may answer: the booking itself, a list of
 * those that are active, or nothing. JSON leaves a field out that has no value, so `{}` is nothing too.
 */
function wrapped(answer: unknown): unknown {
  const found: unknown = Array.isArray(answer) ? answer[0] : answer;
  if (typeof found !== 'object') return found === undefined ? { booking: null } : found;
  if (found === null || Object.keys(found).length === 0) return { booking: null };
  return 'id' in found ? { booking: found } : found;
}
