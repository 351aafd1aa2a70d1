import * as z from 'zod/mini';

/**
 * Tab, line feed, carriage return, and everything else that is no control character and no half of a surrogate pair.
 * What passes is kept as it is, to the last code point; nothing is normalised.
 */
export const PLAIN_TEXT = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;

/** Text that somebody writes to somebody, at most `max` UTF-16 units. */
export function writtenSchema(max: number) {
  return z.string().check(z.maxLength(max), z.regex(PLAIN_TEXT));
}
