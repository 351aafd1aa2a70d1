import * as z from 'zod/mini';
import { labelSchema, roleSchema } from '@active-session/core';
import type { OpeningHours, PersonRecord } from './records.js';
import type { Store } from './store.js';

export interface Seed {
  readonly people: readonly PersonRecord[];
  readonly hours: readonly OpeningHours[];
}

const wallClock = z.string().check(z.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/));
const timeZone = z.string().check(z.refine(isTimeZone, 'no IANA time zone'));

const seedSchema = z.object({
  people: z.array(
    z.object({
      id: labelSchema,
      role: roleSchema,
      name: labelSchema,
      initials: z.string().check(z.maxLength(10)),
      specialty: z.optional(labelSchema),
      timeZone,
      active: z.optional(z.boolean()),
    }),
  ),
  hours: z.array(
    z.object({
      provider: labelSchema,
      weekday: z.int().check(z.minimum(1), z.maximum(7)),
      from: wallClock,
      to: wallClock,
      slotMinutes: z.int().check(z.minimum(5), z.maximum(24 * 60)),
      sessionTypes: z.array(labelSchema).check(z.minLength(1)),
    }),
  ),
});

/**
 * Puts people and opening hours in place, and changes nothing else: a second time it does the same. A provider's
 * hours replace that provider's former ones.
 *
 * @throws ZodError when a value is not valid, an Error when hours name no provider of the seed
 */
export async function seed(store: Store, value: Seed): Promise<void> {
  const { people, hours } = seedSchema.parse(value);
  const providers = new Set(people.filter(({ role }) => role === 'provider').map(({ id }) => id));
  const stray = hours.find(({ provider }) => !providers.has(provider));
  if (stray !== undefined) throw new Error(`Opening hours name ${stray.provider}, who is no provider of this seed.`);
  await store.transaction(async (view) => {
    for (const person of people) await view.people.putPerson(person);
    for (const provider of providers) {
      await view.people.putOpeningHours(
        provider,
        hours.filter((entry) => entry.provider === provider),
      );
    }
  });
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
