import { randomId, toInstant, type Booking, type BookingRequest, type ClientView } from '@active-session/core';

/** A booking that was sent. The same one again goes under the same key, so that trying again can't book twice. */
export interface Attempt {
  readonly content: string;
  readonly key: string;
  readonly request: BookingRequest;
  /** What this person had booked before. */
  readonly before: ReadonlySet<string>;
}

/** What was sent and is neither known to be booked nor refused. */
export class Attempts {
  #open: readonly Attempt[] = [];

  /** The attempt at this request: the former one, where its answer was lost. */
  at(request: BookingRequest, view: ClientView): Attempt {
    const content = JSON.stringify(request);
    const known = this.#open.find((one) => one.content === content);
    if (known !== undefined) return known;
    const before = new Set(view.bookings.map(({ booking }) => String(booking.id)));
    const attempt = { content, key: randomId(), request, before };
    this.#open = [...this.#open, attempt];
    return attempt;
  }

  settle(attempt: Attempt): void {
    this.#open = this.#open.filter((one) => one !== attempt);
  }

  /** What was booked after all, once the backend tells it by itself. */
  takeBooked(view: ClientView): readonly Booking[] {
    return this.#open.flatMap((attempt) => {
      const found = view.bookings.find(
        ({ booking }) => !attempt.before.has(String(booking.id)) && isFor(booking, attempt.request),
      );
      if (found === undefined) return [];
      this.settle(attempt);
      return [found.booking];
    });
  }

  forget(): void {
    this.#open = [];
  }
}

/** Whether this person has this very time themselves. */
export function hasAlready(request: BookingRequest, view: ClientView): boolean {
  return view.bookings.some(({ booking }) => isFor(booking, request));
}

function isFor({ provider, dateTime, status }: Booking, request: BookingRequest): boolean {
  return status === 'scheduled' && provider === request.provider && toInstant(dateTime) === toInstant(request.dateTime);
}
