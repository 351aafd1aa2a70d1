import type { Party } from '../booking/party.schema.js';

/** What the engine measured, as `VideoStats` has it. */
export interface Reading {
  /** ms */
  readonly roundTrip: number | null;
  /** Share, 0 to 1. */
  readonly loss: number | null;
  /** bit/s */
  readonly inbound: number;
  readonly outbound: number;
  readonly framesDecoded: number;
  /** 0 to 1 */
  readonly audioLevel: number | null;
}

/** How well the other arrives, as somebody would say it. */
export type Quality = 'good' | 'fair' | 'poor';
/** Something that should arrive and does not, while the connection stands. */
export type Trouble = 'frozen' | 'silent';

/** The means of the last seconds, rounded so that they change only when it is worth a look. */
export interface Measured {
  /** Round trip of the media path in ms, to 10 ms; null where nothing says it. */
  readonly roundTrip: number | null;
  /** Share of packets lost on the way in, 0 to 1, to 0.01; null while none are expected. */
  readonly loss: number | null;
  /** bit/s, to 100,000. */
  readonly inbound: number;
  readonly outbound: number;
}

/** How the other arrives, as it is shown. */
export interface Arrival {
  /** Null until there were enough readings. */
  readonly quality: Quality | null;
  /** The same in numbers. */
  readonly measured: Measured | null;
  readonly trouble: Trouble | null;
}

/** What is remembered from one reading to the next. */
export interface QualityMemory extends Arrival {
  /** The last readings, newest last. */
  readonly recent: readonly Reading[];
  readonly framesDecoded: number;
  /** How many readings in a row had no new picture, or not the least sound. */
  readonly still: number;
  readonly mute: number;
}

/** What the other says that they send. */
export interface Expected {
  readonly camera: boolean;
  readonly microphone: boolean;
}

/** ms between two readings. */
export const READ_EVERY = 1_000;
/** Readings that have to agree before it is said: it gets worse soon and better slowly, so that it does not flicker. */
const WORSE_AFTER = 3;
const BETTER_AFTER = 6;
/** Readings without anything that should be there: said within 5 s. */
const TROUBLE_AFTER = 4;

/** Above these, speech and picture suffer (loss as a share, round trip in ms). */
const FAIR = { loss: 0.03, roundTrip: 300 };
const POOR = { loss: 0.1, roundTrip: 600 };

export const unmeasured: QualityMemory = {
  quality: null,
  measured: null,
  trouble: null,
  recent: [],
  framesDecoded: 0,
  still: 0,
  mute: 0,
};

/** What whoever has not this seat says that they send; what they do not say is not expected. */
export function expectedFrom(parties: readonly Party[], ownSeat: string): Expected {
  const { sending } = parties.find(({ seat }) => seat !== ownSeat) ?? {};
  // A picture that their network keeps back is not missing.
  const shows = sending?.limited !== 'audio' && (sending?.camera === 'on' || sending?.screen === true);
  return { camera: shows, microphone: sending?.microphone === 'on' };
}

export function qualityStep(memory: QualityMemory, stats: Reading, expected: Expected): QualityMemory {
  const recent = [...memory.recent, stats].slice(-BETTER_AFTER);
  const still = expected.camera && stats.framesDecoded <= memory.framesDecoded ? memory.still + 1 : 0;
  // Digital silence: even a quiet room has some noise.
  const mute = expected.microphone && stats.audioLevel === 0 ? memory.mute + 1 : 0;
  return {
    quality: qualityAfter(memory.quality, recent.map(gradeOf)),
    measured: recent.length < WORSE_AFTER ? null : meansOf(recent),
    trouble: still >= TROUBLE_AFTER ? 'frozen' : mute >= TROUBLE_AFTER ? 'silent' : null,
    recent,
    framesDecoded: stats.framesDecoded,
    still,
    mute,
  };
}

const GRADES = ['good', 'fair', 'poor'] as const;
const rank = (quality: Quality): number => GRADES.indexOf(quality);
const better = (a: Quality, b: Quality): Quality => (rank(a) <= rank(b) ? a : b);
const worse = (a: Quality, b: Quality): Quality => (rank(a) > rank(b) ? a : b);

/** As bad as all of the last readings say, or as good as all of more of them. */
function qualityAfter(before: Quality | null, recent: readonly Quality[]): Quality | null {
  if (recent.length < WORSE_AFTER) return before;
  const atBest = recent.slice(-WORSE_AFTER).reduce(better);
  if (before === null) return atBest;
  const atWorst = recent.length < BETTER_AFTER ? before : recent.reduce(worse);
  return worse(atBest, better(before, atWorst));
}

function gradeOf({ loss, roundTrip }: Reading): Quality {
  const isOver = (limit: typeof FAIR): boolean => (loss ?? 0) > limit.loss || (roundTrip ?? 0) > limit.roundTrip;
  return isOver(POOR) ? 'poor' : isOver(FAIR) ? 'fair' : 'good';
}

function meansOf(readings: readonly Reading[]): Measured {
  const meanOf = (key: keyof Measured): number | null => {
    const known = readings.map((reading) => reading[key]).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const [roundTrip, loss] = [meanOf('roundTrip'), meanOf('loss')];
  const rate = (key: 'inbound' | 'outbound'): number => Math.round((meanOf(key) ?? 0) / 100_000) * 100_000;
  return {
    roundTrip: roundTrip === null ? null : Math.round(roundTrip / 10) * 10,
    loss: loss === null ? null : Math.round(loss * 100) / 100,
    inbound: rate('inbound'),
    outbound: rate('outbound'),
  };
}

/** Whether somebody who looks sees a difference. */
export function isSameArrival(one: Arrival, other: Arrival): boolean {
  const [a, b] = [one.measured, other.measured];
  const isSame = (key: keyof Measured): boolean => a?.[key] === b?.[key];
  const isMeasuredSame = (['roundTrip', 'loss', 'inbound', 'outbound'] as const).every(isSame);
  return one.quality === other.quality && one.trouble === other.trouble && isMeasuredSame;
}
