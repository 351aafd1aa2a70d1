import * as z from 'zod/mini';

/** A name or an id that was given by somebody: never empty, never long. */
export const labelSchema = z.string().check(z.minLength(1), z.maxLength(300));

/**
 * The same in what is sent to a backend: no control characters, no half of a surrogate pair, which no database keeps as
 * it was. What a backend sends is read as it is, so that an odd name makes no booking unreadable.
 */
export const sentLabelSchema = labelSchema.check(z.regex(/^[\x20-\x7e\xa0-\ud7ff\ue000-\u{10ffff}]*$/u));
