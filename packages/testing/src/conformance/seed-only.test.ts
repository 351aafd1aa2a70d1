import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { checkBackend, main, printed } from '../conformance.js';
import { createSeedServer } from '../test-support/seed-server.js';

const TOKENS = { patient: 'ann', provider: 'dr-smith', stranger: 'bob' };
const now = Date.now();
const BOOKING = {
  id: 123456789,
  provider: 'dr-smith',
  providerName: 'Dr. Smith',
  providerInitials: 'DS',
  dateTime: new Date(now).toISOString(),
  sessionType: 'Video Consultation',
  notes: 'Patient notes',
  status: 'scheduled',
  bookedAt: new Date(now - 86_400_000).toISOString(),
};

async function start(booking = BOOKING): Promise<string> {
  const server = createSeedServer(booking).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

test('a backend with no more than the routes of the seed can be used, and what is missing is said', async () => {
  const report = await checkBackend({ endpoint: await start(), tokens: TOKENS });
  expect(report.rules.flatMap(({ broken }) => broken)).toEqual([]);
  expect(report.form).toMatchObject({ broken: [], faults: [] });
  expect(report.passed).toBe(true);
  const stateOf = Object.fromEntries(report.capabilities.map(({ name, state }) => [name, state]));
  expect(stateOf).toMatchObject({
    'the active booking': 'offered',
    'reading notes': 'offered',
    'writing notes': 'offered',
    'who is signed in': 'missing',
    'the call': 'missing',
    'ending a session': 'unknown',
    'live events': 'missing',
  });
  expect(report.answers).toEqual({ serverTime: 'missing', problemDetails: 'missing' });
  const held = report.rules.filter(({ state }) => state === 'holds').map(({ rule }) => rule);
  expect(held).toEqual([1, 10, 11]);
});

test('it is said in words, and the command succeeds', async () => {
  const endpoint = await start();
  let out = '';
  const terminal = {
    out: (text: string) => (out += text),
    error: () => undefined,
    env: {
      ACTIVE_SESSION_PATIENT_TOKEN: 'ann',
      ACTIVE_SESSION_PROVIDER_TOKEN: 'dr-smith',
      ACTIVE_SESSION_STRANGER_TOKEN: 'bob',
    },
  };
  expect(await main(['--endpoint', endpoint], terminal)).toBe(0);
  expect(out).toContain('✓ writing notes');
  expect(out).toContain('– the call: missing');
  expect(out).toContain('Everything that it offers holds; ');
});

test('a booking that can not be read is named', async () => {
  const endpoint = await start({ ...BOOKING, status: 'pending', dateTime: 'tomorrow' });
  const report = await checkBackend({ endpoint, tokens: TOKENS });
  expect(report.passed).toBe(false);
  expect(printed(report)).toContain('getActiveBooking: its answer is not as the contract says: booking.dateTime');
});
