import * as z from 'zod/mini';

/** A name or an id that was given by somebody: never empty, never long. */
export const labelSchema = z.string().check(z.minLength(1), z.maxLength(300));
