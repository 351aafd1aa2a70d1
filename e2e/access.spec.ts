import { Portal } from './support/portal.js';
import { expect, test } from './support/test.js';

const FAR_AHEAD = 26 * 60 * 60_000;

test('before the window the server refuses the seat, whatever the page does', async ({ portal, patient }) => {
  const { id } = await portal.book('sam', 'dr-smith', FAR_AHEAD);
  const seat = await portal.api('sam', 'POST', `/bookings/${id}/seat`, { holder: 'bypass', takeOver: false });
  expect(seat.status).toBe(403);
  expect(seat.body).toMatchObject({ type: 'urn:active-session:problem:outside-window', opensAt: expect.any(String) });
  const join = await portal.api('sam', 'POST', `/bookings/${id}/join`, { lease: 'made-up' });
  expect(join.status).toBe(403);

  const { page } = patient;
  await page.goto(portal.page('patient', 'sam'));
  await expect(page.getByRole('tab', { name: 'Active Session' })).toHaveAttribute('aria-disabled', 'true');
});

test("somebody else's booking is like none at all", async ({ portal }) => {
  const { id } = await portal.book('sam', 'dr-smith');
  for (const [method, action, body] of [
    ['POST', 'seat', { holder: 'bypass', takeOver: true }],
    ['POST', 'join', { lease: 'made-up' }],
    ['POST', 'complete', {}],
    ['POST', 'cancel', {}],
    ['GET', 'notes', undefined],
  ] as const) {
    for (const stranger of ['lee', 'dr-okafor']) {
      const theirs = await portal.api(stranger, method, `/bookings/${id}/${action}`, body);
      const nobodys = await portal.api(stranger, method, `/bookings/no-such-booking/${action}`, body);
      expect(theirs.status, `${method} ${action} by ${stranger}`).toBe(404);
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobodys.body, requestId: '' });
    }
  }
});

test('after the end nobody joins', async ({ portal }) => {
  const { id } = await portal.book('sam', 'dr-smith');
  expect((await portal.api('dr-smith', 'POST', `/bookings/${id}/complete`, {})).status).toBe(200);
  const seat = await portal.api('sam', 'POST', `/bookings/${id}/seat`, { holder: 'bypass', takeOver: false });
  expect(seat.status).toBe(403);
  expect(seat.body).toMatchObject({ type: 'urn:active-session:problem:session-ended' });
});

test('a patient writes no provider note', async ({ portal }) => {
  const { id } = await portal.book('sam', 'dr-smith');
  const note = { id: crypto.randomUUID(), content: 'I am fine.' };
  expect((await portal.api('sam', 'POST', `/bookings/${id}/notes`, note)).status).toBe(403);
});

test('without a sign-in nothing is answered', async () => {
  const portal = await Portal.start();
  try {
    for (const path of ['/me', '/bookings', '/events', '/providers']) {
      expect((await fetch(`${portal.origin}/api/session/v1${path}`)).status, path).toBe(401);
    }
  } finally {
    await portal.stop();
  }
});
