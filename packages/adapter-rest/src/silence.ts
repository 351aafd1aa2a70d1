import type { Frame } from './frames.js';

/** Periods without a heartbeat after which a stream is taken for dead: with 2 s between them it is noticed in 4.5 s. */
const PERIODS = 2.25;
const HEARTBEAT = 20_000;
const LONGEST_HEARTBEAT = 60_000;

/** Notices that nothing comes through a stream any more: late where a hidden page's timers are held back, never wrongly. */
export interface Silence {
  /** ms that may pass between two frames. */
  readonly limit: number;
  /** Whether nothing has come for longer than that, whatever became of the timer. */
  readonly isOverdue: boolean;
  expectWithin(ms: number): void;
  heard(frame: Frame): void;
  stop(): void;
}

export function createSilence(onSilent: () => void): Silence {
  let period = HEARTBEAT;
  let heardAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expectWithin = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(onSilent, ms);
  };
  return {
    get limit() {
      return period * PERIODS;
    },
    get isOverdue() {
      return performance.now() - heardAt > period * PERIODS;
    },
    expectWithin,
    heard({ type, data }) {
      heardAt = performance.now();
      if (type === 'hello' || type === 'heartbeat') period = periodOf(data) ?? period;
      expectWithin(period * PERIODS);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

function periodOf(data: string): number | undefined {
  try {
    const { every } = JSON.parse(data) as { every?: unknown };
    return typeof every === 'number' && every > 0 ? Math.min(every, LONGEST_HEARTBEAT) : undefined;
  } catch {
    return undefined;
  }
}
