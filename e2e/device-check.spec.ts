import type { Locator, Page } from '@playwright/test';
import { expect, runningDevices, test } from './support/test.js';

/** Opens the patient's page at a session that can be joined, with the check unfolded. */
async function openCheck(page: Page, address: string): Promise<Locator> {
  await page.goto(address);
  await page.getByRole('tab', { name: 'Active Session' }).click();
  await page.getByRole('button', { name: 'Check camera and microphone' }).click();
  return page.locator('device-check');
}

test('a patient checks camera, sound and connection; what they chose is kept, and the provider sees that it works', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = patient;
  await portal.book('sam', 'dr-smith');
  const check = await openCheck(page, portal.page('patient', 'sam'));

  await test.step('the picture moves and the microphone hears', async () => {
    const video = check.locator('video');
    const frames = (): Promise<number> =>
      video.evaluate((one) => (one instanceof HTMLVideoElement ? one.getVideoPlaybackQuality().totalVideoFrames : 0));
    await expect.poll(frames).toBeGreaterThan(0);
    const before = await frames();
    await expect.poll(frames).toBeGreaterThan(before + 5);
    const level = async (): Promise<number> => Number(await check.getByRole('meter').getAttribute('aria-valuenow'));
    await expect.poll(level).toBeGreaterThan(0);
  });

  await test.step('another microphone is chosen, and the connection tried', async () => {
    await check.locator('select[name=microphone]').selectOption({ label: 'Fake Audio Input 2' });
    await expect.poll(() => runningDevices(page)).toBe(2);
    await check.getByRole('button', { name: 'Test the connection' }).click();
    await expect(check.locator('[part~=network]')).toContainText(/works/i);
  });

  await test.step('done, the camera is off', async () => {
    await check.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => runningDevices(page)).toBe(0);
  });

  await test.step('after a reload the choice is still there', async () => {
    await page.reload();
    const again = await openCheck(page, portal.page('patient', 'sam'));
    await expect(again.locator('select[name=microphone] option:checked')).toHaveText('Fake Audio Input 2');
    await again.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('the provider sees what was found, with who waits', async () => {
    await provider.page.goto(portal.page('provider', 'dr-smith'));
    await page.getByRole('button', { name: 'Start Call' }).click();
    await expect(provider.page.getByRole('button', { name: /Sam Rivera.*waiting/ })).toBeVisible();
    const devices = async (): Promise<unknown> => {
      const { body } = await portal.api('dr-smith', 'GET', '/bookings');
      return (body as { items: { parties: { role: string; devices?: unknown }[] }[] }).items[0]?.parties[0]?.devices;
    };
    await expect.poll(devices).toMatchObject({ microphone: 'works', camera: 'works' });
  });
});
