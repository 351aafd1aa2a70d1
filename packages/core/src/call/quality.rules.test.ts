import { describe, expect, it } from 'vitest';
import type { Party, Sending } from '../booking/party.schema.js';
import type { VideoStats } from '../ports/video.port.js';
import {
  expectedFrom,
  isSameArrival,
  qualityStep,
  unmeasured,
  type Expected,
  type QualityMemory,
} from './quality.rules.js';

const BOTH: Expected = { camera: true, microphone: true };
const NOTHING: Expected = { camera: false, microphone: false };

const reading = (change: Partial<VideoStats> = {}): VideoStats => ({
  roundTrip: 40,
  loss: 0,
  inbound: 500_000,
  outbound: 500_000,
  framesDecoded: 0,
  audioLevel: 0.1,
  ...change,
});
const GOOD = reading();
const FAIR = reading({ loss: 0.05 });
const POOR = reading({ loss: 0.2 });

/** What is said after each of these readings. */
function qualities(readings: readonly VideoStats[], before = unmeasured): (string | null)[] {
  let memory = before;
  return readings.map((stats) => {
    memory = qualityStep(memory, stats, NOTHING);
    return memory.quality;
  });
}
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const after = (readings: readonly VideoStats[]): QualityMemory =>
  readings.reduce((memory, stats) => qualityStep(memory, stats, NOTHING), unmeasured);

describe('how well the other arrives', () => {
  it('is told in numbers, too: means of the last six readings, rounded', () => {
    expect(after([GOOD, GOOD]).measured).toBe(null);
    const jumpy = [40, 44, 46, 61].map((roundTrip) => reading({ roundTrip, loss: 0.013, inbound: 1_234_567 }));
    expect(after(jumpy).measured).toEqual({ roundTrip: 50, loss: 0.01, inbound: 1_200_000, outbound: 500_000 });
    expect(after([...times(9, POOR), ...times(6, GOOD)]).measured?.loss).toBe(0);
    const unknown = times(3, reading({ roundTrip: null, loss: null }));
    expect(after(unknown).measured).toMatchObject({ roundTrip: null, loss: null });
  });

  it('is news only where somebody sees a difference', () => {
    const [one, other] = [after(times(3, GOOD)), after(times(3, reading({ roundTrip: 41 })))];
    expect(isSameArrival(one, other)).toBe(true);
    expect(isSameArrival(one, after(times(3, reading({ roundTrip: 52 }))))).toBe(false);
    expect(isSameArrival(one, unmeasured)).toBe(false);
    expect(isSameArrival(unmeasured, unmeasured)).toBe(true);
  });

  it('is not said before three readings', () => {
    expect(qualities(times(4, GOOD))).toEqual([null, null, 'good', 'good']);
  });

  it.each([
    ['no loss and a short way', {}, 'good'],
    ['nothing that is known', { loss: null, roundTrip: null }, 'good'],
    ['as much loss as is still good', { loss: 0.03 }, 'good'],
    ['some loss', { loss: 0.031 }, 'fair'],
    ['a long way', { roundTrip: 301 }, 'fair'],
    ['as much loss as is still fair', { loss: 0.1 }, 'fair'],
    ['much loss', { loss: 0.101 }, 'poor'],
    ['a very long way', { roundTrip: 601 }, 'poor'],
  ] as const)('%s is %s', (_, change, quality) => {
    expect(qualities(times(3, reading(change))).at(-1)).toBe(quality);
  });

  it('gets worse after three readings that say so, and not for one that does', () => {
    const good = after(times(6, GOOD));
    expect(qualities([POOR, GOOD, POOR, POOR, POOR], good)).toEqual(['good', 'good', 'good', 'good', 'poor']);
    expect(qualities([POOR, FAIR, FAIR], good)).toEqual(['good', 'good', 'fair']);
  });

  it('gets better after six, so that it does not flicker', () => {
    const poor = after(times(6, POOR));
    expect(qualities([...times(5, GOOD), POOR, ...times(6, GOOD)], poor)).toEqual([...times(11, 'poor'), 'good']);
    expect(qualities([...times(5, GOOD), FAIR], poor).at(-1)).toBe('fair');
  });
});

describe('what should arrive and does not', () => {
  const troubles = (readings: readonly VideoStats[], expected: Expected): (string | null)[] => {
    let memory = qualityStep(unmeasured, reading({ framesDecoded: 100 }), expected);
    return readings.map((stats) => {
      memory = qualityStep(memory, stats, expected);
      return memory.trouble;
    });
  };

  it('a picture that stands still is said after four readings, and no longer once it moves', () => {
    const still = reading({ framesDecoded: 100 });
    expect(troubles([...times(4, still), reading({ framesDecoded: 101 })], BOTH)).toEqual([
      null,
      null,
      null,
      'frozen',
      null,
    ]);
  });

  it('so is a microphone that is on and gives not the least sound', () => {
    const mute = (frames: number) => reading({ framesDecoded: 100 + frames, audioLevel: 0 });
    const found = troubles([mute(1), mute(2), mute(3), mute(4), reading({ framesDecoded: 105 })], BOTH);
    expect(found).toEqual([null, null, null, 'silent', null]);
    const quiet = reading({ audioLevel: 0.0001 });
    expect(troubles(times(9, quiet), { camera: false, microphone: true }).at(-1)).toBe(null);
  });

  it('what the other does not send is not missed', () => {
    expect(troubles(times(9, reading({ framesDecoded: 100, audioLevel: 0 })), NOTHING).at(-1)).toBe(null);
    const untold = reading({ framesDecoded: 100, audioLevel: null });
    expect(troubles(times(9, untold), { camera: false, microphone: true }).at(-1)).toBe(null);
  });

  it('a picture that the other’s network keeps back is not missed, a small one is', () => {
    const party: Omit<Party, 'sending'> = {
      seat: 'B',
      role: 'provider',
      name: 'Dr. Smith',
      peerId: 'b',
      dials: true,
      presence: 'in-call',
      since: null,
    };
    const on: Sending = { microphone: 'on', camera: 'on' };
    const expected = (sending: Sending) => expectedFrom([{ ...party, sending }], 'A');
    expect(expected({ ...on, limited: 'audio' })).toEqual({ camera: false, microphone: true });
    expect(expected({ ...on, camera: 'off', screen: true, limited: 'audio' }).camera).toBe(false);
    expect(expected({ ...on, limited: 'small-video' })).toEqual(BOTH);
    expect(expected(on)).toEqual(BOTH);
  });
});
