import { parseBookings, type Backend, type Booking, type EventMessage, type Page } from '@active-session/core';

/** A booking as a server writes it. */
export type Wire = (booking: Booking) => Readonly<Record<string, unknown>>;

/** What the seed's own backend knows of a booking. */
export const SEED_FIELDS: Wire = (booking) => ({
  id: booking.id,
  provider: booking.provider,
  providerName: booking.providerName,
  providerInitials: booking.providerInitials,
  dateTime: booking.dateTime,
  sessionType: booking.sessionType,
  notes: booking.notes,
  status: booking.status,
  bookedAt: booking.bookedAt,
  // Not the seed's, and not shown: without it, what came late could not be told from what is new.
  version: booking.version,
  ...(booking.cancelReason === undefined ? {} : { cancelReason: booking.cancelReason }),
});

/**
 * A backend whose bookings come over a wire: they are written as `wire` says and read as an adapter reads them. What
 * happens while `isAsleep` is told when the page wakes.
 */
export function seenThrough(backend: Backend, wire: Wire, isAsleep: () => boolean = () => false): Backend {
  const { bookings, events } = backend;
  const missed: (() => void)[] = [];
  const read = (list: readonly Booking[]): ReturnType<typeof parseBookings> => parseBookings(list.map(wire));
  const one = (booking: Booking): Booking | undefined => read([booking]).items[0];
  return {
    ...backend,
    bookings: {
      ...bookings,
      active: async (options) => {
        const { booking } = await bookings.active(options);
        return { booking: booking === null ? null : (one(booking) ?? null), verdict: null };
      },
      ...(bookings.list && {
        list: async (query, options): Promise<Page<Booking>> => {
          const page = await bookings.list?.(query, options);
          return { ...page, ...read(page?.items ?? []) };
        },
      }),
    },
    ...(events && {
      events: {
        ...events,
        subscribe: (listener, options) => {
          events.subscribe((message) => {
            if (isAsleep()) missed.push(() => tell(message));
            else tell(message);
          }, options);
          const tell = (message: EventMessage): void => {
            if (message.type !== 'event' || message.event.type !== 'booking.changed') {
              listener(message);
              return;
            }
            const booking = one(message.event.booking);
            // What can't be read was told all the same: everything is read anew.
            if (booking === undefined) listener({ type: 'reset' });
            else listener({ ...message, event: { ...message.event, booking } });
          };
        },
        wake: () => {
          for (const tell of missed.splice(0)) tell();
          events.wake?.();
        },
      },
    }),
  };
}
