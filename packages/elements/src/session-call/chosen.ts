import type { BookingId, SessionClient } from '@active-session/core';

/**
 * Which session to show where the portal names none: the active one. One that is over stays, so that the person learns how
 * it ended, until something else can be joined; and one whose call runs stays in any case.
 */
export function chosenOf(client: SessionClient | undefined, before: BookingId | null): BookingId | null {
  const active = client?.getSnapshot().active ?? null;
  const next = active?.booking.id ?? null;
  if (client === undefined || before === null) return next;
  const { booking, call, phase } = client.session(before).getSnapshot();
  const isOver = booking !== null && phase !== 'open' && phase !== 'upcoming';
  return call !== null || (isOver && active?.verdict.phase !== 'open') ? before : next;
}
