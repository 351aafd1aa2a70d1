import { toInstant } from '@active-session/core';
import { getResponse, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { onTestFinished } from 'vitest';
import { createMemoryBackend, createSimulatedClock, type MemoryBackend, type SimulatedClock } from '../index.js';
import type { MemoryOptions } from '../memory-backend.js';
import { sessionHandlers } from '../msw.js';

export const ENDPOINT = 'https://portal.test/api/session/v1';
export const FIXTURES = 'https://portal.test/fixtures';
export const TOKENS = { patient: 'ann', provider: 'dr-smith', stranger: 'bob', otherProvider: 'dr-jones' };
export const PEOPLE = [
  { id: 'ann', role: 'patient', name: 'Ann Patient' },
  { id: 'bob', role: 'patient', name: 'Bob Stranger' },
  { id: 'dr-smith', role: 'provider', name: 'Dr. Smith' },
  { id: 'dr-jones', role: 'provider', name: 'Dr. Jones' },
] as const;

/** What becomes of an answer on its way. */
export type Alter = (request: Request, response: Response) => Promise<Response> | Response;

export interface ServeOptions extends Partial<Omit<MemoryOptions, 'clock' | 'people'>> {
  readonly alter?: Alter;
}

/** A whole backend at `ENDPOINT`, with fixtures beside it, for one test. */
export function serve({ alter, ...options }: ServeOptions = {}): { backend: MemoryBackend; clock: SimulatedClock } {
  const clock = createSimulatedClock({ wall: '2026-01-07T08:05:00.000Z' });
  const backend = createMemoryBackend({ clock, people: PEOPLE, ...options });
  const handlers = sessionHandlers({ backend, endpoint: ENDPOINT });
  const routes = handlers.filter((handler) => handler.kind === 'request');
  const altered = http.all(`${ENDPOINT}/*`, async ({ request }) => {
    if (alter === undefined) return undefined;
    const response = await getResponse(routes, request.clone());
    return response === undefined || response.type === 'error' ? response : alter(request, response);
  });
  const server = setupServer(...fixturesOf(backend, clock), altered, ...handlers);
  server.listen({ onUnhandledFrame: 'error' });
  onTestFinished(() => {
    server.close();
  });
  return { backend, clock };
}

function fixturesOf(backend: MemoryBackend, clock: SimulatedClock) {
  return [
    http.post(`${FIXTURES}/bookings`, async ({ request }) => {
      const { patient, provider, dateTime } = (await request.json()) as Record<
        'patient' | 'provider' | 'dateTime',
        string
      >;
      return HttpResponse.json(backend.putBooking({ patient, provider, start: toInstant(dateTime) }), { status: 201 });
    }),
    http.post(`${FIXTURES}/clock`, async ({ request }) => {
      await clock.advance(((await request.json()) as { advance: number }).advance);
      return new HttpResponse(null, { status: 204 });
    }),
  ];
}
