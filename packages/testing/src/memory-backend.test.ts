import { DEFAULT_WINDOW_POLICY, type Ticket, type WindowPolicy } from '@active-session/core';
import { describe, expect, it } from 'vitest';
import { backendContract, type BackendPair } from './contracts.js';
import { createMemoryBackend, createSimulatedClock, type MemoryOptions } from './index.js';

const people = [
  { id: 'ann', role: 'patient', name: 'Ann Patient' },
  { id: 'bob', role: 'patient', name: 'Bob Stranger' },
  { id: 'dr-smith', role: 'provider', name: 'Dr. Smith' },
  { id: 'dr-jones', role: 'provider', name: 'Dr. Jones' },
] as const;

const policies: Record<string, WindowPolicy> = {
  automatic: DEFAULT_WINDOW_POLICY,
  'by the provider': { ...DEFAULT_WINDOW_POLICY, admission: 'provider' },
};

function setUp(policy: WindowPolicy): BackendPair {
  const clock = createSimulatedClock();
  const backend = createMemoryBackend({ clock, people, policy, pageSize: 2 });
  let made = 0;
  return {
    patient: backend.for('ann'),
    provider: backend.for('dr-smith'),
    stranger: backend.for('bob'),
    providerId: 'dr-smith',
    otherProvider: { id: 'dr-jones', backend: backend.for('dr-jones') },
    asGuest: (token) => backend.forGuest(token),
    now: backend.now,
    makeBooking: async ({ startsIn }) =>
      backend.putBooking({ patient: 'ann', provider: 'dr-smith', start: backend.now() + startsIn + (made += 1) }),
    pause: () => clock.advance(10),
    advance: (ms) => clock.advance(ms),
    cutEvents: () => backend.disconnectEvents('ann'),
  };
}

describe.each(Object.entries(policies))('the memory backend keeps the contract, admission %s', (_, policy) => {
  for (const { name, run } of backendContract({ setUp: async () => setUp(policy) })) it(name, run);
});

describe('the engine that its tickets name', () => {
  const { signal } = new AbortController();
  async function bothWait(options: Pick<MemoryOptions, 'engine' | 'preconnect'>) {
    const clock = createSimulatedClock();
    const policy = { ...DEFAULT_WINDOW_POLICY, admission: 'provider' } as const;
    const backend = createMemoryBackend({ clock, people, policy, ...options });
    const { id } = backend.putBooking({ patient: 'ann', provider: 'dr-smith', start: backend.now() });
    const ticketOf = async (person: string) => {
      const { access } = backend.for(person);
      return access.join(id, await access.takeSeat(id, { holder: 'page', takeOver: false }, { signal }), { signal });
    };
    return { backend, ann: await ticketOf('ann'), smith: await ticketOf('dr-smith') };
  }
  const reached = ({ parties }: Ticket): boolean[] => parties.map(({ peerId }) => peerId !== null);

  it('is PeerJS where nothing is said, and nobody connects early', async () => {
    const { ann, smith } = await bothWait({ preconnect: 'all' });
    expect(ann).toMatchObject({ engine: 'peerjs', engineGrant: { url: 'wss://memory.invalid/engine' } });
    expect(ann).not.toHaveProperty('preconnect');
    expect(reached(smith)).toEqual([false, true]);
  });

  it('can be the native one, with pre-connection or without', async () => {
    const strict = await bothWait({ engine: 'webrtc' });
    expect(strict.ann).toMatchObject({ engine: 'webrtc' });
    expect(strict.ann).not.toHaveProperty('engineGrant');
    expect(reached(strict.smith)).toEqual([false, true]);

    const { backend, ann, smith } = await bothWait({ engine: 'webrtc', preconnect: 'relay' });
    expect([ann.preconnect, reached(smith)]).toEqual(['relay', [true, true]]);
    const open = (person: string, { signalling }: Ticket) =>
      backend.for(person).signalling.open(signalling!, { signal });
    const [hers, his] = [await open('ann', ann), await open('dr-smith', smith)];
    const heard: unknown[] = [];
    hers.subscribe((message) => void heard.push(message));
    his.send({ seat: 'patient', type: 'offer', payload: 1 });
    expect(heard).toEqual([{ seat: 'provider', type: 'offer', payload: 1 }]);
  });
});
