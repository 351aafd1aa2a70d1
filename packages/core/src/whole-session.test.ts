import { createClinic, createSimulatedClock } from '@active-session/testing';
import { expect, it } from 'vitest';
import { toInstant, toIso } from './booking/instant.schema.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it('a whole session, headless: from booking to the note that is written afterwards', async () => {
  expect('document' in globalThis || 'window' in globalThis).toBe(false);
  const clock = createSimulatedClock({ wall: '2026-01-06T12:00:00.000Z' });
  const clinic = createClinic({ clock });
  const [patient, provider] = [clinic.open('ann'), clinic.open('dr-smith')];
  await clock.settle();
  expect(patient.client.getSnapshot()).toMatchObject({ state: 'ready', active: null, me: { name: 'Ann Lee' } });

  // Book
  const doctors = await patient.client.providers();
  expect(doctors.map(({ name }) => name)).toEqual(['Dr. Smith', 'Dr. Jones']);
  const start = toInstant('2026-01-07T10:00:00.000Z');
  const slots = await patient.client.slots('dr-smith', { from: start, to: start + HOUR });
  expect(slots.map((slot) => slot.start)).toEqual(['2026-01-07T10:00:00.000Z', '2026-01-07T10:30:00.000Z']);
  const { id } = await patient.client.book({ provider: 'dr-smith', dateTime: toIso(start), notes: 'A cough' });
  await clock.settle();
  expect(patient.client.active?.verdict).toMatchObject({ phase: 'upcoming', opensAt: start - HOUR });
  expect(provider.client.getSnapshot().bookings).toHaveLength(1);

  // The window opens by itself, for both
  const [hers, his] = [patient.watch(id), provider.watch(id)];
  await clock.advance(start - HOUR - clock.trueTime() - 1);
  expect([hers.getSnapshot().phase, hers.getSnapshot().canStart]).toEqual(['upcoming', false]);
  await clock.advance(1);
  expect([hers.getSnapshot().phase, hers.getSnapshot().canStart]).toEqual(['open', true]);
  expect(provider.client.getSnapshot().queue.map(({ verdict }) => verdict.phase)).toEqual(['open']);

  // The patient waits, and the provider sees it
  await clock.advance(55 * MINUTE);
  hers.start();
  await clock.settle();
  expect(hers.getSnapshot().call).toMatchObject({ state: 'waiting', camera: 'on', other: { name: 'Dr. Smith' } });
  expect(his.getSnapshot().parties.find(({ role }) => role === 'patient')?.presence).toBe('waiting');

  // They meet
  await clock.advance(5 * MINUTE);
  his.start();
  await clock.settle();
  for (const session of [hers, his]) {
    expect(session.getSnapshot()).toMatchObject({ call: { state: 'connected' }, callStartedAt: start });
  }
  expect(hers.getSnapshot().call?.remote).toBe(his.getSnapshot().call?.local);

  // A note arrives while they talk
  await clock.advance(20 * MINUTE);
  his.shareNote(his.writeNote({ content: 'Follow-up in 2 weeks.', kind: 'follow-up' }));
  await clock.settle();
  expect(hers.getSnapshot().notes.notes.map(({ content }) => content)).toEqual(['Follow-up in 2 weeks.']);
  expect(his.getSnapshot().outbox).toEqual([]);

  // The provider ends it, for both
  his.end();
  await clock.settle();
  for (const [session, page] of [
    [hers, patient],
    [his, provider],
  ] as const) {
    expect(session.getSnapshot()).toMatchObject({
      phase: 'completed',
      reason: 'ended',
      call: null,
      canStart: false,
      canEnd: false,
      duration: 20 * MINUTE,
    });
    expect(session.getSnapshot().notes.notes).toHaveLength(1);
    expect(page.devices.running).toEqual([]);
  }
  expect(clinic.network.connections).toEqual([]);
  expect(clinic.network.violations).toEqual([]);
  expect(patient.client.active).toBeNull();

  // Notes stay, more come, and a page that opens later has them all
  await clock.advance(HOUR);
  his.shareNote(his.writeNote({ content: 'The laboratory called: all is well.' }));
  await clock.settle();
  patient.client.close();
  const later = clinic.open('ann').watch(id);
  await clock.settle();
  expect(later.getSnapshot()).toMatchObject({ phase: 'completed', canStart: false });
  expect(later.getSnapshot().notes.notes.map(({ content }) => content)).toEqual([
    'Follow-up in 2 weeks.',
    'The laboratory called: all is well.',
  ]);
});
