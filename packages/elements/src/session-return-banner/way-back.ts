import type { BookingId, ClientView, JudgedBooking, SessionClient, SessionView } from '@active-session/core';

/**
 * - `call`: a call runs on this page, and one can't see it
 * - `elsewhere`: this person is in it with another tab or device
 * - `left`: they were in it, and it is still open
 */
export type WayBackKind = 'call' | 'elsewhere' | 'left';

export interface WayBack {
  readonly kind: WayBackKind;
  readonly item: JudgedBooking;
  /** How often they have been in it: one that was left again is worth saying again. */
  readonly visits: number;
}

const ORDER: readonly WayBackKind[] = ['call', 'elsewhere', 'left'];

/** The session to lead back to: one that is open, that this person was in, and that is not before their eyes. */
export function wayBackIn(
  client: SessionClient,
  view: ClientView,
  isOnShow: (id: BookingId) => boolean,
): WayBack | null {
  const found = view.bookings.flatMap((item) => {
    if (item.verdict.phase !== 'open' || isOnShow(item.booking.id)) return [];
    // Only looked at: to watch a session is to read its notes, and no page of a portal needs them for a banner.
    const kind = kindOf(item, client.session(item.booking.id).getSnapshot());
    return kind === null ? [] : [{ kind, item, visits: visitsOf(item) }];
  });
  found.sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || Number(b.item === view.active) - Number(a.item === view.active),
  );
  return found[0] ?? null;
}

function kindOf(item: JudgedBooking, { call, lastCall }: SessionView): WayBackKind | null {
  if (call !== null) return 'call';
  // The news that one's own seat is free again may take a moment.
  if (lastCall?.outcome === 'left') return 'left';
  if (item.parties.some(({ role, presence }) => role === item.role && presence !== 'away')) return 'elsewhere';
  return lastCall !== null || visitsOf(item) > 0 ? 'left' : null;
}

function visitsOf({ booking, role }: JudgedBooking): number {
  return (booking.attendance ?? []).filter((entry) => entry.role === role).length;
}
