import { beforeEach, describe, expect, it } from 'vitest';
import { SessionError, type SessionErrorCode } from '../errors.js';
import { isTalking } from './call.machine.js';
import {
  ALONE,
  BOTH,
  party,
  RENEW_EVERY,
  running,
  scriptCall,
  type ScriptedCall,
} from './test-support/scripted-call.js';

let call: ScriptedCall;

const lost = { signalling: 'lost' } as const;
/** Each loss has its own reason, as an engine gives it. */
const lostAnew = () => ({ ...lost, error: new SessionError('network', 'Lost.') });
const found = { signalling: 'open' } as const;
const state = (): string | null => call.view()?.state ?? null;
const outcome = () => {
  const { outcome: how, error } = call.actor.getSnapshot().output ?? {};
  return [how, error?.code ?? null];
};
const tell = async (...parties: typeof BOTH): Promise<void> => {
  call.present(parties);
  call.actor.send({ type: 'parties.changed', parties });
  await call.clock.settle();
};

async function connected(): Promise<void> {
  call = await running({ parties: BOTH });
  await call.show({
    state: 'connected',
    remote: [{ seat: 'provider', stream: { id: 'remote', active: true }, state: 'connected' }],
  });
  expect(state()).toBe('connected');
  call.asked.length = 0;
}

describe('getting ready', () => {
  it('takes the seat, then a ticket, then meets who is there and says that it waits', async () => {
    call = await running();
    expect(call.asked.slice(0, 3)).toEqual(['takeSeat', 'join', 'waiting (lease-1)']);
    expect([call.met(), state()]).toEqual([['patient', 'provider'], 'waiting']);
    expect(call.view()).toMatchObject({ microphone: 'on', camera: 'on', other: { seat: 'provider' }, remote: null });
  });

  it('is not ready before the devices are, nor before the ticket is', async () => {
    call = scriptCall();
    const { answer } = call.devices.ask();
    call.actor.start();
    await call.clock.settle();
    expect([state(), call.view()?.microphone, call.view()?.local]).toEqual(['preparing', 'missing', null]);
    answer();
    await call.clock.settle();
    expect(state()).toBe('waiting');
  });

  it('who turns a device on or off before it is there breaks nothing', async () => {
    call = scriptCall();
    const { answer } = call.devices.ask();
    call.actor.start();
    await call.clock.settle();
    call.actor.send({ type: 'call.turn', device: 'camera', on: false });
    answer();
    await call.clock.settle();
    expect([state(), call.actor.getSnapshot().status]).toEqual(['waiting', 'active']);
  });

  it('word of who is there that comes before the ticket is kept until it', async () => {
    call = scriptCall();
    call.answer('join', () => new Promise(() => undefined));
    call.actor.start();
    await tell(...BOTH);
    expect(call.view()?.other).toMatchObject({ peerId: 'provider-1' });
  });

  it('a seat that went to somebody else before the ticket came is asked for again', async () => {
    call = scriptCall();
    call.refuse('join', 'seat-lost');
    call.actor.start();
    await call.clock.settle();
    expect(call.asked.slice(0, 4)).toEqual(['takeSeat', 'join', 'takeSeat', 'join']);
    expect(state()).toBe('waiting');
  });

  it.each<[string, 'takeSeat' | 'join', SessionErrorCode, string, number]>([
    ['the seat is another’s', 'takeSeat', 'seat-taken', 'elsewhere', 0],
    ['the rules say no', 'takeSeat', 'outside-window', 'failed', 0],
    ['no ticket is to be had', 'join', 'forbidden', 'failed', 1],
  ])('%s: it says so, and gives back just what it has', async (_, method, code, how, left) => {
    call = scriptCall();
    call.refuse(method, code);
    call.actor.start();
    await call.clock.settle();
    expect(outcome()).toEqual([how, code]);
    expect([call.count('leave'), call.devices.running]).toEqual([left, []]);
  });

  it('an engine that can not be had is a call that failed, and the seat is given back', async () => {
    call = await running({
      connect: () => {
        throw new SessionError('video-unconfigured', 'No address.');
      },
    });
    expect(outcome()).toEqual(['failed', 'video-unconfigured']);
    expect([call.count('leave (lease-1)'), call.devices.running]).toEqual([1, []]);
  });
});

describe('where it stands', () => {
  it('follows the engine and who is there, and says since when', async () => {
    call = await running();
    const seen: [string | null, number | undefined][] = [];
    const note = (): void => void seen.push([state(), call.view()?.since]);
    const at = call.clock.trueTime();
    const second = async (): Promise<void> => call.clock.advance(1_000);
    await second();
    await tell(...BOTH);
    note();
    await second();
    await call.show({ state: 'connected' });
    note();
    await second();
    await call.show({ state: 'interrupted' });
    note();
    await second();
    await call.show({ state: 'connected' });
    note();
    await second();
    await call.show({ state: 'interrupted' });
    await tell(...ALONE);
    note();
    expect(seen).toEqual([
      ['connecting', at + 1_000],
      ['connected', at + 2_000],
      ['reconnecting', at + 3_000],
      ['connected', at + 4_000],
      ['waiting', at + 5_000],
    ]);
  });

  it('who is away, or can not be reached, is not there', async () => {
    call = await running();
    await tell(party('patient'), party('provider', { presence: 'away' }));
    expect(state()).toBe('waiting');
    await tell(party('patient'), party('provider', { peerId: null }));
    expect(state()).toBe('waiting');
    await tell(party('patient', { peerId: 'patient-9' }));
    expect(state()).toBe('waiting');
  });

  it('they talk while media flow, or did a moment ago; nobody talks who waits or connects', async () => {
    call = await running({ parties: BOTH });
    const talks = (): boolean => isTalking(call.actor.getSnapshot());
    expect([state(), talks()]).toEqual(['connecting', false]);
    await call.show({ state: 'connected' });
    expect([state(), talks()]).toEqual(['connected', true]);
    await call.show({ state: 'interrupted' });
    expect([state(), talks()]).toEqual(['reconnecting', true]);
    await tell(...ALONE);
    expect([state(), talks()]).toEqual(['waiting', false]);
    call.actor.send({ type: 'call.leave' });
    expect(talks()).toBe(false);
  });

  it('nobody is met whom the provider did not let in, and who was not meets nobody', async () => {
    await connected();
    await tell(party('patient', { admission: 'held' }), party('provider', { peerId: null }));
    expect(call.met()).toEqual(['patient']);
    await tell(
      party('patient', { admission: 'admitted' }),
      party('provider'),
      party('provider', { seat: 'guest', admission: 'asking' }),
    );
    expect(call.met()).toEqual(['patient', 'provider']);
    await tell(party('provider'));
    expect(call.met()).toEqual(['provider']);
  });
});

describe('what is said to the backend', () => {
  beforeEach(connected);
  const reports = (): string[] => call.asked.filter((one) => one.includes('('));

  it('at once when it changes, then as often as the lease wants', async () => {
    await call.clock.advance(RENEW_EVERY * 2);
    expect(reports()).toEqual(['in-call (lease-1)', 'in-call (lease-1)']);
    await call.show({ state: 'interrupted' });
    await tell(...ALONE);
    // The first is that of the new ticket.
    expect(reports().slice(2)).toEqual(['in-call (lease-1)', 'waiting (lease-1)']);
  });

  it('who is being reconnected is in the call; who has nobody to talk to is not', async () => {
    await call.show({ state: 'interrupted' });
    await call.clock.advance(RENEW_EVERY);
    expect(new Set(reports())).toEqual(new Set(['in-call (lease-1)']));
    await tell(...ALONE);
    call.asked.length = 0;
    await call.clock.advance(RENEW_EVERY);
    expect(new Set(reports())).toEqual(new Set(['waiting (lease-1)']));
    await call.show({ state: 'waiting', remote: [] });
    await tell(...BOTH);
    await call.show({ state: 'connecting' });
    expect(state()).toBe('connecting');
    call.asked.length = 0;
    await call.clock.advance(RENEW_EVERY);
    expect(new Set(reports())).toEqual(new Set(['waiting (lease-1)']));
  });

  it('one report at a time; the one that was wanted meanwhile follows at once', async () => {
    let answer = (): void => undefined;
    call.answer('presence', () => new Promise((resolve) => (answer = () => resolve(undefined))));
    await call.clock.advance(RENEW_EVERY);
    call.actor.send({ type: 'call.wake' });
    call.actor.send({ type: 'call.wake' });
    await call.clock.advance(RENEW_EVERY * 3);
    expect(reports()).toHaveLength(1);
    answer();
    await call.clock.settle();
    expect(reports()).toHaveLength(2);
  });

  it('an answer that was overtaken is not taken', async () => {
    let answer = (): void => undefined;
    const old = {
      seat: { seat: 'patient', lease: 'lease-1', expiresAt: '2030-01-01T00:00:00.000Z', renewEvery: RENEW_EVERY },
      parties: ALONE,
    };
    call.answer('presence', () => new Promise((resolve) => (answer = () => resolve(old))));
    await call.clock.advance(RENEW_EVERY);
    await tell(party('patient'), party('provider', { peerId: 'provider-2' }));
    answer();
    await call.clock.settle();
    expect(call.view()?.other?.peerId).toBe('provider-2');
  });

  it('who is there as an answer says it is taken, where nothing newer was told', async () => {
    await tell(...ALONE);
    expect(call.view()?.other?.presence).toBe('away');
    call.present(BOTH);
    await call.clock.advance(RENEW_EVERY);
    expect(call.view()?.other?.presence).toBe('waiting');
  });

  it('a report that fails is sent again in two seconds, and the call goes on', async () => {
    call.refuse('presence', 'network', 3);
    await call.clock.advance(RENEW_EVERY + 6_000);
    expect([reports().length, state()]).toEqual([4, 'connected']);
  });

  it.each<SessionErrorCode>(['forbidden', 'session-ended', 'session-cancelled', 'outside-window', 'not-found'])(
    'a report that is refused for good (%s) ends the call, with the reason',
    async (code) => {
      call.refuse('presence', code);
      await call.clock.advance(RENEW_EVERY);
      expect([outcome(), call.devices.running, call.count('close')]).toEqual([['failed', code], [], 1]);
    },
  );

  it('after the end nothing is reported any more', async () => {
    call.actor.send({ type: 'call.leave' });
    await call.clock.advance(RENEW_EVERY * 5);
    expect(reports()).toEqual(['leave (lease-1)']);
  });
});

describe('being reached', () => {
  beforeEach(connected);

  it('lost: it takes one ticket, and is reached under a new address', async () => {
    await call.show(lostAnew());
    expect(call.asked).toEqual(['join', 'restart as patient-2', 'in-call (lease-1)']);
    await call.show(found);
    await call.clock.advance(15_000);
    expect(call.count('join')).toBe(1);
    expect(state()).toBe('connected');
  });

  it('lost again for another reason: it waits a little before the next ticket, longer each time', async () => {
    const waits: number[] = [];
    await call.show(lostAnew());
    for (let i = 0; i < 4; i += 1) {
      const before = call.count('join');
      await call.show(lostAnew());
      let waited = 0;
      while (call.count('join') === before && waited < 60_000) {
        await call.clock.advance(100);
        waited += 100;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([300, 600, 1_200, 2_400]);
  });

  it('once it has held, the next loss is a first one', async () => {
    for (let i = 0; i < 4; i += 1) {
      await call.show(lostAnew());
      await call.show(found);
    }
    expect(call.count('join')).toBe(4);
    await call.show(lostAnew());
    const joins = call.count('join');
    await call.show(lostAnew());
    await call.clock.advance(600);
    expect(call.count('join')).toBe(joins + 1);
  });

  it('a ticket that brings nothing in eight seconds is followed by another one', async () => {
    await call.show({ state: 'interrupted', ...found });
    expect(call.count('join')).toBe(1);
    await call.clock.advance(7_999);
    expect(call.count('join')).toBe(1);
    await call.clock.advance(1);
    expect(call.count('join')).toBe(2);
  });

  it('media that are silent because the other is gone need no ticket', async () => {
    await tell(...ALONE);
    await call.show({ state: 'interrupted' });
    expect([call.count('join'), state()]).toEqual([0, 'waiting']);
  });

  it('waiting alone, and reached again, is settled too', async () => {
    await tell(...ALONE);
    await call.show({ state: 'waiting', remote: [], ...lostAnew() });
    await call.show(found);
    await call.clock.advance(20_000);
    expect(call.count('join')).toBe(1);
  });

  it('a ticket that can not be had now is asked for again; on waking, at once', async () => {
    call.refuse('join', 'unavailable', 2);
    await call.show(lostAnew());
    expect(call.count('join')).toBe(1);
    call.actor.send({ type: 'call.wake' });
    await call.clock.settle();
    expect(call.count('join')).toBe(2);
    await call.clock.advance(1_300);
    expect([call.count('join'), call.count('restart')]).toEqual([3, 1]);
  });

  it('a ticket that is refused for good ends the call', async () => {
    call.refuse('join', 'session-ended');
    await call.show(lostAnew());
    expect([outcome(), call.devices.running]).toEqual([['failed', 'session-ended'], []]);
  });
});

describe('the seat', () => {
  beforeEach(connected);

  it('lost at a report: it is taken again, and a ticket for it; the call goes on', async () => {
    call.refuse('presence', 'seat-lost');
    await call.clock.advance(RENEW_EVERY);
    expect(call.asked.slice(1)).toEqual([
      'takeSeat',
      'in-call (lease-2)',
      'join',
      'restart as patient-2',
      'in-call (lease-2)',
    ]);
    expect(state()).toBe('connected');
  });

  it('lost at a report: another one of before that is refused late does not lose the new one', async () => {
    const refuse: (() => void)[] = [];
    const seat = { seat: 'patient', lease: 'new', expiresAt: '2030-01-01T00:00:00.000Z', renewEvery: RENEW_EVERY };
    let give = (): void => undefined;
    const lost = new SessionError('seat-lost', 'Refused late.');
    call.answer('presence', () => new Promise((_, reject) => refuse.push(() => reject(lost))));
    call.answer('takeSeat', () => new Promise((resolve) => (give = () => resolve(seat))));
    await call.clock.advance(RENEW_EVERY);
    call.actor.send({ type: 'call.wake' });
    refuse[0]?.();
    await call.clock.advance(1);
    expect([call.count('takeSeat'), refuse.length]).toEqual([1, 2]);
    give();
    await call.clock.settle();
    refuse[1]?.();
    await call.clock.advance(1);
    expect([call.count('takeSeat'), call.asked.at(-1)]).toEqual([1, 'in-call (new)']);
  });

  it('lost at a ticket: likewise', async () => {
    call.refuse('join', 'seat-lost');
    await call.show(lostAnew());
    expect(call.asked.slice(0, 2)).toEqual(['join', 'takeSeat']);
    await call.clock.settle();
    expect([call.count('restart'), state()]).toEqual([1, 'connected']);
  });

  it('can not be taken again now: later, each time longer, and no refused report makes it sooner', async () => {
    call.refuse('takeSeat', 'unavailable', 100);
    call.refuse('presence', 'seat-lost', 100);
    await call.clock.advance(RENEW_EVERY);
    const counts: number[] = [];
    for (const ms of [299, 1, 599, 1, 1_199, 1, 2_399, 1]) {
      await call.clock.advance(ms);
      counts.push(call.count('takeSeat'));
    }
    expect(counts).toEqual([1, 2, 2, 3, 3, 4, 4, 5]);
    expect(state()).toBe('connected');
  });

  it('on waking it is asked for at once', async () => {
    call.refuse('takeSeat', 'unavailable');
    call.refuse('presence', 'seat-lost');
    await call.clock.advance(RENEW_EVERY);
    call.actor.send({ type: 'call.wake' });
    await call.clock.settle();
    expect([call.count('takeSeat'), call.count('restart')]).toEqual([2, 1]);
  });

  it('is another’s by then: the call is there now', async () => {
    call.refuse('takeSeat', 'seat-taken');
    call.refuse('presence', 'seat-lost');
    await call.clock.advance(RENEW_EVERY);
    expect([outcome(), call.count('leave')]).toEqual([['elsewhere', 'seat-taken'], 0]);
  });

  it('taken by another page: this one says so, and gives nothing back that is not its own', async () => {
    call.actor.send({ type: 'seat.taken', seat: 'patient', lease: 'another' });
    expect([outcome(), call.count('leave'), call.devices.running]).toEqual([['displaced', null], 0, []]);
  });

  it('word of its own taking, or of another’s seat, changes nothing', async () => {
    call.actor.send({ type: 'seat.taken', seat: 'patient', lease: 'lease-1' });
    call.actor.send({ type: 'seat.taken', seat: 'provider', lease: 'another' });
    expect(state()).toBe('connected');
  });
});

describe('the end', () => {
  beforeEach(connected);

  it('of an engine: with its reason, or as lost', async () => {
    await call.show({ state: 'closed', error: new SessionError('video-failed', 'No.') });
    expect(outcome()).toEqual(['failed', 'video-failed']);
    await connected();
    await call.show({ state: 'closed' });
    expect(outcome()).toEqual(['failed', 'video-lost']);
  });

  it('frees everything: devices, engine, seat, and watches nothing any more', async () => {
    call.actor.send({ type: 'call.leave' });
    await call.clock.settle();
    expect([call.devices.running, call.count('close'), call.count('leave (lease-1)')]).toEqual([[], 1, 1]);
    expect([call.isWatched(), call.signal()?.aborted]).toEqual([false, true]);
    expect(outcome()).toEqual(['left', null]);
  });

  it('waits for no answer to its leaving longer than three seconds', async () => {
    call.answer('leave', () => new Promise(() => undefined));
    call.actor.send({ type: 'call.leave' });
    await call.clock.advance(2_999);
    expect(state()).toBe('leaving');
    await call.clock.advance(1);
    expect(outcome()).toEqual(['left', null]);
  });

  it('comes too though the leaving is refused: the seat expires by itself', async () => {
    call.refuse('leave', 'network');
    call.actor.send({ type: 'call.leave' });
    await call.clock.settle();
    expect(outcome()).toEqual(['left', null]);
  });

  it.each([
    ['reconnecting', { state: 'interrupted' }],
    ['connecting', { state: 'connecting', remote: [] }],
  ] as const)('after five minutes of %s', async (name, video) => {
    await call.show(video);
    if (name === 'connecting') {
      await tell(...ALONE);
      await tell(...BOTH);
    }
    expect(state()).toBe(name);
    await call.clock.advance(5 * 60_000 - 1);
    expect(state()).toBe(name);
    await call.clock.advance(1);
    expect(outcome()).toEqual(['failed', 'video-lost']);
  });

  it('waiting has none', async () => {
    await call.show({ state: 'waiting', remote: [] });
    await tell(...ALONE);
    call.answer('presence', () => Promise.reject(new SessionError('network', 'Gone.')));
    await call.clock.advance(60 * 60_000);
    expect(state()).toBe('waiting');
  });
});

describe('what is sent, and what arrives', () => {
  beforeEach(connected);
  const told = () => call.reports.at(-1);

  it('the backend is told what is sent, at once when it changes', async () => {
    expect(told()?.sending).toEqual({ microphone: 'on', camera: 'on' });
    call.actor.send({ type: 'call.turn', device: 'microphone', on: false });
    await call.clock.settle();
    expect(told()?.sending).toEqual({ microphone: 'off', camera: 'on' });
    call.devices.opened[0]?.change('camera', 'paused');
    await call.clock.settle();
    expect(told()?.sending).toEqual({ microphone: 'off', camera: 'paused' });
  });

  it('a screen is shared and is not any more, also by the browser’s own button', async () => {
    call.actor.send({ type: 'call.share', on: true });
    await call.clock.settle();
    expect([call.view()?.sharing, told()?.sending?.screen]).toEqual([true, true]);
    call.actor.send({ type: 'call.share', on: false });
    await call.clock.settle();
    expect([call.view()?.sharing, told()?.sending]).toEqual([false, { microphone: 'on', camera: 'on' }]);
    call.actor.send({ type: 'call.share', on: true });
    await call.clock.settle();
    call.devices.opened[0]?.stopSharing();
    await call.clock.settle();
    expect([call.view()?.sharing, told()?.sending?.screen]).toEqual([false, undefined]);
  });

  it('a screen that nobody picked is said, until the next try', async () => {
    call.devices.failTurn('devices-dismissed');
    call.actor.send({ type: 'call.share', on: true });
    await call.clock.settle();
    expect(call.view()).toMatchObject({
      state: 'connected',
      sharing: false,
      devicesError: { code: 'devices-dismissed' },
    });
    call.actor.send({ type: 'call.share', on: true });
    expect(call.view()?.devicesError).toBe(null);
  });

  it('what the system silenced is opened anew when the page wakes; where that fails nothing is said', async () => {
    call.devices.opened[0]?.change('microphone', 'paused');
    call.devices.failTurn('devices-busy');
    call.actor.send({ type: 'call.wake' });
    await call.clock.settle();
    expect(call.view()).toMatchObject({ microphone: 'paused', devicesError: null });
    call.actor.send({ type: 'call.wake' });
    await call.clock.settle();
    expect(call.view()?.microphone).toBe('on');
  });

  it('how well the other arrives is measured while they do', async () => {
    expect(call.view()?.quality).toBe(null);
    await call.clock.advance(3_000);
    expect(call.view()?.quality).toBe('good');
    expect(call.view()?.measured).toMatchObject({ loss: null });
    call.measure({ loss: 0.5 });
    await call.clock.advance(3_000);
    expect(call.view()?.quality).toBe('poor');
    expect(call.view()?.measured).toMatchObject({ loss: 0.5 });
    await call.show({ state: 'interrupted' });
    expect(call.view()).toMatchObject({ quality: null, measured: null });
    await call.clock.advance(10_000);
    expect(call.view()?.quality).toBe(null);
  });

  it('a picture that they send and that stands still is said; one that they do not send is not', async () => {
    await call.clock.advance(6_000);
    expect(call.view()?.trouble).toBe(null);
    await tell(party('patient'), party('provider', { sending: { microphone: 'on', camera: 'on' } }));
    await call.clock.advance(5_000);
    expect(call.view()?.trouble).toBe('frozen');
    await tell(party('patient'), party('provider', { sending: { microphone: 'on', camera: 'off' } }));
    await call.clock.advance(1_000);
    expect(call.view()?.trouble).toBe(null);
    call.measure({ audioLevel: 0 });
    await call.clock.advance(5_000);
    expect(call.view()?.trouble).toBe('silent');
    await tell(party('patient'), party('provider', { sending: { microphone: 'off', camera: 'off', screen: true } }));
    await call.clock.advance(5_000);
    expect(call.view()?.trouble).toBe('frozen');
  });

  it('measuring ends with the call, and a measuring that fails is nothing', async () => {
    await call.clock.advance(2_000);
    expect(call.measured()).toBe(2);
    call.actor.send({ type: 'call.leave' });
    await call.clock.advance(10_000);
    expect(call.measured()).toBe(2);
    await connected();
    call.measure(null);
    await call.clock.advance(10_000);
    expect(call.view()).toMatchObject({ state: 'connected', quality: null });
  });

  it('what this person may, as the server has it, is shown', async () => {
    await tell(party('patient', { admission: 'held', message: 'One moment.' }), party('provider'));
    expect(call.view()?.own).toMatchObject({ seat: 'patient', admission: 'held', message: 'One moment.' });
  });
});

describe('camera and microphone', () => {
  beforeEach(connected);

  it('one that can not be had is said, and the call goes on without it', async () => {
    call = scriptCall({ checked: { speaker: 'works', camera: 'works' } });
    call.devices.refuse('camera', 'devices-busy');
    call.actor.start();
    await call.clock.settle();
    expect(call.view()).toMatchObject({ state: 'waiting', microphone: 'on', camera: 'missing' });
    expect([call.view()?.refused.camera?.code, call.view()?.devicesError?.code]).toEqual([
      'devices-busy',
      'devices-busy',
    ]);
    expect(call.reports.at(-1)?.devices).toEqual({ speaker: 'works', microphone: 'works', camera: 'busy' });
  });

  it('none is said too, and by then the seat is given back, whichever of both came first', async () => {
    for (const code of ['devices-denied', 'devices-dismissed'] as const) {
      call = scriptCall();
      call.devices.failOpen(code);
      call.actor.start();
      await call.clock.settle();
      expect([outcome(), call.count('takeSeat')]).toEqual([['failed', code], call.count('leave')]);
      call = scriptCall();
      call.devices.failOpen(code);
      const question = call.devices.ask();
      call.actor.start();
      await call.clock.settle();
      question.answer();
      await call.clock.settle();
      expect([outcome(), call.count('takeSeat'), call.count('leave')]).toEqual([['failed', code], 1, 1]);
    }
  });

  it('what changes is shown, by this person and by the system', async () => {
    call.actor.send({ type: 'call.turn', device: 'microphone', on: false });
    await call.clock.settle();
    expect([call.view()?.microphone, call.view()?.camera]).toEqual(['off', 'on']);
    call.devices.opened[0]?.change('camera', 'missing');
    expect(call.view()?.camera).toBe('missing');
  });

  it('opening and turning is given up with the call', async () => {
    const signals: AbortSignal[] = [];
    call = scriptCall();
    const open = call.devices.open.bind(call.devices);
    Object.assign(call.devices, {
      open: async (...[request, { signal }]: Parameters<typeof open>) => {
        signals.push(signal);
        const media = await open(request, { signal });
        return {
          ...media,
          turn: async (...[, , given]: Parameters<typeof media.turn>) => void signals.push(given.signal),
        };
      },
    });
    call.actor.start();
    await call.clock.settle();
    call.actor.send({ type: 'call.turn', device: 'camera', on: false });
    await call.clock.settle();
    call.actor.send({ type: 'call.leave' });
    await call.clock.settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});
