import type { Carries } from '@active-session/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLadder, type Ladder } from './ladder.js';
import { createTestPair, type TestPair } from './test-support/pair.js';

const MINUTE = 60_000;
const awful = { fractionLost: 0.5 };

let pair: TestPair;
let connections: RTCPeerConnection[];
let ladder: Ladder;
let steps: Carries[];
let wantsVideo: boolean;

const clock = performance.now.bind(performance);
const wait = globalThis.setTimeout.bind(globalThis);
const SECOND = 1_000;

beforeEach(async () => {
  // The ladder's seconds pass at four times their speed, two of them to a reading, of which there are two a second.
  // Statistics and pictures have a clock of their own.
  vi.spyOn(performance, 'now').mockImplementation(() => clock() * 4);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((handler: TimerHandler, ms?: number) =>
    wait(handler, ms === SECOND ? SECOND / 2 : ms)) as typeof setTimeout);
  steps = [];
  wantsVideo = true;
  pair = await createTestPair();
  connections = [pair.near];
  ladder = createLadder({
    connections: () => connections,
    wantsVideo: () => wantsVideo,
    onChange: (carries) => steps.push(carries),
  });
});
afterEach(() => {
  ladder.close();
  pair.close();
});

const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: MINUTE, interval: 250 });
const encoding = (kind: 'audio' | 'video') => pair.sender(kind).getParameters().encodings[0];

/** What arrives in one second. */
async function arriving(): Promise<{ frames: number; sound: number; picture: number }> {
  const before = await pair.arrived();
  await until(async () => expect((await pair.arrived()).at - before.at).toBeGreaterThanOrEqual(1_000));
  const now = await pair.arrived();
  return { frames: now.frames - before.frames, sound: now.sound - before.sound, picture: now.picture - before.picture };
}

describe('the ladder between two real connections', () => {
  it(
    'on sound only no picture leaves and sound goes on; then the picture comes back by itself',
    { timeout: 2 * MINUTE },
    async () => {
      await until(async () => expect((await arriving()).frames).toBeGreaterThan(5));
      expect(steps).toEqual([]);

      pair.report(awful);
      await until(() => expect(steps).toEqual(['audio']));
      expect(ladder.carries).toBe('audio');
      await until(() => expect(encoding('video')?.active).toBe(false));
      // What was on its way when it was turned off has arrived after a second without any.
      await until(async () => expect((await arriving()).picture).toBe(0));
      const held = await arriving();
      expect(held.picture).toBe(0);
      expect(held.sound).toBeGreaterThan(0);

      pair.report(null);
      await until(() => expect(steps).toEqual(['audio', 'small-video']));
      await until(async () => expect((await arriving()).frames).toBeGreaterThan(5));
      expect((await pair.arrived()).lines).toBeLessThanOrEqual(180);

      await until(() => expect(steps).toEqual(['audio', 'small-video', 'all']));
      await until(async () => expect((await pair.arrived()).lines).toBe(360));
      expect((await arriving()).frames).toBeGreaterThan(5);
    },
  );

  it('puts sound first and keeps a full picture within its share', async () => {
    await until(() => expect(encoding('audio')).toMatchObject({ priority: 'high', networkPriority: 'high' }));
    expect(encoding('audio')?.maxBitrate).toBe(40_000);
    await until(() => expect(encoding('video')?.maxBitrate).toBe(1_500_000));
  });

  it('holds a connection that comes later to the same step, and what takes the place of a track', async () => {
    pair.report(awful);
    await until(() => expect(ladder.carries).toBe('audio'));
    const later = await createTestPair();
    connections = [pair.near, later.near];
    await until(() => expect(later.sender('video').getParameters().encodings[0]?.active).toBe(false));
    await later.replacePicture();
    expect(later.sender('video').getParameters().encodings[0]?.active).toBe(false);
    expect(later.sender('audio').getParameters().encodings[0]?.active).toBe(true);
    later.close();
  });

  it('leaves alone who sends no picture, and changes nothing once it is closed', async () => {
    wantsVideo = false;
    pair.report(awful);
    await until(() => expect(pair.reads()).toBeGreaterThan(9));
    expect(steps).toEqual([]);
    wantsVideo = true;
    ladder.close();
    ladder.close();
    const reads = pair.reads();
    await arriving();
    await arriving();
    expect(pair.reads()).toBe(reads);
    expect(steps).toEqual([]);
  });
});
