import type { BookingId, ClientView, JudgedBooking } from '@active-session/core';

/** Of a provider's sessions the one to show: the one to join now; else the first of the day that is not over. */
export function firstSession({ active, queue }: ClientView): BookingId | null {
  if (active?.role === 'provider' && active.verdict.phase === 'open') return active.booking.id;
  const next = (judged: JudgedBooking): boolean => ['open', 'upcoming'].includes(judged.verdict.phase);
  return (queue.find(next) ?? queue[0])?.booking.id ?? null;
}
