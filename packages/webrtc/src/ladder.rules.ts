import type { Carries } from '@active-session/core';

/** What one connection says about its way to the other side, over the last reading. */
export interface PathReading {
  /** ms by which the round trip is longer than the shortest of the last minute; null where it is not known. */
  readonly delay: number | null;
  /** Share of what was sent that the other side reports as lost, 0 to 1; null where nothing recent was reported. */
  readonly audioLoss: number | null;
  readonly videoLoss: number | null;
  /** bit/s that the browser thinks the path carries; null where it does not say. */
  readonly available: number | null;
  /** bit/s that were sent. */
  readonly sent: number;
  /** Why the picture is worse than it could be; null where the browser does not say. */
  readonly limitedBy: string | null;
}

export interface LadderReading {
  /** ms since the reading before. */
  readonly elapsed: number;
  /** Whether a camera or a screen is on. */
  readonly wantsVideo: boolean;
  /** One of each connection that is up; the worst one counts. */
  readonly paths: readonly PathReading[];
}

/** What is remembered from one reading to the next; all but `carries` and `last` in ms. */
export interface LadderMemory {
  readonly carries: Carries;
  /** For how long it has been bad, awful and good without a break. */
  readonly bad: number;
  readonly awful: number;
  readonly good: number;
  /** For how long readings still tell of the time before the last step. */
  readonly settling: number;
  /** Since the last step, and since the last one that took back the one before it. */
  readonly held: number;
  readonly sinceTurn: number;
  readonly last: 'up' | 'down' | null;
  /** How long it must be good before the next step up is tried. */
  readonly wait: number;
}

/** A second's picture is not worth a sentence that was not heard. */
const DOWN_AFTER = 3_000;
const UP_AFTER = 15_000;
/** A step up that fails this soon was wrong: the next one waits twice as long, up to a limit. */
const FAILS_WITHIN = 10_000;
const LONGEST_WAIT = 120_000;
/** After a step, what is read is still about what was sent before it. */
const SETTLES_IN = 3_000;
/** After a step up the browser finds out only by sending more what the path carries: its old estimate is no failure. */
const PROBES_FOR = 6_000;
/** Steps that go back and forth within this time are flapping: one pair of them is the most. */
const STILL = 60_000;
/** A sleeping page saw only what it read: no gap counts for more than this. */
const LONGEST_READING = 2_000;

/** Shares of packets lost. The middle of Google Congestion Control's two limits (2 %, 10 %) and the upper one; then, where speech breaks. */
const LOSS = { good: 0.05, bad: 0.1, awful: 0.2 };
/** ms of waiting in queues above the shortest round trip. */
const DELAY = { good: 250, bad: 500 };
/** bit/s below which a step can't be had: the full picture, and any picture beside 40 kbit/s of sound. */
const NEEDS = { all: 250_000, any: 80_000 };

export const ladderAtFirst: LadderMemory = {
  carries: 'all',
  bad: 0,
  awful: 0,
  good: 0,
  settling: 0,
  held: 0,
  sinceTurn: STILL,
  last: null,
  wait: UP_AFTER,
};

/** How much is to be sent after this reading: down soon, up slowly, never to and fro. Sound is sent on every step. */
export function ladderStep(memory: LadderMemory, reading: LadderReading): LadderMemory {
  const passed = Math.min(reading.elapsed, LONGEST_READING);
  const aged = {
    ...memory,
    held: memory.held + passed,
    sinceTurn: memory.sinceTurn + passed,
    settling: Math.max(0, memory.settling - passed),
  };
  if (reading.paths.length === 0) return { ...aged, bad: 0, awful: 0, good: 0 };
  if (memory.settling > 0) return aged;
  return move(count(aged, gradeOf(aged, reading), passed), reading.wantsVideo);
}

type Grade = 'good' | 'fair' | 'bad' | 'awful';

function count(memory: LadderMemory, grade: Grade, passed: number): LadderMemory {
  const isBad = grade === 'bad' || grade === 'awful';
  return {
    ...memory,
    bad: isBad ? memory.bad + passed : 0,
    awful: grade === 'awful' ? memory.awful + passed : 0,
    good: isBad ? 0 : memory.good + (grade === 'good' ? passed : 0),
  };
}

function move(memory: LadderMemory, wantsVideo: boolean): LadderMemory {
  const { carries, bad, awful, good, wait } = memory;
  if (wantsVideo && carries !== 'audio' && bad >= DOWN_AFTER) {
    return stepTo(carries === 'small-video' || awful >= DOWN_AFTER ? 'audio' : 'small-video', 'down', memory);
  }
  if (carries === 'all' || good < wait || wouldFlap(memory)) return memory;
  return stepTo(carries === 'audio' ? 'small-video' : 'all', 'up', memory);
}

/** A step up may be followed by one down at any moment, so it is the one that has to wait. */
function wouldFlap({ last, held, sinceTurn }: LadderMemory): boolean {
  return last === 'down' && held < STILL && sinceTurn < STILL;
}

function stepTo(carries: Carries, direction: 'up' | 'down', memory: LadderMemory): LadderMemory {
  const { last, held, sinceTurn } = memory;
  const isTurn = last !== null && last !== direction && held < STILL;
  return {
    ...ladderAtFirst,
    carries,
    settling: SETTLES_IN,
    sinceTurn: isTurn ? 0 : sinceTurn,
    last: direction,
    wait: direction === 'down' && last === 'up' ? waitAfterTry(memory) : memory.wait,
  };
}

function waitAfterTry({ held, wait }: LadderMemory): number {
  if (held < FAILS_WITHIN) return Math.min(wait * 2, LONGEST_WAIT);
  return held >= STILL ? UP_AFTER : wait;
}

const ORDER = ['good', 'fair', 'bad', 'awful'] as const;

function gradeOf({ carries, last, held }: LadderMemory, { paths }: LadderReading): Grade {
  // Without a picture the browser sends too little to know what the path carries.
  const knows = carries !== 'audio' && (last !== 'up' || held > PROBES_FOR);
  const ranks = paths.map((path) => ORDER.indexOf(gradeOfPath(carries, path, knows)));
  return ORDER[Math.max(...ranks)] ?? 'good';
}

function gradeOfPath(carries: Carries, path: PathReading, knows: boolean): Grade {
  const delay = path.delay ?? 0;
  const available = knows && isFull(path) ? (path.available ?? Infinity) : Infinity;
  const loss = Math.max(path.audioLoss ?? 0, carries === 'audio' ? 0 : (path.videoLoss ?? 0));
  // What happens to the picture happens to the sound: both go the same way, and the picture's loss is reported sooner.
  if (loss > LOSS.awful || available < NEEDS.any) return 'awful';
  if (loss > LOSS.bad) return 'bad';
  if (carries === 'all' && (available < NEEDS.all || delay > DELAY.bad)) return 'bad';
  return loss <= LOSS.good && delay <= DELAY.good ? 'good' : 'fair';
}

/** Whether it is the path that limits what is sent: a screen that stands still needs little, a slow device can't do more. */
function isFull({ limitedBy, sent, available }: PathReading): boolean {
  if (limitedBy === 'bandwidth') return true;
  return limitedBy !== 'cpu' && sent >= (available ?? Infinity) / 2;
}
