import { createSimulatedClock } from '@active-session/testing';
import fc from 'fast-check';
import { holds, type NamedProperty } from '../../test-support/named-property.js';
import { createServerClock } from '../server-clock.js';

const DAY = 24 * 60 * 60_000;
/** What a page's clock may be off by beyond what its readings allow: two clocks of a device may differ by so much unnoticed. */
const UNNOTICED = 2_000;
const SLOWEST = 2_000;
const AGEING = 50 / 60_000;

/** An answer of the server: how long it was on its way there and back, in ms. */
const anyAnswer = fc.record({
  there: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 4_000 })),
  back: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 4_000 })),
});
const anyDevice = fc.oneof(fc.constantFrom(0, -DAY, DAY, -56 * 365 * DAY), fc.integer({ min: -DAY, max: DAY }));
const anyWait = fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 10 * 60 * 60_000 }));
const anyStep = fc.oneof(
  { weight: 3, arbitrary: anyAnswer.map((answer) => ({ type: 'answer' as const, ...answer })) },
  { weight: 2, arbitrary: anyWait.map((ms) => ({ type: 'wait' as const, ms })) },
);

interface World {
  readonly device: ReturnType<typeof createSimulatedClock>;
  readonly clock: ReturnType<typeof createServerClock>;
  /** How far off the page may be by what it was told so far. */
  bound: number;
}

function world(deviceAhead: number): World {
  const device = createSimulatedClock({ deviceAhead });
  return { device, clock: createServerClock(device), bound: Infinity };
}

async function pass(of: World, ms: number): Promise<void> {
  await of.device.advance(ms);
  of.bound += ms * AGEING;
}

/** The server says its time in between, wherever the two ways part. */
async function receive(of: World, { there, back }: { there: number; back: number }): Promise<void> {
  const sentAt = of.device.monotonic();
  await pass(of, there);
  const serverTime = of.device.trueTime();
  await pass(of, back);
  of.clock.observe({ serverTime, sentAt, receivedAt: of.device.monotonic() });
  const isFirst = of.bound === Infinity;
  if (isFirst || there + back <= SLOWEST) of.bound = Math.min(of.bound, (there + back) / 2);
}

const off = ({ device, clock }: World): number => Math.abs(clock.now() - device.trueTime());

/** How well a page knows the server's time, on any device and any network. */
export function clockProperties(): readonly NamedProperty[] {
  return [
    holds(
      'it is off by no more than half of the best round trip, ageing',
      fc.asyncProperty(anyDevice, fc.array(anyStep, { maxLength: 12 }), async (ahead, steps) => {
        const page = world(ahead);
        for (const step of steps) {
          if (step.type === 'wait') await pass(page, step.ms);
          else await receive(page, step);
          if (page.bound < Infinity && off(page) > page.bound + 1e-6) return false;
          if (page.clock.isDoubtful()) return false;
        }
        return true;
      }),
    ),
    holds(
      'it runs on through sleep, and wants to be measured then',
      fc.asyncProperty(anyDevice, anyAnswer, anyWait, async (ahead, answer, slept) => {
        const page = world(ahead);
        await receive(page, answer);
        await page.device.sleep(slept);
        const expected = page.bound + UNNOTICED;
        return off(page) <= expected && page.clock.isDoubtful() === slept > UNNOTICED;
      }),
    ),
    holds(
      'a changed clock is noticed, and set right by the next answer',
      fc.asyncProperty(
        anyDevice,
        anyAnswer,
        anyDevice,
        fc.record({ there: fc.nat({ max: 900 }), back: fc.nat({ max: 900 }) }),
        async (ahead, first, jump, next) => {
          const page = world(ahead);
          await receive(page, first);
          page.device.jumpWall(jump);
          const isNoticed = page.clock.isDoubtful() === Math.abs(jump) > UNNOTICED;
          await receive(page, next);
          const allowed = Math.abs(jump) > UNNOTICED ? (next.there + next.back) / 2 : page.bound + UNNOTICED;
          return isNoticed && off(page) <= allowed + 1e-6;
        },
      ),
    ),
  ];
}
