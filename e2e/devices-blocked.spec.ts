import { playwrightLaunch } from '../scripts/browser.mjs';
import { expect, expectFrames, runningDevices, test, type Person } from './support/test.js';

// The devices are there, and whether a page may have them is asked and answered as everywhere.
test.use({ launchOptions: await playwrightLaunch(['--use-fake-device-for-media-stream']) });

/** What somebody has answered when the browser asked. */
async function decide(
  { context, page }: Person,
  origin: string,
  answers: Readonly<Record<'camera' | 'microphone', 'granted' | 'denied'>>,
): Promise<void> {
  const devtools = await context.newCDPSession(page);
  const { targetInfo } = await devtools.send('Target.getTargetInfo');
  const { browserContextId } = targetInfo;
  for (const [name, setting] of Object.entries(answers)) {
    await devtools.send('Browser.setPermission', {
      permission: { name },
      setting,
      origin,
      ...(browserContextId && { browserContextId }),
    });
  }
}

test('who has blocked both devices is told what to do; who allows the microphone comes with sound alone', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = patient;
  await portal.book('sam', 'dr-smith');
  await decide(patient, portal.origin, { camera: 'denied', microphone: 'denied' });
  await page.goto(portal.page('patient', 'sam'));
  await page.getByRole('tab', { name: 'Active Session' }).click();
  await page.getByRole('button', { name: 'Check camera and microphone' }).click();
  const check = page.locator('device-check');

  await test.step('both are blocked: why, what to press, and that one can join all the same', async () => {
    await expect(
      check.getByText(/Your browser blocks the camera or the microphone for this page/).first(),
    ).toBeVisible();
    await expect(check.getByRole('button', { name: 'Try again' }).first()).toBeVisible();
    await expect(check.getByText(/You can join all the same/)).toBeVisible();
    expect(await runningDevices(page)).toBe(0);
  });

  await test.step('the microphone is allowed, and listened to; the camera is not', async () => {
    await decide(patient, portal.origin, { camera: 'denied', microphone: 'granted' });
    await check.getByRole('button', { name: 'Try again' }).first().click();
    await expect.poll(() => runningDevices(page)).toBe(1);
    await expect(check.locator('[part~=camera]')).toContainText('not allowed');
    // Whether it hears something is for the test of the check: the made-up one beeps, and a busy machine misses it.
    await expect(check.locator('[part~=microphone]')).toContainText(/works|listening/);
    await check.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => runningDevices(page)).toBe(0);
  });

  await test.step('the call is one with sound and no picture of theirs', async () => {
    await page.getByRole('button', { name: 'Start Call' }).click();
    await provider.page.goto(portal.page('provider', 'dr-smith'));
    await provider.page.getByRole('button', { name: /Sam Rivera.*camera does not work/ }).click();
    await provider.page.getByRole('button', { name: 'Start Call' }).click();
    await expectFrames(page);
    expect(await runningDevices(page)).toBe(1);
    await expect(page.getByRole('button', { name: 'Microphone' })).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('button', { name: 'Camera', exact: true })).toHaveAttribute('aria-pressed', 'false');
    await expect(provider.page.getByRole('heading', { name: /Sam Rivera takes part without a camera/ })).toBeVisible();
  });

  await test.step('the camera is allowed meanwhile: one press turns it on', async () => {
    await decide(patient, portal.origin, { camera: 'granted', microphone: 'granted' });
    await page.getByRole('button', { name: 'Camera', exact: true }).click();
    await expect.poll(() => runningDevices(page)).toBe(2);
    await expectFrames(provider.page);
  });
});
