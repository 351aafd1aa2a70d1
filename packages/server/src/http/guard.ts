import { operations, type Access, type Operation } from '@active-session/core/contract';
import { ownBooking } from '../domain/own-booking.js';
import { notFound, Problem } from '../domain/problem.js';
import type { Domain } from '../domain/unit.js';
import type { GuestRecord } from '../store/records.js';
import type { SignedIn } from './context.js';
import type { Guard } from './operation-routes.js';

type Check = (domain: Domain, signedIn: SignedIn, id: string) => Promise<void>;

/**
 * Who may call what, by the contract's own table. It comes before the request is read, so that who may not learns
 * nothing from how a request is refused; the domain decides again, inside the transaction.
 */
export function createGuard(domain: Domain): Guard {
  return async (operation, { id, signedIn }) => {
    const { access, once }: Operation = operations[operation];
    if (signedIn.guest !== undefined) {
      guardGuest(access, signedIn.guest, id);
      return;
    }
    // Who has lost the booking since gets the answer that was lost on the way: the domain knows whether there was one.
    if (access === 'its-provider' && once) return;
    await checks[access](domain, signedIn, id);
  };
}

/** A guest takes part in one session: all else of it is not theirs to do, and of other bookings they learn nothing. */
function guardGuest(access: Access, { booking }: GuestRecord, id: string): void {
  if (GUESTS_MAY.has(access)) return;
  if (OF_BOOKING.has(access) && id !== booking) throw notFound();
  only(access === 'participant', 'This is not for guests of a session.');
}

const GUESTS_MAY: ReadonlySet<Access> = new Set(['everybody', 'signed-in']);
const OF_BOOKING: ReadonlySet<Access> = new Set(['participant', 'party', 'reader', 'its-provider']);

const checks: Record<Access, Check> = {
  everybody: async () => undefined,
  'signed-in': async () => undefined,
  accounts: async () => undefined,
  patients: async (_, { role }) => only(role === 'patient', 'Only a patient does this.'),
  providers: async (_, { role }) => only(role === 'provider', 'Only a provider does this.'),
  'their-provider': async (_, { role }) => only(role === 'provider', 'Only a provider does this.'),
  // What a former provider may still read, only the notes can say.
  reader: async () => undefined,
  participant: isParty,
  party: isParty,
  'its-provider': async (domain, { person }, id) => {
    const { seat } = await domain.store.read((view) => ownBooking(view, id, person.id));
    only(seat === 'provider', 'Only the provider of this booking does this.');
  },
};

async function isParty(domain: Domain, { person }: SignedIn, id: string): Promise<void> {
  await domain.store.read((view) => ownBooking(view, id, person.id));
}

function only(allowed: boolean, message: string): void {
  if (!allowed) throw new Problem('forbidden', message);
}
