import { toIso, type Contact, type Provider, type Slot } from '@active-session/core';
import { operations, type Operation } from '@active-session/core/contract';
import { DAY } from '../../clock.js';
import { freeSlots, sessionTypesOf } from '../../domain/free-slots.js';
import { draftKey } from '../../domain/draft-key.js';
import { notFound } from '../../domain/problem.js';
import { act, readUnit, type Domain } from '../../domain/unit.js';
import { optionalInstant } from '../input.js';
import type { Handlers } from '../operation-routes.js';

const DEFAULT_RANGE = 14 * DAY;
const LONGEST_RANGE = 35 * DAY;

const OFFERED_TO_GUESTS = Object.entries<Operation>(operations)
  .filter(([, { access }]) => access === 'everybody' || access === 'signed-in' || access === 'participant')
  .map(([id]) => id);

type PeopleHandlers = Pick<Handlers, 'getMe' | 'getDraftKey' | 'listProviders' | 'listSlots'>;

/** Who is signed in, whom one can book, and when. */
export function peopleHandlers(domain: Domain, contact: Contact | undefined): PeopleHandlers {
  return {
    async getMe({ signedIn: { person, role, guest } }) {
      const { id, name } = person;
      const serverTime = toIso(domain.clock.now());
      return {
        id,
        role,
        name,
        serverTime,
        policy: domain.policy,
        ...(guest === undefined ? {} : { seat: guest.seat, offers: [...OFFERED_TO_GUESTS] }),
        ...(contact === undefined ? {} : { contact }),
      };
    },

    getDraftKey: async ({ signedIn: { person } }) => act(domain, person.id, (unit) => draftKey(unit, person.id)),

    async listProviders() {
      const items = await readUnit(domain, async (unit) => {
        const providers = await unit.view.people.providers();
        return Promise.all(
          providers.map(async ({ id, name, initials, specialty, timeZone }): Promise<Provider> => {
            const sessionTypes = await sessionTypesOf(unit, id);
            return { id, name, initials, specialty, timeZone, sessionTypes };
          }),
        );
      });
      return { items };
    },

    async listSlots({ id, query }) {
      const now = domain.clock.now();
      const from = Math.max(now, optionalInstant(query.from) ?? now);
      const asked = optionalInstant(query.to) ?? from + DEFAULT_RANGE;
      const to = Math.min(asked, from + LONGEST_RANGE);
      const items = await readUnit(domain, async (unit): Promise<Slot[]> => {
        const provider = await unit.view.people.person(id);
        if (provider?.role !== 'provider' || provider.active === false) throw notFound();
        const slots = await freeSlots(unit, provider, from, to);
        return slots.map(({ start, durationMinutes }) => ({ start: toIso(start), durationMinutes }));
      });
      return { items };
    },
  };
}
