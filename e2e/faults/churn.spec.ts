import { ChurnPerson, expectMet } from '../support/churn.js';
import { planChurn } from '../support/churn-steps.js';
import { openMemory, type Memory } from '../support/leftovers.js';
import { Portal } from '../support/portal.js';
import { expect, test } from '@playwright/test';

/** `CHURN_SEED=12 CHURN_STEPS=40` plays others. */
const SEED = Number(process.env['CHURN_SEED'] ?? 4711);
const STEPS = Number(process.env['CHURN_STEPS'] ?? 100);
const ROUNDS = Number(process.env['CHURN_ROUNDS'] ?? 50);
/** Until caches are filled and code is compiled. */
const WARM_UP = Number(process.env['CHURN_WARM_UP'] ?? 10);
const MINUTES = 60_000;

for (const engine of ['webrtc', 'peerjs'] as const) {
  test(`whatever two people do, they find each other again, and nothing is left in the end (${engine})`, async ({
    browser,
  }) => {
    test.setTimeout(10 * MINUTES);
    console.log(`CHURN_SEED=${String(SEED)} CHURN_STEPS=${String(STEPS)}`);
    const portal = await Portal.start({ engine });
    try {
      await portal.book('sam', 'dr-smith');
      const troubles: string[] = [];
      const patient = await ChurnPerson.open(browser, portal, 'patient', troubles);
      const provider = await ChurnPerson.open(browser, portal, 'provider', troubles);
      for (const [at, { who, act }] of planChurn(SEED, STEPS).entries()) {
        await test.step(`${String(at + 1)}: ${who} ${act}`, async () => {
          if (process.env['CHURN_VERBOSE']) console.log(`${new Date().toISOString()} ${String(at + 1)}: ${who} ${act}`);
          await (who === 'patient' ? patient : provider).act(act);
          await expectMet(patient, provider);
        });
      }
      for (const person of [patient, provider]) {
        if (person.isIn) await person.leave();
        await person.expectNothingLeft();
      }
      await expect.poll(() => portal.seats()).toEqual([]);
      expect(troubles).toEqual([]);
      await Promise.all([patient.context.close(), provider.context.close()]);
    } finally {
      await portal.stop();
    }
  });
}

for (const engine of ['webrtc', 'peerjs'] as const) {
  test(`fifty calls on one page leave no connection, track, listener or memory behind (${engine})`, async ({
    browser,
  }) => {
    test.setTimeout(10 * MINUTES);
    const portal = await Portal.start({ engine });
    try {
      await portal.book('sam', 'dr-smith');
      const troubles: string[] = [];
      const patient = await ChurnPerson.open(browser, portal, 'patient', troubles);
      const provider = await ChurnPerson.open(browser, portal, 'provider', troubles);
      await provider.come();
      const round = async (): Promise<void> => {
        await patient.come();
        await expectMet(patient, provider);
        await patient.toggle(0);
        await patient.toggle(0);
        await patient.leave();
      };
      const memories = await Promise.all([openMemory(patient.page), openMemory(provider.page)]);
      const measure = (): Promise<Memory[]> => Promise.all(memories.map((read) => read()));
      for (let at = 0; at < WARM_UP; at += 1) await round();
      const before = await measure();
      for (let at = WARM_UP; at < ROUNDS; at += 1) await round();
      const after = await measure();
      console.log(JSON.stringify({ engine, before, after }));
      for (const [at, { heap, listeners }] of after.entries()) {
        const earlier = before[at];
        expect(listeners).toBeLessThanOrEqual(earlier?.listeners ?? 0);
        expect(heap).toBeLessThan((earlier?.heap ?? 0) * 1.05);
      }
      await provider.leave();
      expect(troubles).toEqual([]);
      await Promise.all([patient.context.close(), provider.context.close()]);
    } finally {
      await portal.stop();
    }
  });
}
