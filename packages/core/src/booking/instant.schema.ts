import * as z from 'zod/mini';

/** A moment as epoch milliseconds on the server's clock. On the wire it is ISO 8601 with an offset. */
export type Instant = number;

/** ISO 8601 date and time with `Z` or an offset. A local time with no offset could be any of 38 instants, so it is refused. */
export const instantSchema = z.iso.datetime({ offset: true });

/** Epoch ms of a wire instant that has been parsed by `instantSchema`. */
export function toInstant(iso: string): Instant {
  return Date.parse(iso);
}

/** The wire form of an instant. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString();
}

export const MINUTE = 60_000;
