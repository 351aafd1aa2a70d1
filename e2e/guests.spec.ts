import { expect, expectFrames, meet, newPerson, runningDevices, test, type Person } from './support/test.js';

/** Waits until every one of that many others is seen to move. */
async function expectEverybody({ page }: Person, count: number): Promise<void> {
  const moving = (): Promise<number> =>
    page
      .locator('session-call video.remote:not([hidden])')
      .evaluateAll(
        (videos) =>
          videos.filter(
            (video) => video instanceof HTMLVideoElement && video.getVideoPlaybackQuality().totalVideoFrames > 5,
          ).length,
      );
  await expect.poll(moving, { timeout: 45_000 }).toBe(count);
}

test('an interpreter joins by a link, is let in, is seen by both and sees both, and is removed', async ({
  browser,
  contract,
  portal,
  patient,
  provider,
}) => {
  await portal.book('sam', 'dr-smith');
  await meet(portal, patient, provider);
  const guest = await newPerson(browser);
  contract.watch(guest.page);

  const link = await test.step('the provider invites and has a link', async () => {
    const { page } = provider;
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByRole('textbox', { name: 'Their name' }).fill('Maria Lopez');
    await page.getByRole('radio', { name: 'Interpreter' }).check();
    await page.getByRole('button', { name: 'Create the link' }).click();
    const value = await page.getByRole('textbox', { name: 'Link' }).inputValue();
    expect(value).toMatch(/\/guest#guest_/);
    await page.getByRole('button', { name: 'Done' }).click();
    return value;
  });

  await test.step('the guest opens it, reads with whom, and asks', async () => {
    await guest.page.goto(link);
    await expect(guest.page.getByText('Dr. Smith').first()).toBeVisible();
    await expect(guest.page.locator('provider-notes')).toHaveCount(0);
    await guest.page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(guest.page.getByRole('heading', { name: 'Dr. Smith is here and will let you in.' })).toBeVisible();
  });

  await test.step('the provider lets them in, and each sees both others', async () => {
    await provider.page.getByRole('button', { name: /^Let in/ }).click();
    await Promise.all([patient, provider, guest].map((person) => expectEverybody(person, 2)));
    for (const { page } of [patient, provider]) {
      await expect(page.locator('session-call .caption').getByText('Maria Lopez (interpreter)')).toBeVisible();
    }
    await expect(guest.page.locator('session-call .caption').getByText('Sam Rivera')).toBeVisible();
    await expect(guest.page.getByRole('button', { name: 'Leave' })).toBeVisible();
    await expect(guest.page.getByRole('button', { name: 'End Call' })).toHaveCount(0);
  });

  await test.step('the provider removes them: their page says so, their camera is off, the other two go on', async () => {
    await provider.page.getByRole('button', { name: /^Remove/ }).click();
    await provider.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(guest.page.getByRole('heading', { name: 'This link does not work any more.' })).toBeVisible();
    await expect.poll(() => runningDevices(guest.page)).toBe(0);
    await Promise.all([expectFrames(patient.page), expectFrames(provider.page)]);
    await expect(patient.page.locator('session-call .caption').getByText('Maria Lopez (interpreter)')).toHaveCount(0);
  });

  await test.step('the link stays void', async () => {
    await guest.page.reload();
    await expect(guest.page.getByRole('heading', { name: 'This link does not work any more.' })).toBeVisible();
  });
  await test.step('so is one that nobody was given', async () => {
    await guest.page.goto('about:blank');
    await guest.page.goto(link.replace(/#.*/, `#guest_${'0'.repeat(64)}`));
    await expect(guest.page.getByRole('heading', { name: 'This link does not work any more.' })).toBeVisible();
    await expect(guest.page.getByText('Ask the clinic for a new one.').filter({ visible: true })).toBeVisible();
  });
  await guest.context.close();
  expect(guest.troubles).toEqual([]);
});
