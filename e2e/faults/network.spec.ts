import {
  expectMedia,
  expectSoundAndWord,
  expectMediaBothWays,
  expectState,
  firstIn,
  selectedPaths,
  statesSince,
} from '../support/net/media.js';
import { ENGINES, expect, now, seatsOf, test, timerOf } from '../support/net/test.js';
import { ProviderPage } from '../support/provider-page.js';
import { expectFrames, meet } from '../support/test.js';

/** A pause of a journey in which nothing may happen, ms. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

for (const engine of ENGINES) {
  test.describe(engine, () => {
    test.use({ engine });
    test.describe.configure({ timeout: 240_000 });

    test.beforeEach(async ({ portal, patient, provider }) => {
      await portal.book('sam', 'dr-smith');
      await meet(portal, patient, provider);
      await expectMediaBothWays(patient, provider);
    });

    test('a call takes the cable between the two, and no other way', async ({ places, patient }) => {
      expect(await selectedPaths(patient.page)).toMatchObject([
        { local: 'host', protocol: 'udp', address: places.patient.address, remoteAddress: places.provider.address },
      ]);
    });

    test('connections with the server are reset: the call goes on untouched, notes arrive', async ({
      places,
      patient,
      provider,
    }) => {
      const since = now();
      expect(places.patient.portsTo(places.server.address).length).toBeGreaterThan(0);
      places.patient.reset(places.server.address);
      places.provider.reset(places.server.address);
      await pause(4_000);
      await expectMediaBothWays(patient, provider);
      expect(await statesSince(patient.page, since)).toEqual([]);
      expect(await statesSince(provider.page, since)).toEqual([]);
      await new ProviderPage(provider.page).share('After the reset.');
      await expect(patient.page.locator('active-session').getByText('After the reset.')).toBeVisible();
    });

    test('connections with the server go half-open: the call goes on untouched, notes arrive by new ones', async ({
      places,
      patient,
      provider,
    }) => {
      const since = now();
      const before = places.patient.portsTo(places.server.address);
      places.patient.halfOpen(places.server.address);
      await new ProviderPage(provider.page).share('Into a dead stream.');
      await expect(patient.page.locator('active-session').getByText('Into a dead stream.')).toBeVisible({
        timeout: 60_000,
      });
      const after = places.patient.portsTo(places.server.address);
      expect(after.some((port) => !before.includes(port))).toBe(true);
      await expectMediaBothWays(patient, provider);
      expect(await statesSince(patient.page, since)).toEqual([]);
    });

    test('the server can’t be reached for a while: the call goes on untouched', async ({
      places,
      patient,
      provider,
    }) => {
      const since = now();
      places.patient.lose({ of: 'tcp' });
      await expectMediaBothWays(patient, provider);
      await pause(12_000);
      await expectMediaBothWays(patient, provider);
      places.patient.heal();
      await new ProviderPage(provider.page).share('Back again.');
      await expect(patient.page.locator('active-session').getByText('Back again.')).toBeVisible({ timeout: 60_000 });
      await expectMediaBothWays(patient, provider);
      expect(await firstIn(patient.page, 'reconnecting', since)).toBeNull();
    });

    test('the server is killed and comes back: the call goes on untouched', async ({ portal, patient, provider }) => {
      const since = now();
      await portal.kill();
      await expectMediaBothWays(patient, provider);
      await portal.run();
      await pause(4_000);
      await expectMediaBothWays(patient, provider);
      expect(await firstIn(patient.page, 'reconnecting', since)).toBeNull();
      expect(await firstIn(provider.page, 'reconnecting', since)).toBeNull();
    });

    for (const seconds of [3, 10, 25, 45]) {
      test(`nothing passes for ${String(seconds)} s: it is said, and the same call goes on by itself`, async ({
        portal,
        places,
        patient,
        provider,
      }) => {
        // Both have told the server since that they are in the call.
        await expect.poll(() => timerOf(patient.page), { timeout: 60_000 }).toBeGreaterThan(12);
        const timer = await timerOf(patient.page);
        const seats = await seatsOf(portal);
        const since = now();
        places.patient.lose();
        await expectState(patient.page, 'reconnecting', since);
        await expectState(provider.page, 'reconnecting', since);
        await pause(Math.max(0, since + seconds * 1_000 - now()));
        places.patient.heal();
        await expectMediaBothWays(patient, provider);
        await expect(patient.page.locator('session-call')).toHaveCount(1);
        expect(await timerOf(patient.page)).toBeGreaterThanOrEqual(timer + seconds);
        // A seat that nobody can renew is given free after a while, and taken again.
        if (seconds <= 10) expect(await seatsOf(portal)).toEqual(seats);
        else expect((await seatsOf(portal)).map(({ seat }) => seat)).toEqual(seats.map(({ seat }) => seat));
      });
    }

    test('the cable is pulled and plugged in again', async ({ places, patient, provider }) => {
      const since = now();
      places.patient.pull();
      await expectState(patient.page, 'reconnecting', since);
      await pause(5_000);
      places.patient.plug();
      await expectMediaBothWays(patient, provider);
    });

    test('another network, the old one gone before the new one is there', async ({
      network,
      places,
      patient,
      provider,
    }) => {
      await places.patient.jump(network.freeAddress(), 3_000);
      await expectMediaBothWays(patient, provider);
      expect((await selectedPaths(patient.page)).map(({ address }) => address)).toContain(places.patient.address);
    });

    test('another network, there before the old one goes', async ({ network, places, patient, provider }) => {
      places.patient.step(network.freeAddress());
      await expectMediaBothWays(patient, provider);
      expect((await selectedPaths(patient.page)).map(({ address }) => address)).toContain(places.patient.address);
    });

    for (const percent of [5, 10, 20]) {
      test(`${String(percent)} % of all packets are lost: the call stays, and does not flap`, async ({
        places,
        patient,
        provider,
      }) => {
        const since = now();
        places.patient.lose({ percent });
        await pause(20_000);
        for (const { page } of [patient, provider]) await expectSoundAndWord(page);
        for (const { page } of [patient, provider]) {
          const dropped = (await statesSince(page, since)).filter(({ state }) => state === 'reconnecting');
          expect(dropped.length).toBeLessThanOrEqual(1);
        }
      });
    }

    test('one direction dies: both are told, nothing flaps, and it comes back', async ({
      places,
      patient,
      provider,
    }) => {
      const since = now();
      places.patient.lose({ direction: 'out', of: 'udp' });
      await expectState(provider.page, 'reconnecting', since);
      await pause(Math.max(0, since + 20_000 - now()));
      for (const { page } of [patient, provider]) {
        const dropped = (await statesSince(page, since)).filter(({ state }) => state === 'reconnecting');
        expect(dropped.length).toBeLessThanOrEqual(1);
      }
      places.patient.heal();
      await expectMediaBothWays(patient, provider);
    });

    test('the other’s browser is killed: it is said, and their seat is given free', async ({
      portal,
      places,
      provider,
    }) => {
      const since = now();
      places.patient.kill();
      await expectState(provider.page, 'reconnecting', since);
      await expect(
        provider.page.getByRole('heading', { name: /reconnecting|still trying|has left the call/i }).first(),
      ).toBeVisible();
      await expect.poll(() => seatsOf(portal), { timeout: 60_000 }).toHaveLength(1);
      await expectState(provider.page, 'waiting', since);
    });
  });

  test.describe(`${engine}, from the start`, () => {
    test.use({ engine });

    test('no media can pass: it is said, and notes go on; once they can, the call connects by itself', async ({
      portal,
      places,
      patient,
      provider,
    }) => {
      test.slow();
      await portal.book('sam', 'dr-smith');
      places.patient.lose({ of: 'udp' });
      await patient.page.goto(portal.page('patient', 'sam'));
      await patient.page.getByRole('tab', { name: 'Active Session' }).click();
      await patient.page.getByRole('button', { name: 'Start Call' }).click();
      await provider.page.goto(portal.page('provider', 'dr-smith'));
      await provider.page.getByRole('button', { name: /Sam Rivera/ }).click();
      await provider.page.getByRole('button', { name: 'Start Call' }).click();
      const slow = patient.page.getByText('Video does not get through. Your network may block it.').first();
      await expect(slow).toBeVisible({ timeout: 60_000 });
      await new ProviderPage(provider.page).share('Without a picture.');
      await expect(patient.page.locator('active-session').getByText('Without a picture.')).toBeVisible();
      expect(await firstIn(patient.page, 'connected', 0)).toBeNull();
      places.patient.heal();
      await Promise.all([expectFrames(patient.page), expectFrames(provider.page)]);
      await expectMedia(patient.page);
    });
  });
}
