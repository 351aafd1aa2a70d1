import { DEFAULT_WINDOW_POLICY, type WindowPolicy } from '@active-session/core';
import { describe, it } from 'vitest';
import { backendContract, type BackendPair } from './contracts.js';
import { createMemoryBackend, createSimulatedClock } from './index.js';

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
