import { createClinic, createSimulatedClock, type Page } from '@active-session/testing';
import { expect, it } from 'vitest';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it('a provider invites: the patient sees whom, the token is in the answer and nowhere else, and removing takes it back', async () => {
  const clock = createSimulatedClock();
  const clinic = createClinic({ clock });
  const { id } = clinic.book({ startsIn: HOUR / 2 });
  const [ann, smith] = [clinic.open('ann'), clinic.open('dr-smith')];
  const [hers, his] = [ann.watch(id), smith.watch(id)];
  await clock.settle();

  const { token, guest } = await smith.client.inviteGuest(id, { name: 'Maria Lopez', kind: 'interpreter' });
  await clock.settle();
  const invited = { seat: guest.seat, role: 'guest', kind: 'interpreter', name: 'Maria Lopez', presence: 'away' };
  for (const session of [hers, his])
    expect(session.getSnapshot().parties).toContainEqual(expect.objectContaining(invited));
  const shown = [smith.client.getSnapshot(), his.getSnapshot(), ann.client.getSnapshot(), hers.getSnapshot()];
  expect(JSON.stringify(shown)).not.toContain(token);

  const again = { idempotencyKey: 'the same' };
  const leo = { name: 'Leo', kind: 'family' } as const;
  const [one, two] = [await smith.client.inviteGuest(id, leo, again), await smith.client.inviteGuest(id, leo, again)];
  expect(two.guest.seat).toBe(one.guest.seat);
  await expect(smith.client.inviteGuest(id, leo)).rejects.toMatchObject({ code: 'conflict' });
  await expect(ann.client.inviteGuest(id, leo)).rejects.toMatchObject({ code: 'forbidden' });

  await smith.client.removeGuest(id, guest.seat);
  await clock.settle();
  expect(hers.getSnapshot().parties.map(({ seat }) => seat)).not.toContain(guest.seat);
});

it('a guest who reloads after the window, while the call goes on, comes back into it; not once they were away for too long', async () => {
  const clock = createSimulatedClock();
  const clinic = createClinic({ clock });
  const { id } = clinic.book({ startsIn: 0 });
  const [ann, smith] = [clinic.open('ann'), clinic.open('dr-smith')];
  const [hers, his] = [ann.watch(id), smith.watch(id)];
  await clock.settle();
  const { token, guest } = await smith.client.inviteGuest(id, { name: 'Maria Lopez', kind: 'interpreter' });
  const openLink = (): Page => clinic.open('dr-smith', { backend: () => clinic.backend.forGuest(token) });
  const first = openLink();
  const watched = first.watch(id);
  await clock.settle();
  for (const session of [hers, his, watched]) session.start();
  await clock.advance(5_000);
  await smith.client.admit(id, { seat: guest.seat });
  await clock.advance(5_000);
  expect(watched.getSnapshot().call?.state).toBe('connected');

  await clock.advance(2 * HOUR + MINUTE);
  expect(watched.getSnapshot()).toMatchObject({ phase: 'open', reason: 'in-call' });
  first.crash();
  const second = openLink();
  await clock.advance(1_000);
  expect(second.client.getSnapshot().active?.verdict.phase).toBe('open');
  const again = second.watch(id);
  await clock.settle();
  expect(again.getSnapshot().phase).toBe('open');
  again.continueHere();
  await clock.advance(5_000);
  expect(again.getSnapshot().call?.state).toBe('connected');

  // Who leaves may come back for a while.
  again.leave();
  await clock.advance(1_000);
  expect(again.getSnapshot()).toMatchObject({ phase: 'open', canStart: true });
  await clock.advance(HOUR);
  expect(again.getSnapshot().phase).toBe('expired');
});
