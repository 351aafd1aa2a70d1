import { expect, test } from '@playwright/test';
import { expectMet, meetAndPart, withTwo } from '../support/churn.js';
import { planChurn } from '../support/churn-steps.js';
import { expectFlat, openMemory, type Growth } from '../support/memory.js';

/** `CHURN_SEED=12 CHURN_STEPS=40 CHURN_WARM_UP=20` plays others. */
const SEED = Number(process.env['CHURN_SEED'] ?? 4711);
const STEPS = Number(process.env['CHURN_STEPS'] ?? 200);
/** Until what is made once is there. */
const WARM_UP = Number(process.env['CHURN_WARM_UP'] ?? 60);
const CALLS = Number(process.env['CHURN_CALLS'] ?? 50);
const WARM_UP_CALLS = Number(process.env['CHURN_WARM_UP_CALLS'] ?? 15);
/**
 * What so many steps, or calls, may leave. The ids of the last thousand events are remembered, about 100 kB; a notice may
 * stand at one reading and not at the other; and Chromium never frees a connection that happens to be closed while it is
 * about to tell a change of its state.
 */
const leaves = (steps: number): Growth => ({
  bytes: 102_400 + steps * 512,
  connections: 1 + steps / 8,
  nodes: 20,
  listeners: 5,
});
const STEPS_OF_CALL = 3;
const MINUTES = 60_000;

// Recording a trace makes pages remember what they have shown.
test.use({ trace: 'off' });

// Memory can be compared where a page stays: in each engine it is the other one's.
for (const [engine, stays] of [
  ['webrtc', 'patient'],
  ['peerjs', 'provider'],
] as const) {
  test.describe(engine, () => {
    test.setTimeout(15 * MINUTES);

    test('200 joins, leaves, mutes and reloads at random: no track, connection or listener is left, and the heap is flat', async ({
      browser,
    }) => {
      await withTwo(browser, engine, async (people, portal) => {
        const measure = await openMemory(people[stays].page);
        const steps = planChurn(SEED, STEPS, stays);
        const play = async (first: number, end: number): Promise<void> => {
          for (const [at, { who, act }] of steps.slice(first, end).entries())
            await during(`step ${String(first + at + 1)} of ${String(STEPS)}: ${who} ${act}`, async () => {
              await people[who].act(act);
              await expectMet(people);
            });
          await during(`one more call after step ${String(end)}`, () => meetAndPart(people));
        };
        await play(0, WARM_UP);
        const before = await measure();
        await play(WARM_UP, STEPS);
        await during(`the ${stays}'s page after step ${String(STEPS)}`, async () => {
          expectFlat(before, await measure(), leaves(STEPS - WARM_UP));
        });
        await expect.poll(() => portal.seats()).toEqual([]);
      });
    });

    test('fifty calls on one page leave no connection, track, listener or memory behind', async ({ browser }) => {
      await withTwo(browser, engine, async (people) => {
        const pages = await Promise.all([openMemory(people.patient.page), openMemory(people.provider.page)]);
        const play = async (first: number, end: number): Promise<void> => {
          for (let at = first; at < end; at += 1)
            await during(`call ${String(at + 1)} of ${String(CALLS)}`, () => meetAndPart(people));
        };
        await play(0, WARM_UP_CALLS);
        const before = await Promise.all(pages.map((measure) => measure()));
        await play(WARM_UP_CALLS, CALLS);
        for (const [at, measure] of pages.entries())
          await during(`the ${at === 0 ? 'patient' : 'provider'}'s page after all calls`, async () => {
            const earlier = before[at];
            if (earlier === undefined) throw new Error('Every page was measured before.');
            expectFlat(earlier, await measure(), leaves((CALLS - WARM_UP_CALLS) * STEPS_OF_CALL));
          });
      });
    });
  });
}

/** What fails says which steps it was, and where among them. */
async function during(what: string, run: () => Promise<void>): Promise<void> {
  const title = `CHURN_SEED=${String(SEED)}, ${what}`;
  if (process.env['CHURN_VERBOSE']) console.log(new Date().toISOString(), what);
  await test.step(title, run).catch((error: unknown) => {
    throw new Error(`${title}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
}
