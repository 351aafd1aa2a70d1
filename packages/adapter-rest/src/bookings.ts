import {
  activeBookingSchema,
  bookingSchema,
  parse,
  parseBookings,
  parseList,
  providerSchema,
  slotSchema,
  toIso,
  verdictFromWire,
  type Booking,
  type BookingId,
  type BookingsPort,
} from '@active-session/core';
import type { Http } from './http.js';
import { pageOf } from './page.js';

export function createBookings(http: Http): Required<BookingsPort> {
  const act = async (id: BookingId, action: string, body: unknown, signal: AbortSignal): Promise<Booking> =>
    parse(bookingSchema, await http.json({ method: 'POST', path: `${pathOf(id)}/${action}`, body, signal }), 'booking');

  return {
    async active({ signal }) {
      const answer = await http.json({ path: '/bookings/active', signal });
      const { booking, verdict } = parse(activeBookingSchema, answer, 'active booking');
      return { booking, verdict: verdict ? verdictFromWire(verdict) : null };
    },
    async list({ status, from, to, cursor }, { signal }) {
      const query = {
        status,
        cursor,
        from: from === undefined ? undefined : toIso(from),
        to: to === undefined ? undefined : toIso(to),
      };
      const page = pageOf(await http.json({ path: '/bookings', query, signal }));
      return { ...parseBookings(page.items), cursor: page.cursor };
    },
    async providers({ signal }) {
      const page = pageOf(await http.json({ path: '/providers', signal }));
      return parseList(providerSchema, page.items, 'provider').items;
    },
    async slots(provider, { from, to }, { signal }) {
      const path = `/providers/${encodeURIComponent(provider)}/slots`;
      const page = pageOf(await http.json({ path, query: { from: toIso(from), to: toIso(to) }, signal }));
      return parseList(slotSchema, page.items, 'free time').items;
    },
    async book(request, { idempotencyKey, signal }) {
      const headers = { 'Idempotency-Key': idempotencyKey };
      const answer = await http.json({ method: 'POST', path: '/bookings', body: request, headers, signal });
      return parse(bookingSchema, answer, 'booking');
    },
    cancel: (id, reason, { signal }) => act(id, 'cancel', reason === undefined ? {} : { reason }, signal),
    complete: (id, { signal }) => act(id, 'complete', {}, signal),
  };
}

export function pathOf(id: BookingId): string {
  return `/bookings/${encodeURIComponent(String(id))}`;
}
