import { expect, expectFrames, meet, test } from './support/test.js';

test('call and note field go into a window above all others, and a note is shared from there', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = provider;
  await portal.book('sam', 'dr-smith');
  await meet(portal, patient, provider);

  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Small window' }).click();
  const small = await opened;
  await expect(small.getByRole('heading', { name: 'Sam Rivera', exact: true })).toBeVisible();
  const video = small.locator('video');
  await expect.poll(() => video.evaluate((one: HTMLVideoElement) => one.clientWidth)).toBeGreaterThan(0);
  expect(await video.evaluate((one: HTMLVideoElement) => one.muted)).toBe(true);

  await test.step('its field looks like the page’s own', async () => {
    const look = (field: typeof page): Promise<readonly string[]> =>
      field.getByRole('textbox', { name: /^note/i }).evaluate((one) => {
        const { borderTopColor, borderRadius, backgroundColor, fontFamily } = getComputedStyle(one);
        return [borderTopColor, borderRadius, backgroundColor, fontFamily];
      });
    expect(await look(small)).toEqual(await look(page));
  });

  await test.step('what is written there is the same draft, and is shared once', async () => {
    const field = small.getByRole('textbox', { name: /^note/i });
    await field.fill('Drink enough water.');
    await expect(page.getByRole('textbox', { name: /^note/i })).toHaveValue('Drink enough water.');
    await field.press('Control+Enter');
    await expect(field).toHaveValue('');
    await expect(patient.page.getByText('Drink enough water.').filter({ visible: true })).toHaveCount(1);
  });

  await test.step('the microphone is turned off and on from there', async () => {
    const microphone = small.getByRole('switch', { name: 'Microphone' });
    await microphone.click();
    await expect(microphone).not.toBeChecked();
    await expect(patient.page.getByText(/microphone off/i).first()).toBeVisible();
    await microphone.click();
    await expect(microphone).toBeChecked();
  });

  await test.step('back on the page the call goes on', async () => {
    const closed = small.waitForEvent('close');
    await small.getByRole('button', { name: 'Back to the page' }).click();
    await closed;
    await expect(page.getByRole('button', { name: 'Small window' })).toHaveAttribute('aria-pressed', 'false');
    await Promise.all([expectFrames(page), expectFrames(patient.page)]);
  });
});
