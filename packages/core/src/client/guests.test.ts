import { createClinic, createSimulatedClock } from '@active-session/testing';
import { expect, it } from 'vitest';

const HOUR = 60 * 60_000;

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
