import { beforeEach, describe, expect, it } from 'vitest';
import type { Party } from '../booking/party.schema.js';
import { SessionError } from '../errors.js';
import type { RemoteMedia } from '../ports/video.port.js';
import { BOTH, party, running, type ScriptedCall } from './test-support/scripted-call.js';

let call: ScriptedCall;

const from = (seat: string, state: RemoteMedia['state']): RemoteMedia => ({
  seat,
  stream: { id: `of ${seat}`, active: true },
  state,
});
const guest = party('guest', { seat: 'guest-1', name: 'Maria Lopez', kind: 'interpreter', dials: false });
const state = (): string | null => call.view()?.state ?? null;
const never = () => new Promise<never>(() => undefined);

async function talking(parties: readonly Party[] = BOTH): Promise<void> {
  call = await running({ parties });
  const remote = parties.filter(({ seat }) => seat !== 'patient').map(({ seat }) => from(seat, 'connected'));
  await call.show({ state: 'connected', remote });
  expect(state()).toBe('connected');
  call.asked.length = 0;
}

describe('nothing of the other arrives any more', () => {
  beforeEach(async () => {
    await talking();
  });
  const silence = () => call.show({ state: 'interrupted', remote: [from('provider', 'interrupted')] });

  it('a ticket is asked for at once, and it is said what is done and why', async () => {
    call.answer('join', never);
    await silence();
    expect([state(), call.view()?.recovery, call.count('join')]).toEqual([
      'reconnecting',
      { reason: 'silence', attempt: 1 },
      1,
    ]);
  });

  it('a request that hangs is given up, and another one is made', async () => {
    call.answer('join', never);
    await silence();
    await call.clock.advance(1_199);
    expect(call.count('join')).toBe(1);
    await call.clock.advance(1 + 375);
    expect([call.count('join'), call.view()?.recovery]).toEqual([2, { reason: 'silence', attempt: 2 }]);
    await call.clock.advance(10_000);
    expect(call.count('join')).toBeGreaterThanOrEqual(6);
  });

  it('a network that has just come back is tried at once, whatever hangs or waits', async () => {
    call.answer('join', never);
    await silence();
    await call.clock.advance(500);
    call.actor.send({ type: 'call.wake' });
    await call.clock.settle();
    expect(call.count('join')).toBe(2);
  });

  it('no sooner than the backend asks', async () => {
    call.answer('join', () => Promise.reject(new SessionError('unavailable', 'Busy.', { retryAfter: 5_000 })));
    await silence();
    await call.clock.advance(4_999);
    expect(call.count('join')).toBe(1);
    await call.clock.advance(1);
    expect(call.count('join')).toBe(2);
  });

  it('once they arrive again it is over, and the next time starts from the beginning', async () => {
    call.refuse('join', 'network', 3);
    await silence();
    await call.clock.advance(5_000);
    await call.show({ state: 'connected', remote: [from('provider', 'connected')] });
    expect([state(), call.view()?.recovery]).toEqual(['connected', null]);
    call.answer('join', never);
    await silence();
    expect(call.view()?.recovery).toEqual({ reason: 'silence', attempt: 1 });
  });

  it('it is given up after five minutes, and not before', async () => {
    call.answer('join', never);
    await silence();
    await call.clock.advance(5 * 60_000 - 1);
    expect(state()).toBe('reconnecting');
    await call.clock.advance(1);
    await call.clock.advance(3_000);
    expect(call.actor.getSnapshot().output?.error?.code).toBe('video-lost');
  });
});

describe('with a guest', () => {
  beforeEach(async () => {
    await talking([...BOTH, guest]);
  });

  it('lists the other first, then guests, each as they arrive', async () => {
    await call.show({ remote: [from('guest-1', 'interrupted'), from('provider', 'connected')] });
    const others = call.view()?.others.map(({ party: { seat }, state: how, stream }) => [seat, how, stream?.id]);
    expect(others).toEqual([
      ['provider', 'connected', 'of provider'],
      ['guest-1', 'interrupted', 'of guest-1'],
    ]);
    expect([call.view()?.other?.seat, call.view()?.remote?.id]).toEqual(['provider', 'of provider']);
  });

  it('one who arrives does not hide that the other does not', async () => {
    await call.show({ state: 'connected', remote: [from('provider', 'interrupted'), from('guest-1', 'connected')] });
    expect([state(), call.view()?.recovery?.reason]).toEqual(['reconnecting', 'silence']);
  });

  it('one who does not arrive is brought back, while the call goes on', async () => {
    await call.show({ state: 'connected', remote: [from('provider', 'connected'), from('guest-1', 'interrupted')] });
    expect([state(), call.view()?.recovery?.reason, call.count('join')]).toEqual(['connected', 'silence', 1]);
  });

  it('one who left is not waited for', async () => {
    const gone = { ...guest, presence: 'away', peerId: null } as const;
    call.present([...BOTH, gone]);
    call.actor.send({ type: 'parties.changed', parties: [...BOTH, gone] });
    await call.show({ state: 'connected', remote: [from('provider', 'connected'), from('guest-1', 'interrupted')] });
    expect([state(), call.view()?.recovery, call.count('join')]).toEqual(['connected', null, 0]);
  });

  it('one who is not let in is seen to wait, and is not met', async () => {
    const asking = { ...guest, admission: 'asking' } as const;
    await call.show({ remote: [from('provider', 'connected')] });
    call.actor.send({ type: 'parties.changed', parties: [...BOTH, asking] });
    await call.clock.settle();
    expect(call.view()?.others[1]).toMatchObject({ state: 'waiting', stream: null });
    expect(call.met()).toEqual(['patient', 'provider']);
  });
});

describe('where the backend wants people connected before they are let in', () => {
  const asking = [party('patient', { admission: 'asking' }), party('provider', { admission: 'admitted' })];

  it('the engine may meet them, and the call waits all the same', async () => {
    call = await running({ parties: asking, preconnect: 'all' });
    expect([call.met(), state()]).toEqual([['patient', 'provider'], 'waiting']);
    call.actor.send({ type: 'parties.changed', parties: BOTH });
    await call.clock.settle();
    expect(state()).toBe('connecting');
  });

  it('elsewhere nobody is met', async () => {
    call = await running({ parties: asking });
    expect([call.met(), state()]).toEqual([['patient'], 'waiting']);
  });
});

it('what the network does not carry is told to the others', async () => {
  await talking();
  await call.show({ carries: 'audio' });
  expect(call.view()?.carries).toBe('audio');
  expect(call.reports.at(-1)?.sending).toEqual({ microphone: 'on', camera: 'on', limited: 'audio' });
});
