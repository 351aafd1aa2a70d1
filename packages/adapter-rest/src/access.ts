import {
  draftKeySchema,
  invitationSchema,
  meSchema,
  networkTestSchema,
  parse,
  presenceAnswerSchema,
  seatSchema,
  ticketSchema,
  type AccessPort,
  type BookingId,
  type Me,
  type Party,
  type ServerTimePort,
  type Ticket,
} from '@active-session/core';
import type { Http, HttpRequest } from './http.js';

/** What others want to know of answers, each time that there is one. */
export interface AccessEvents {
  readonly onMe: (me: Me) => void;
  readonly onTicket: (ticket: Ticket) => void;
}

export function createAccess(http: Http, { onMe, onTicket }: AccessEvents): Required<AccessPort> {
  const leaving = (bookingId: BookingId, lease: string, signal: AbortSignal): HttpRequest => ({
    of: [bookingId],
    body: { lease },
    mayBeEmpty: true,
    signal,
  });

  return {
    async me({ signal }) {
      const me = parse(meSchema, await http.json('GET /me', { signal }), 'sign-in');
      onMe(me);
      return me;
    },
    async takeSeat(bookingId, body, { signal }) {
      const answer = await http.json('POST /bookings/{id}/seat', { of: [bookingId], body, signal });
      return parse(seatSchema, answer, 'seat');
    },
    async join(bookingId, { lease }, { signal }) {
      const answer = await http.json('POST /bookings/{id}/join', { of: [bookingId], body: { lease }, signal });
      const ticket = parse(ticketSchema, answer, 'ticket');
      onTicket(ticket);
      return ticket;
    },
    async presence(bookingId, body, { signal }) {
      const answer = await http.json('PUT /bookings/{id}/presence', { of: [bookingId], body, signal });
      return parse(presenceAnswerSchema, answer, 'presence');
    },
    async leave(bookingId, { lease }, { signal }) {
      await http.json('POST /bookings/{id}/leave', leaving(bookingId, lease, signal));
    },
    leaveNow(bookingId, { lease }) {
      const request = { ...leaving(bookingId, lease, new AbortController().signal), keepalive: true };
      // Nobody is left to hear how it went; a seat that is not given back expires.
      http.json('POST /bookings/{id}/leave', request).catch(() => undefined);
    },
    admit: async (bookingId, body, { signal }) =>
      partiesOf(await http.json('POST /bookings/{id}/admit', { of: [bookingId], body, signal })),
    hold: async (bookingId, body, { signal }) =>
      partiesOf(await http.json('POST /bookings/{id}/hold', { of: [bookingId], body, signal })),
    async inviteGuest(bookingId, body, { idempotencyKey, signal }) {
      const headers = { 'Idempotency-Key': idempotencyKey };
      const answer = await http.json('POST /bookings/{id}/guests', { of: [bookingId], body, headers, signal });
      return parse(invitationSchema, answer, 'invitation');
    },
    removeGuest: async (bookingId, seat, { signal }) =>
      partiesOf(
        await http.json('POST /bookings/{id}/guests/{seat}/remove', { of: [bookingId, seat], body: {}, signal }),
      ),
    async testNetwork({ signal }) {
      return parse(networkTestSchema, await http.json('GET /network-test', { signal }), 'network test');
    },
    async draftKey({ signal }) {
      return parse(draftKeySchema, await http.json('GET /me/draft-key', { signal }), 'draft key');
    },
  };
}

/** Any answer shows the server's clock; this asks for one. */
export function createServerTime(http: Http, subscribe: ServerTimePort['subscribe']): ServerTimePort {
  return {
    subscribe,
    async measure({ signal }) {
      await http.json('GET /me', { signal });
    },
  };
}

function partiesOf(answer: unknown): readonly Party[] {
  const parties = typeof answer === 'object' && answer !== null && 'parties' in answer ? answer.parties : undefined;
  return parse(presenceAnswerSchema.shape.parties, parties, 'list of who is there');
}
