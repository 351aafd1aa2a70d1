import { expect, expectFrames, meet, newPerson, runningDevices, test } from '../support/test.js';

test('a page that crashes is noticed, and the next one is in the call again with one click', async ({
  portal,
  patient,
  provider,
}) => {
  await portal.book('sam', 'dr-smith');
  await meet(portal, patient, provider);
  const crashed = patient.page.waitForEvent('crash');
  await patient.page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await expect(provider.page.getByRole('heading', { name: /reconnecting|has left the call/i }).first()).toBeVisible();

  const page = await patient.context.newPage();
  await page.goto(portal.page('patient', 'sam'));
  await page.getByRole('tab', { name: 'Active Session' }).click();
  await page
    .locator('active-session')
    .getByRole('button', { name: /^(Come back|Continue here)$/ })
    .click();
  await Promise.all([expectFrames(page), expectFrames(provider.page)]);
});

test('a second device takes over when asked to, and the first one lets go of camera and microphone', async ({
  browser,
  contract,
  portal,
  patient,
  provider,
}) => {
  await portal.book('sam', 'dr-smith');
  await meet(portal, patient, provider);
  const phone = await newPerson(browser);
  contract.watch(phone.page);
  await phone.page.goto(portal.page('patient', 'sam'));
  await phone.page.getByRole('tab', { name: 'Active Session' }).click();
  await expect(phone.page.getByRole('heading', { name: /open in another tab or device/ })).toBeVisible();
  await expectFrames(patient.page);
  await phone.page.getByRole('button', { name: 'Continue here' }).click();
  await Promise.all([expectFrames(phone.page), expectFrames(provider.page)]);
  await expect(patient.page.getByRole('heading', { name: /another tab or device/ })).toBeVisible();
  await expect.poll(() => runningDevices(patient.page)).toBe(0);
  await phone.context.close();
});

test('a duplicated tab has nothing of the first one but what it asks for', async ({ portal, patient, provider }) => {
  await portal.book('sam', 'dr-smith');
  await meet(portal, patient, provider);
  // As a browser duplicates a tab: with all that the first one keeps for itself.
  const kept = await patient.page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)));
  const second = await patient.context.newPage();
  await second.addInitScript((items: Record<string, unknown>) => {
    for (const [key, value] of Object.entries(items)) sessionStorage.setItem(key, String(value));
  }, kept);
  await second.goto(portal.page('patient', 'sam'));
  await second.getByRole('tab', { name: 'Active Session' }).click();
  await expect(second.getByRole('heading', { name: /open in another tab or device/ })).toBeVisible();
  expect(await runningDevices(second)).toBe(0);
  await Promise.all([expectFrames(patient.page), expectFrames(provider.page)]);
});
