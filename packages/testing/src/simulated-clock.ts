import { toInstant, type Clock, type Instant } from '@active-session/core';

/** A `Clock` whose time moves only when a test moves it. */
export interface SimulatedClock extends Clock {
  /** The time that is right everywhere, whatever the clock of this device says. A server goes by it. */
  trueTime(): Instant;
  /** Moves time on for every device, running each timer that falls due at its own moment. Resolves when all is quiet. */
  advance(ms: number): Promise<void>;
  /** Lets everything that waits for no timer happen. */
  settle(): Promise<void>;
  /** The clock of this device is set forward (or, below 0, back); no time passes. */
  jumpWall(ms: number): void;
  /** This device sleeps: its timers and its monotonic clock stand still, the rest of the world goes on. */
  sleep(ms: number): Promise<void>;
  /** Another device in the same time. */
  another(options?: { deviceAhead?: number }): SimulatedClock;
}

export interface SimulatedClockOptions {
  /** The true time at the start, an ISO instant or epoch ms. */
  readonly wall?: string | Instant;
  /** ms by which the clock of this device is ahead of the true time. */
  readonly deviceAhead?: number;
}

interface Timer {
  readonly device: Device;
  /** On the device's monotonic clock. */
  readonly due: number;
  readonly callback: () => void;
}

interface Device {
  ahead: number;
  slept: number;
  /** Since when, in the world's time; null: awake. */
  asleepSince: number | null;
}

interface World {
  readonly start: Instant;
  /** ms since `start`. */
  time: number;
  /** In the order in which they were set, which is that of those that fall due together. */
  readonly timers: Set<Timer>;
}

/** A longer delay than this overflows in every runtime, and the timer fires at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

export function createSimulatedClock(options: SimulatedClockOptions = {}): SimulatedClock {
  const { wall = '2026-01-07T08:00:00.000Z', deviceAhead = 0 } = options;
  const start = typeof wall === 'string' ? toInstant(wall) : wall;
  return deviceClock({ start, time: 0, timers: new Set() }, deviceAhead);
}

function deviceClock(world: World, ahead: number): SimulatedClock {
  const device: Device = { ahead, slept: 0, asleepSince: null };
  const monotonic = (): number => (device.asleepSince ?? world.time) - device.slept;
  const trueTime = (): Instant => world.start + world.time;
  return {
    monotonic,
    wall: () => trueTime() + device.ahead,
    trueTime,
    setTimeout(callback, ms) {
      const delay = ms > LONGEST_DELAY || Number.isNaN(ms) ? 0 : Math.max(0, ms);
      const timer: Timer = { device, due: monotonic() + delay, callback };
      world.timers.add(timer);
      return timer;
    },
    clearTimeout: (handle) => void world.timers.delete(handle as Timer),
    advance: (ms) => run(world, world.time + ms),
    settle: () => run(world, world.time),
    jumpWall(ms) {
      device.ahead += ms;
    },
    async sleep(ms) {
      device.asleepSince = world.time;
      await run(world, world.time + ms);
      device.slept += ms;
      device.asleepSince = null;
    },
    another: ({ deviceAhead = 0 } = {}) => deviceClock(world, deviceAhead),
  };
}

/** Timers that fall due at one moment. More of them are such as set each other anew with no delay, for ever. */
const MOST_AT_ONCE = 10_000;

async function run(world: World, until: number): Promise<void> {
  const turns = eventLoop();
  let atOnce = 0;
  try {
    for (;;) {
      await turns.next();
      const timer = nextTimer(world, until);
      if (timer === undefined) break;
      world.timers.delete(timer);
      atOnce = dueAt(timer) > world.time ? 0 : atOnce + 1;
      if (atOnce > MOST_AT_ONCE) throw new Error('Timers without a delay set each other for ever.');
      world.time = Math.max(world.time, dueAt(timer));
      timer.callback();
    }
    world.time = Math.max(world.time, until);
  } finally {
    turns.close();
  }
}

function nextTimer({ timers }: World, until: number): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) {
    if (timer.device.asleepSince !== null || dueAt(timer) > until) continue;
    if (first === undefined || dueAt(timer) < dueAt(first)) first = timer;
  }
  return first;
}

function dueAt({ due, device }: Timer): number {
  return due + device.slept;
}

/** Turns of the event loop that are no timers: every promise that can go on has gone on when the next one comes. */
function eventLoop(): { next: () => Promise<void>; close: () => void } {
  const { port1, port2 } = new MessageChannel();
  let resume = (): void => undefined;
  port1.onmessage = () => {
    resume();
  };
  return {
    next: () =>
      new Promise((resolve) => {
        resume = resolve;
        port2.postMessage(null);
      }),
    close() {
      port1.close();
    },
  };
}
