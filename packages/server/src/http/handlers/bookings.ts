import { chooseActive, roleIn, verdictToWire } from '@active-session/core';
import * as z from 'zod/mini';
import { audited } from '../../domain/audit.js';
import { announceLate, book, cancel, complete, reopen, reportNoShow } from '../../domain/booking.js';
import { once } from '../../domain/idempotency.js';
import { reassign, reschedule } from '../../domain/moving.js';
import { startOf, verdictOf } from '../../domain/own-booking.js';
import { participantVerdict, participation } from '../../domain/participants.js';
import { asGuestSees, withParties } from '../../domain/parties.js';
import { lastingOf } from '../../domain/sweep.js';
import { act, readUnit, type Domain, type ReadUnit } from '../../domain/unit.js';
import type { Log } from '../../log.js';
import type { AuditEntry, BookingRecord, GuestRecord } from '../../store/records.js';
import { decodeCursor, encodeCursor, optionalInstant, pageSize } from '../input.js';
import type { Handlers } from '../operation-routes.js';

const cursorSchema = z.tuple([z.number(), z.string()]);

type ReadHandlers = Pick<Handlers, 'listBookings' | 'getActiveBooking' | 'getBooking'>;

/** A person's own bookings, to read. */
export function bookingReadHandlers(domain: Domain, log: Log): ReadHandlers {
  return {
    async listBookings({ query, signedIn }) {
      const me = signedIn.person.id;
      const limit = pageSize(query.limit);
      const after = decodeCursor(query.cursor, cursorSchema);
      const filter = {
        person: me,
        status: query.status,
        from: optionalInstant(query.from),
        to: optionalInstant(query.to),
        after: after && { start: after[0], id: after[1] },
        limit: limit + 1,
      };
      return audited({ domain, log }, { actor: me, action: 'bookings.read' }, () =>
        readUnit(domain, async (unit) => {
          const found = await unit.view.bookings.list(filter);
          const page = found.slice(0, limit);
          const items = await Promise.all(page.map((booking) => withParties(unit, booking, me)));
          const last = found.length > limit ? page.at(-1) : undefined;
          return { items, ...(last === undefined ? {} : { cursor: encodeCursor([startOf(last), last.id]) }) };
        }),
      );
    },

    async getActiveBooking({ signedIn }) {
      const { guest } = signedIn;
      const me = signedIn.person.id;
      if (guest !== undefined) {
        return audited({ domain, log }, { actor: me, action: 'booking.read', booking: guest.booking }, () =>
          readUnit(domain, (unit) => activeOfGuest(unit, guest)),
        );
      }
      return audited({ domain, log }, { actor: me, action: 'bookings.read' }, () =>
        readUnit(domain, async (unit) => {
          const candidates = await unit.view.bookings.candidates(me, unit.now - lastingOf(unit.policy));
          const chosen = chooseActive(candidates, (booking) => roleIn(booking, me), unit.now, unit.policy);
          const booking = candidates.find(({ id }) => id === chosen?.id);
          if (booking === undefined) return { booking: null, verdict: null };
          const verdict = verdictToWire(verdictOf(unit, booking, roleIn(booking, me)));
          return { booking: await withParties(unit, booking, me), verdict };
        }),
      );
    },

    async getBooking({ id, signedIn }) {
      const me = signedIn.person.id;
      return audited({ domain, log }, { actor: me, action: 'booking.read', booking: id }, () =>
        readUnit(domain, async (unit) => {
          const { booking, self } = await participation(unit.view, id, me);
          return self.role === 'guest' ? asGuestSees(unit, booking, self.guest) : withParties(unit, booking, me);
        }),
      );
    },
  };
}

/** The session that they were invited into, and no other. */
async function activeOfGuest(unit: ReadUnit, { booking: id, id: me }: GuestRecord) {
  const { booking, self } = await participation(unit.view, id, me);
  const verdict = verdictToWire(participantVerdict(unit, booking, self));
  return { booking: self.role === 'guest' ? await asGuestSees(unit, booking, self.guest) : null, verdict };
}

type CommandHandlers = Pick<
  Handlers,
  | 'book'
  | 'cancelBooking'
  | 'rescheduleBooking'
  | 'completeBooking'
  | 'reopenBooking'
  | 'announceLate'
  | 'reportNoShow'
  | 'reassignBooking'
>;

/** What is done with bookings. */
export function bookingCommandHandlers(domain: Domain): CommandHandlers {
  return {
    book: async ({ body, key, signedIn }) =>
      act(domain, signedIn.person.id, (unit, person) => {
        const retold = ({ id }: BookingRecord): AuditEntry => ({
          actor: person.id,
          action: 'booking.read',
          booking: id,
        });
        const request = { person: person.id, route: 'book', key, request: body, retold };
        return once(unit, request, () => book(unit, person, body));
      }),
    cancelBooking: async ({ id, body, signedIn: { person } }) =>
      act(domain, person.id, (unit) => cancel(unit, person.id, id, body.reason)),
    rescheduleBooking: async ({ id, body, version, signedIn: { person } }) =>
      act(domain, person.id, (unit) => reschedule(unit, person.id, id, body, version)),
    completeBooking: async ({ id, signedIn: { person } }) =>
      act(domain, person.id, (unit) => complete(unit, person.id, id)),
    reopenBooking: async ({ id, signedIn: { person } }) =>
      act(domain, person.id, (unit) => reopen(unit, person.id, id)),
    announceLate: async ({ id, body, signedIn: { person } }) =>
      act(domain, person.id, (unit) => announceLate(unit, person.id, id, body)),
    reportNoShow: async ({ id, signedIn: { person } }) =>
      act(domain, person.id, (unit) => reportNoShow(unit, person.id, id)),
    async reassignBooking({ id, body, version, signedIn: { person } }) {
      await act(domain, person.id, (unit) => reassign(unit, person.id, id, body, version));
      return undefined;
    },
  };
}
