import { SessionError, toIso, type DraftKey, type Me, type NetworkTest } from '@active-session/core';
import { newGrant } from './seats.js';
import { personOf, type State } from './state.js';

const KEY_BYTES = 32;

export function me(state: State, person: string): Me {
  const { id, role, name } = personOf(state, person);
  const { policy, offers, contact } = state.options;
  return {
    id,
    role,
    name,
    serverTime: toIso(state.now()),
    policy,
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
