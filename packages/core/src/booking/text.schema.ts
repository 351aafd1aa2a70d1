import * as z from 'zod/mini';

/**
 * Tab, line feed, carriage return, and everything else that is no control character and no half of a surrogate pair.
 * What passes is kept as it is, to the last code point; nothing is normalised.
 */
export const PLAIN_TEXT = /^[\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\u{10ffff}]*$/u;

/** Text that somebody writes to somebody, at most `max` code points. */
export function writtenSchema(max: number): z.ZodMiniString {
  return z.string().check(z.maxLength(max), z.regex(PLAIN_TEXT));
}
