import { SessionError, toIso, type DraftKey, type Me, type NetworkTest } from '@active-session/core';
import { operations, type Operation } from '@active-session/core/contract';
import { newGrant } from './seats.js';
import { personOf, type State } from './state.js';

const KEY_BYTES = 32;

/** What a guest of a session may do. */
const FOR_GUESTS = Object.entries<Operation>(operations)
  .filter(([, { access }]) => access === 'everybody' || access === 'signed-in' || access === 'participant')
  .map(([id]) => id);

export function me(state: State, person: string): Me {
  const guest = [...state.links.values()].find(({ id }) => id === person);
  const { id, role, name } = guest === undefined ? personOf(state, person) : { ...guest, role: 'guest' as const };
  const { policy, contact } = state.options;
  const had: readonly string[] | undefined = state.options.offers;
  const offers = guest === undefined ? had : FOR_GUESTS.filter((operation) => had?.includes(operation) ?? true);
  return {
    id,
    role,
    name,
    serverTime: toIso(state.now()),
    policy,
    ...(guest === undefined ? {} : { seat: guest.seat }),
    ...(offers === undefined ? {} : { offers: [...offers] }),
    ...(contact === undefined ? {} : { contact }),
  };
}

/** The same for one person for ever, and nobody else's. */
export function draftKey(state: State, person: string): DraftKey {
  if (personOf(state, person).role !== 'provider') throw new SessionError('forbidden', 'Only providers write.');
  const known = state.draftKeys.get(person);
  if (known !== undefined) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const key = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  const made = { id: state.nextId('key'), key };
  state.draftKeys.set(person, made);
  return made;
}

export function testNetwork(state: State): NetworkTest {
  const probe = newGrant(state, 'probe');
  return { iceServers: [], probe, expiresAt: probe.expiresAt };
}
