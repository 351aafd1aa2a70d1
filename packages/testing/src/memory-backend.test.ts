import { describe, it } from 'vitest';
import { backendContract, type BackendPair } from './contracts.js';
import { createMemoryBackend, createSimulatedClock } from './index.js';

const people = [
  { id: 'ann', role: 'patient', name: 'Ann Patient' },
  { id: 'bob', role: 'patient', name: 'Bob Stranger' },
  { id: 'dr-smith', role: 'provider', name: 'Dr. Smith' },
] as const;

async function setUp(): Promise<BackendPair> {
  const clock = createSimulatedClock();
  const backend = createMemoryBackend({ clock, people, pageSize: 2 });
  return {
    patient: backend.for('ann'),
    provider: backend.for('dr-smith'),
    stranger: backend.for('bob'),
    providerId: 'dr-smith',
    now: backend.now,
    makeBooking: async ({ startsIn }) =>
      backend.putBooking({ patient: 'ann', provider: 'dr-smith', start: backend.now() + startsIn }),
    pause: () => clock.advance(10),
    advance: (ms) => clock.advance(ms),
  };
}

describe('the memory backend keeps the contract', () => {
  for (const { name, run } of backendContract({ setUp })) it(name, run);
});
