import {
  meSchema,
  parse,
  presenceAnswerSchema,
  seatSchema,
  ticketSchema,
  type AccessPort,
  type ServerTimePort,
} from '@active-session/core';
import { pathOf } from './bookings.js';
import type { Http } from './http.js';

export function createAccess(http: Http): Required<AccessPort> {
  return {
    async me({ signal }) {
      return parse(meSchema, await http.json({ path: '/me', signal }), 'sign-in');
    },
    async takeSeat(bookingId, request, { signal }) {
      const path = `${pathOf(bookingId)}/seat`;
      return parse(seatSchema, await http.json({ method: 'POST', path, body: request, signal }), 'seat');
    },
    async join(bookingId, { lease }, { signal }) {
      const path = `${pathOf(bookingId)}/join`;
      return parse(ticketSchema, await http.json({ method: 'POST', path, body: { lease }, signal }), 'ticket');
    },
    async presence(bookingId, report, { signal }) {
      const path = `${pathOf(bookingId)}/presence`;
      const answer = await http.json({ method: 'PUT', path, body: report, signal });
      return parse(presenceAnswerSchema, answer, 'presence');
    },
    async leave(bookingId, { lease }, { signal }) {
      await http.json({ method: 'POST', path: `${pathOf(bookingId)}/leave`, body: { lease }, signal });
    },
    leaveNow(bookingId, { lease }) {
      const { signal } = new AbortController();
      const path = `${pathOf(bookingId)}/leave`;
      // Nobody is left to hear how it went; a seat that is not given back expires.
      http.json({ method: 'POST', path, body: { lease }, signal, keepalive: true }).catch(() => undefined);
    },
  };
}

/** Any answer shows the server's clock; this asks for one. */
export function createServerTime(http: Http, subscribe: ServerTimePort['subscribe']): ServerTimePort {
  return {
    subscribe,
    async measure({ signal }) {
      await http.json({ path: '/me', signal });
    },
  };
}
