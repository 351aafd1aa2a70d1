import { createSessionClient } from '@active-session/core';
import { createFakePlatform, createMemoryBackend, createSimulatedClock } from '@active-session/testing';
import { backendContract, offersOf, testsFor, type BackendPair } from '@active-session/testing/contracts';
import { describe, expect, it } from 'vitest';
import { createVisitsApi } from './test-support/visits-api.js';
import { createVisitsBackend } from './visits-backend.js';

const URL = 'https://portal.test';
const people = [
  { id: 'ann', role: 'patient', name: 'Ann Lee' },
  { id: 'bob', role: 'patient', name: 'Bob Stone' },
  { id: 'dr-smith', role: 'provider', name: 'Dr. Smith' },
] as const;

function setUp() {
  const clock = createSimulatedClock();
  const memory = createMemoryBackend({ clock, people });
  const api = createVisitsApi(memory);
  const reach = (person: string) => createVisitsBackend(URL, () => person, api);
  let made = 0;
  return {
    clock,
    reach,
    patient: reach('ann'),
    provider: reach('dr-smith'),
    stranger: reach('bob'),
    providerId: 'dr-smith',
    now: memory.now,
    makeBooking: async ({ startsIn }: { startsIn: number }) =>
      memory.putBooking({ patient: 'ann', provider: 'dr-smith', start: memory.now() + startsIn + (made += 1) }),
    pause: () => clock.advance(10),
    advance: (ms: number) => clock.advance(ms),
  };
}

describe('the visits keep what they offer of the contract', () => {
  const harness = { setUp: async (): Promise<BackendPair> => setUp() };
  const tests = testsFor(offersOf(setUp().patient), backendContract(harness));
  for (const { name, run } of tests) it(name, run);
});

it('a page has the visit and its notes, and knows that there is no call', async () => {
  const { clock, reach, provider, makeBooking } = setUp();
  const { id } = await makeBooking({ startsIn: 0 });
  await provider.notes.add?.(
    id,
    { id: crypto.randomUUID(), content: 'Rest well' },
    { signal: new AbortController().signal, idempotencyKey: 'k' },
  );
  const client = createSessionClient({ backend: reach('ann'), platform: createFakePlatform({ clock }) });
  const session = client.session(id);
  session.subscribe(() => undefined);
  await clock.settle();
  expect(client.getSnapshot().can).toMatchObject({ call: false, end: true, book: false });
  expect(session.getSnapshot()).toMatchObject({
    phase: 'open',
    canStart: false,
    notes: { notes: [{ content: 'Rest well' }] },
  });
  client.close();
});

it('a page of somebody’s network is no answer of the portal', async () => {
  const captive = async () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } });
  const backend = createVisitsBackend(URL, () => 'ann', captive);
  const { signal } = new AbortController();
  await expect(backend.bookings.active({ signal })).rejects.toMatchObject({ code: 'network' });
});
