import type { Carries } from '@active-session/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ladderAtFirst, ladderStep, type LadderMemory, type PathReading } from './ladder.rules.js';

const well: PathReading = {
  delay: 10,
  audioLoss: 0,
  videoLoss: 0,
  available: 2_000_000,
  sent: 1_400_000,
  limitedBy: 'none',
};
const weak: PathReading = { ...well, available: 200_000, sent: 180_000, limitedBy: 'bandwidth' };
const lossy: PathReading = { ...well, audioLoss: 0.12 };
const awful: PathReading = { ...well, audioLoss: 0.25 };

type Others = readonly PathReading[];

/** After so many seconds, each with such a reading. */
function after(memory: LadderMemory, seconds: number, path: PathReading, wantsVideo = true, others: Others = []) {
  let next = memory;
  for (let second = 0; second < seconds; second++) {
    next = ladderStep(next, { elapsed: 1_000, wantsVideo, paths: [path, ...others] });
  }
  return next;
}

/** Seconds with such readings until the next step; Infinity where none comes in five minutes. */
function secondsToStep(memory: LadderMemory, path: PathReading): number {
  let next = memory;
  for (let second = 1; second <= 300; second++) {
    next = after(next, 1, path);
    if (next.carries !== memory.carries) return second;
  }
  return Infinity;
}

const small = after(ladderAtFirst, 3, weak);
const soundOnly = after(ladderAtFirst, 3, awful);

describe('on a weak network', () => {
  it.each<[string, PathReading]>([
    ['the path carries less than 250 kbit/s', weak],
    ['a tenth of the sound is lost', lossy],
    ['a tenth of the picture is lost', { ...well, videoLoss: 0.12 }],
    ['packets wait for half a second in queues', { ...well, delay: 600 }],
  ])('the picture is small after 3 s where %s', (_, path) => {
    expect(after(ladderAtFirst, 2, path).carries).toBe('all');
    expect(after(ladderAtFirst, 3, path).carries).toBe('small-video');
  });

  it.each<[string, PathReading]>([
    ['a fifth of the sound is lost', awful],
    ['a fifth of the picture is lost: it goes the same way', { ...well, videoLoss: 0.25 }],
    ['there is less than 80 kbit/s', { ...weak, available: 70_000, sent: 60_000 }],
  ])('only sound goes out after 3 s where %s', (_, path) => {
    expect(after(ladderAtFirst, 2, path).carries).toBe('all');
    expect(after(ladderAtFirst, 3, path).carries).toBe('audio');
  });

  it('only sound goes out where a small picture is too much as well', () => {
    expect(after(small, 5, lossy).carries).toBe('small-video');
    expect(after(small, 6, lossy).carries).toBe('audio');
  });

  it('a small picture stays where the path carries that', () => {
    expect(secondsToStep(small, { ...weak, available: 150_000, delay: 400 })).toBe(Infinity);
  });

  it('one bad moment changes nothing', () => {
    let memory = ladderAtFirst;
    for (let round = 0; round < 60; round++) memory = after(after(memory, 2, awful), 1, well);
    expect(memory.carries).toBe('all');
  });

  it('the worst of several connections counts', () => {
    expect(after(ladderAtFirst, 3, well, true, [well, weak]).carries).toBe('small-video');
    expect(after(ladderAtFirst, 3, weak, true, [awful]).carries).toBe('audio');
    expect(after(small, 60, well, true, [lossy]).carries).toBe('audio');
  });
});

describe('what is no weak network', () => {
  it.each<[string, PathReading]>([
    ['a screen that stands still and needs little', { ...weak, sent: 20_000, limitedBy: 'none' }],
    ['a device that is too slow for the picture', { ...weak, limitedBy: 'cpu' }],
    ['a browser that says nothing', { ...well, delay: null, audioLoss: null, videoLoss: null, available: null }],
    ['a little loss, as on any Wi-Fi', { ...well, audioLoss: 0.08, videoLoss: 0.08 }],
  ])('%s', (_, path) => {
    expect(secondsToStep(ladderAtFirst, path)).toBe(Infinity);
  });

  it('no connection at all: reconnecting is said by others', () => {
    let memory = soundOnly;
    for (let second = 0; second < 300; second++) {
      memory = ladderStep(memory, { elapsed: 1_000, wantsVideo: true, paths: [] });
    }
    expect(memory.carries).toBe('audio');
    expect(after(memory, 14, well).carries).toBe('audio');
  });

  it('nothing is taken from somebody who sends no picture', () => {
    expect(after(ladderAtFirst, 60, awful, false).carries).toBe('all');
  });

  it('a page that slept has read nothing meanwhile', () => {
    const woken = ladderStep(ladderAtFirst, { elapsed: 3_600_000, wantsVideo: true, paths: [awful] });
    expect(woken.carries).toBe('all');
  });
});

describe('when the network is better', () => {
  it('the picture comes back in steps, each after 15 s that were good', () => {
    const first = secondsToStep(soundOnly, well);
    expect(first).toBe(18);
    const smallAgain = after(soundOnly, first, well);
    expect(smallAgain.carries).toBe('small-video');
    expect(secondsToStep(smallAgain, well)).toBe(18);
    expect(after(smallAgain, 18, well).carries).toBe('all');
  });

  it('it comes back although hardly anything is sent that could show what the path carries', () => {
    const silent = { ...weak, available: 60_000, sent: 40_000, limitedBy: 'bandwidth' };
    expect(secondsToStep(soundOnly, silent)).toBe(18);
  });

  it('it does not come back while more than a twentieth is lost, or queues stand', () => {
    expect(secondsToStep(soundOnly, { ...well, audioLoss: 0.07 })).toBe(Infinity);
    expect(secondsToStep(soundOnly, { ...well, delay: 300 })).toBe(Infinity);
  });

  it('a try that fails within 10 s is made again after a minute, then after two, never later', () => {
    const waits: number[] = [];
    let memory = soundOnly;
    for (let attempt = 0; attempt < 6; attempt++) {
      const wait = secondsToStep(memory, well);
      waits.push(wait);
      memory = after(after(memory, wait, well), 6, lossy);
      expect(memory.carries).toBe('audio');
    }
    expect(waits).toEqual([18, 60, 63, 123, 123, 123]);
  });

  it('a try is given 6 s to show what the path carries: the browser knows it only by sending more', () => {
    const tried = after(small, 18, well);
    expect(tried.carries).toBe('all');
    expect(after(after(tried, 6, weak), 60, well).carries).toBe('all');
    expect(after(tried, 8, weak).carries).toBe('all');
    expect(after(tried, 9, weak).carries).toBe('small-video');
    expect(secondsToStep(after(tried, 9, weak), well)).toBe(60);
  });

  it('a try that held for a minute leaves no longer wait behind', () => {
    let memory = after(after(soundOnly, 18, well), 6, lossy);
    memory = after(memory, 200, well);
    expect(memory.carries).toBe('all');
    const again = after(memory, 3, weak);
    expect(again.carries).toBe('small-video');
    expect(secondsToStep(again, well)).toBe(18);
  });
});

describe('whatever the readings', () => {
  const path = fc.oneof(
    fc.constantFrom(well, weak, lossy, awful),
    fc.record<PathReading>({
      delay: fc.option(fc.integer({ min: 0, max: 2_000 })),
      audioLoss: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      videoLoss: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      available: fc.option(fc.integer({ min: 0, max: 5_000_000 })),
      sent: fc.integer({ min: 0, max: 5_000_000 }),
      limitedBy: fc.constantFrom('none', 'bandwidth', 'cpu', 'other', null),
    }),
  );
  /** Spells of weather: long enough that steps happen, and with edges anywhere. */
  const spells = fc.array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 90 }),
      paths: fc.array(path, { maxLength: 3 }),
      wantsVideo: fc.boolean(),
      elapsed: fc.constantFrom(1_000, 1_000, 1_000, 250, 1_900),
    }),
    { minLength: 4, maxLength: 40 },
  );
  const rank: Record<Carries, number> = { all: 0, 'small-video': 1, audio: 2 };

  interface Step {
    readonly at: number;
    readonly way: number;
  }

  function stepsOf(history: typeof spells extends fc.Arbitrary<infer T> ? T : never): readonly Step[] {
    const steps: Step[] = [];
    let memory = ladderAtFirst;
    let at = 0;
    for (const { seconds, ...reading } of history) {
      for (let second = 0; second < seconds; second++) {
        const next = ladderStep(memory, reading);
        at += reading.elapsed;
        if (next.carries !== memory.carries) steps.push({ at, way: rank[next.carries] - rank[memory.carries] });
        memory = next;
      }
    }
    return steps;
  }

  it('it goes to and fro at most once in any minute', () => {
    const turnsSeen = { most: 0 };
    fc.assert(
      fc.property(spells, (history) => {
        const steps = stepsOf(history);
        // A step back within a minute of the one before it.
        const turns = steps.filter((step, index) => {
          const before = steps[index - 1];
          return before !== undefined && step.way * before.way < 0 && step.at - before.at < 60_000;
        });
        for (const { at } of turns) {
          const inMinute = turns.filter((turn) => turn.at > at - 60_000 && turn.at <= at).length;
          turnsSeen.most = Math.max(turnsSeen.most, inMinute);
          expect(inMinute).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 500, seed: 20_260_107 },
    );
    // The histories were wild enough for the limit to matter.
    expect(turnsSeen.most).toBe(2);
  });

  it('it never takes more than one step up in 18 s, and never skips one', () => {
    fc.assert(
      fc.property(spells, (history) => {
        const steps = stepsOf(history);
        steps.forEach((step, index) => {
          if (step.way > 0) return;
          expect(step.way).toBe(-1);
          const before = steps[index - 1];
          if (before !== undefined) expect(step.at - before.at).toBeGreaterThanOrEqual(15_000);
        });
      }),
      { numRuns: 300, seed: 20_260_107 },
    );
  });
});
