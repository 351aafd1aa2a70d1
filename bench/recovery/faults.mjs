/** What is broken, and how it is mended. Each answers with when it broke and when it was whole again (ms, of all clocks here). */

import { setTimeout } from 'node:timers';

/** @typedef {import('./contestants.mjs').Call} Call */
/** @typedef {{ broken: number, whole: number }} Times `whole`: the same as `broken` where nothing is mended */
/**
 * `kind`: `cut`: media stop, and come back; `stay`: media should not stop at all; `blocked`: there never are any.
 * @typedef {{ kind: 'cut' | 'stay' | 'blocked', note?: boolean, run?: (call: Call) => Promise<Times> }} Fault
 */

export const now = () => performance.timeOrigin + performance.now();
const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const NOTE = 'Written while the server was away.';

/** @returns {(call: Call) => Promise<Times>} */
const cut = (/** @type {number} */ seconds) => async (call) => {
  const broken = now();
  call.places.patient.lose();
  await pause(seconds * 1_000);
  call.places.patient.heal();
  return { broken, whole: now() };
};

/** @type {Record<string, Fault>} */
export const faults = {
  ...Object.fromEntries(
    [3, 10, 25, 45, 60].map((seconds) => [
      `cut ${seconds} s`,
      { kind: /** @type {'cut'} */ ('cut'), run: cut(seconds) },
    ]),
  ),
  'link down 25 s': {
    kind: 'cut',
    async run({ places }) {
      const broken = now();
      places.patient.pull();
      await pause(25_000);
      places.patient.plug();
      return { broken, whole: now() };
    },
  },
  'address jumps, 2 s': {
    kind: 'cut',
    async run({ places, freeAddress }) {
      const broken = now();
      await places.patient.jump(freeAddress(), 2_000);
      return { broken, whole: now() };
    },
  },
  // Media may go on without a pause, or stop for a while: the longest gap tells.
  'address steps': {
    kind: 'stay',
    async run({ places, freeAddress }) {
      const broken = now();
      places.patient.step(freeAddress());
      await pause(30_000);
      return { broken, whole: now() };
    },
  },
  'loss 30 %, 30 s': {
    kind: 'stay',
    async run({ places }) {
      const broken = now();
      places.patient.lose({ percent: 30 });
      await pause(30_000);
      return { broken, whole: now() };
    },
  },
  'signalling down 15 s': {
    kind: 'stay',
    note: true,
    async run(call) {
      const broken = now();
      call.places.patient.lose({ of: 'tcp' });
      await call.share?.(NOTE);
      await pause(15_000);
      call.places.patient.heal();
      return { broken, whole: now() };
    },
  },
  'server killed': {
    kind: 'stay',
    note: true,
    async run(call) {
      const broken = now();
      await call.killServer();
      await call.share?.(NOTE);
      await pause(5_000);
      await call.runServer();
      return { broken, whole: now() };
    },
  },
  'browser killed': {
    kind: 'cut',
    async run({ places }) {
      const broken = now();
      places.patient.kill();
      return { broken, whole: Infinity };
    },
  },
  'UDP blocked': { kind: 'blocked' },
};
