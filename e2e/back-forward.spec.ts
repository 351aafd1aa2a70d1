import type { Page } from '@playwright/test';
import { mediaArgs, playwrightLaunch } from '../scripts/browser.mjs';
import { count } from './support/counts.js';
import { expect, expectFrames, meet, runningDevices, test } from './support/test.js';

// Playwright turns this cache off. Its pages can be kept all the same, if nothing in them speaks against it.
test.use({
  launchOptions: { ...(await playwrightLaunch(mediaArgs)), ignoreDefaultArgs: ['--disable-back-forward-cache'] },
});

/** Away by a link of the portal, and back by the browser's own button. Gives whether the page was kept meanwhile. */
async function awayAndBack(page: Page): Promise<boolean> {
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { wasKept: persisted }));
  });
  await page.getByRole('link', { name: 'Switch person' }).click();
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  // A page out of the cache loads nothing, so nobody waits for that.
  await page.evaluate(() => history.back());
  await expect(page.getByRole('tab', { name: 'Active Session' })).toBeVisible();
  return await page.evaluate(() => 'wasKept' in window);
}

test('a page that the browser kept is alive again: it follows what happens, and the call starts from it', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = patient;
  const { id } = await portal.book('sam', 'dr-smith');
  await page.goto(portal.page('patient', 'sam'));
  await page.getByRole('tab', { name: 'Active Session' }).click();
  await expect(page.getByRole('heading', { name: 'You can join now.' })).toBeVisible();

  expect(await awayAndBack(page), 'the browser kept the page').toBe(true);
  await portal.api('dr-smith', 'POST', `/bookings/${id}/late`, { minutes: 20, message: 'Sorry, an emergency.' });
  await expect(page.locator('active-session').getByText('Sorry, an emergency.')).toBeVisible();

  await page.getByRole('button', { name: 'Start Call' }).click();
  await provider.page.goto(portal.page('provider', 'dr-smith'));
  await provider.page.getByRole('button', { name: /Sam Rivera/ }).click();
  await provider.page.getByRole('button', { name: 'Start Call' }).click();
  await Promise.all([expectFrames(page), expectFrames(provider.page)]);
});

test('who goes back out of a call has left it: the camera is off, the seat is free, and one press comes back', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = patient;
  await portal.book('sam', 'dr-smith');
  await meet(portal, patient, provider);
  // A camera that runs keeps a page out of the cache, in every browser.
  expect(await awayAndBack(page)).toBe(false);
  expect(await runningDevices(page)).toBe(0);
  await expect(provider.page.getByRole('heading', { name: /Sam Rivera has left the call/ })).toBeVisible();
  await page.getByRole('button', { name: 'Come back' }).click();
  await Promise.all([expectFrames(page), expectFrames(provider.page)]);
});

test('a page that is put away and shown again in a call asks for its seat anew and goes on', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = patient;
  const counts = await count(page);
  await portal.book('sam', 'dr-smith');
  await meet(portal, patient, provider);
  const before = await counts();

  // Browsers that keep a page with its camera do it like this; here none does, so the page is only told so.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await expect.poll(async () => (await counts()).leave).toBe(before.leave + 1);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect.poll(async () => (await counts()).seat).toBeGreaterThan(before.seat);
  await Promise.all([expectFrames(page), expectFrames(provider.page)]);
  await expect(page.getByRole('timer')).toBeVisible();
  await expect.poll(counts).toMatchObject({ captures: 1, tracks: 2, open: 1 });
});
