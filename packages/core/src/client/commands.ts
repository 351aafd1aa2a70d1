import type { Booking, BookingId, BookingRequest, Provider, Slot } from '../booking/booking.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import { SessionError } from '../errors.js';
import type { BookingsPort } from '../ports/backend.port.js';
import { randomId } from '../random-id.js';

/** What a person does with appointments, with or without a session. */
export interface BookingCommands {
  /** @throws SessionError `not-supported` where the backend has no such list; so do the others */
  providers(options?: { signal?: AbortSignal }): Promise<readonly Provider[]>;
  /** Free times of a provider in `[from, to)`, in order. */
  slots(
    provider: string,
    range: { from: Instant; to: Instant },
    options?: { signal?: AbortSignal },
  ): Promise<readonly Slot[]>;
  /**
   * Books. Pass the same `idempotencyKey` to try again after a failure, so that it can't become two bookings.
   *
   * @throws SessionError `slot-taken` when somebody was faster, `invalid` with `problems`
   */
  book(request: BookingRequest, options?: { idempotencyKey?: string; signal?: AbortSignal }): Promise<Booking>;
  cancel(id: BookingId, reason?: string): Promise<Booking>;
}

/** @param keep takes a booking that a command answered with */
export function createCommands(
  bookings: BookingsPort,
  closed: AbortSignal,
  keep: (booking: Booking) => void,
): BookingCommands {
  const offering = (method: Exclude<keyof BookingsPort, 'active'>, name: string): Required<BookingsPort> => {
    if (closed.aborted) throw new SessionError('aborted', 'This client was closed.');
    if (!bookings[method]) throw new SessionError('not-supported', `This backend does not offer ${name}.`);
    return bookings as Required<BookingsPort>;
  };
  const until = (own: AbortSignal | undefined): AbortSignal =>
    own === undefined ? closed : AbortSignal.any([closed, own]);
  const kept = (booking: Booking): Booking => {
    keep(booking);
    return booking;
  };

  return {
    async providers({ signal } = {}) {
      return await offering('providers', 'a list of providers').providers({ signal: until(signal) });
    },
    async slots(provider, range, { signal } = {}) {
      return await offering('slots', 'free times').slots(provider, range, { signal: until(signal) });
    },
    async book(request, { idempotencyKey = randomId(), signal } = {}) {
      return kept(await offering('book', 'booking').book(request, { idempotencyKey, signal: until(signal) }));
    },
    async cancel(id, reason) {
      return kept(await offering('cancel', 'cancelling').cancel(id, reason, { signal: closed }));
    },
  };
}
