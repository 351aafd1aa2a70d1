import { createClinic, createSimulatedClock } from '@active-session/testing';
import { expect, test } from 'vitest';

const HOUR = 60 * 60_000;

test('the opening of the window asks nothing of the server: a thousand pages that open together are no herd (W5)', async () => {
  const clock = createSimulatedClock({ wall: Date.parse('2026-03-02T10:00:00Z') });
  const clinic = createClinic({ clock });
  const booking = clinic.book({ startsIn: 2 * HOUR });
  const page = clinic.open('ann');
  const session = page.watch(booking.id);
  await clock.settle();
  await clock.advance(HOUR - 1);
  expect(session.getSnapshot().phase).toBe('upcoming');
  const before = clinic.backend.requests.length;
  await clock.advance(1);
  expect(session.getSnapshot().phase).toBe('open');
  await clock.advance(5_000);
  expect(clinic.backend.requests.slice(before)).toEqual([]);
});
