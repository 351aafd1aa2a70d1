import { DEFAULT_WINDOW_POLICY, toIso } from '@active-session/core';
import { describe, expect, it } from 'vitest';
import { createClinic, createScriptedParty, createSimulatedClock, createSystemClock } from './index.js';

const MINUTE = 60_000;

function set(policy = DEFAULT_WINDOW_POLICY) {
  const clock = createSimulatedClock();
  const clinic = createClinic({ clock, policy });
  const { id } = clinic.book({ startsIn: 10 * MINUTE });
  const ann = createScriptedParty(clinic, { person: 'ann', booking: id });
  const doctor = createScriptedParty(clinic, { person: 'dr-smith', booking: id });
  return { clock, clinic, id, ann, doctor };
}

describe('the other side as a script', () => {
  it('meets, writes, leaves, comes back and ends', async () => {
    const { clinic, id, ann, doctor } = set();
    const hers = ann.page.watch(id);
    await ann.joins();
    expect(hers.getSnapshot().call?.state).toBe('waiting');
    await doctor.joins();
    expect(hers.getSnapshot().call?.state).toBe('connected');
    const note = await doctor.writes('Rest well', 'recommendation');
    expect(clinic.backend.notes(id)).toMatchObject([{ id: note.id, content: 'Rest well' }]);
    await doctor.withdraws(note);
    expect(hers.getSnapshot().notes.notes).toMatchObject([{ id: note.id, content: '' }]);
    await doctor.leaves();
    expect(clinic.backend.booking(id).status).toBe('scheduled');
    await doctor.joins();
    await doctor.ends();
    expect(hers.getSnapshot()).toMatchObject({ phase: 'completed', call: null });
    await doctor.reopens();
    expect(hers.getSnapshot().phase).toBe('open');
  });

  it('lets in, asks to wait and is late', async () => {
    const { id, ann, doctor } = set({ ...DEFAULT_WINDOW_POLICY, admission: 'provider' });
    await doctor.runsLate(10, 'An emergency');
    const hers = ann.page.watch(id);
    expect(hers.getSnapshot().booking?.late).toMatchObject({ minutes: 10, message: 'An emergency' });
    await ann.joins();
    await doctor.joins();
    const own = () => hers.getSnapshot().parties.find(({ role }) => role === 'patient');
    expect(own()?.admission).toBe('asking');
    await doctor.admits();
    expect(hers.getSnapshot().call?.state).toBe('connected');
    await doctor.holds('One moment');
    expect(own()).toMatchObject({ admission: 'held', message: 'One moment' });
    expect(hers.getSnapshot().call?.state).not.toBe('connected');
  });

  it('moves, hands over, cancels and gives up', async () => {
    const { clock, clinic, id, doctor } = set();
    const later = toIso(Math.ceil(clock.trueTime() / (30 * MINUTE)) * 30 * MINUTE + 24 * 60 * MINUTE);
    await doctor.movesTo(later);
    expect(clinic.backend.booking(id).dateTime).toBe(later);
    await doctor.reassignsTo('dr-jones');
    expect(doctor.page.client.getSnapshot().bookings).toEqual([]);
    const jones = createScriptedParty(clinic, { person: 'dr-jones', booking: id });
    await jones.cancels('Ill');
    expect(clinic.backend.booking(id)).toMatchObject({ status: 'cancelled', cancelReason: 'Ill' });

    const missed = clinic.book({ startsIn: -MINUTE });
    await createScriptedParty(clinic, { person: 'dr-smith', booking: missed.id }).givesUp();
    expect(clinic.backend.booking(missed.id).cancelReason).toBe('no-show');
  });

  it('suffers, and is well again', async () => {
    const { clock, id, ann, doctor } = set();
    const hers = ann.page.watch(id);
    await ann.joins();
    await doctor.joins();
    const state = () => hers.getSnapshot().call?.state;
    for (const fault of ['network.cut', 'media.cut', 'media.broken', 'signalling.lost', 'seat.lost'] as const) {
      expect([fault, state()]).toEqual([fault, 'connected']);
      const heal = doctor.suffers(fault);
      await clock.advance(5_000);
      heal();
      await clock.advance(30_000);
    }
    expect(state()).toBe('connected');
  });

  it('says what never came about', async () => {
    const { clinic } = set();
    const later = clinic.book({ startsIn: 3 * 60 * MINUTE });
    const early = createScriptedParty(clinic, { person: 'dr-smith', booking: later.id });
    await expect(early.joins()).rejects.toThrow('dr-smith never could join');
  });

  it('waits for what happens, in real time too', async () => {
    const clinic = createClinic({ clock: createSystemClock(), latency: 5 });
    const { id } = clinic.book({ startsIn: MINUTE });
    const doctor = createScriptedParty(clinic, { person: 'dr-smith', booking: id });
    await doctor.joins();
    await doctor.writes('Here already');
    await doctor.ends();
    expect(clinic.backend.booking(id).status).toBe('completed');
  });
});
