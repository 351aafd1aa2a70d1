import { expect, expectFrames, meet, runningDevices, test } from './support/test.js';

test('a patient books, meets the provider, reads notes while they talk, and keeps them after the end', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = patient;
  await page.goto(portal.page('patient', 'sam'));

  await test.step('the patient books', async () => {
    await page.getByRole('radio', { name: /Dr\. Smith/ }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page
      .getByRole('group', { name: /Time on/ })
      .getByRole('radio')
      .first()
      .check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('textbox', { name: 'What you want to talk about' }).fill('Itchy rash since Monday');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Confirm booking' }).click();
    await expect(page.getByText('Your appointment is booked.').first()).toBeVisible();
  });

  await test.step('the Active Session tab becomes accessible by itself and shows who and when', async () => {
    const tab = page.getByRole('tab', { name: 'Active Session' });
    await expect(tab).not.toHaveAttribute('aria-disabled', 'true');
    await tab.click({ force: true });
    await expect(
      page
        .locator('active-session')
        .getByText(/Dr\. Smith/)
        .first(),
    ).toBeVisible();
    await expect(page.getByRole('heading', { name: 'You can join now.' })).toBeVisible();
  });

  await test.step('both join and see each other', async () => {
    await page.getByRole('button', { name: 'Start Call' }).click();
    await expect(page.getByRole('heading', { name: 'Dr. Smith is not here yet.' })).toBeVisible();

    await provider.page.goto(portal.page('provider', 'dr-smith'));
    await provider.page.getByRole('button', { name: /Sam Rivera/ }).click();
    await expect(provider.page.getByText(/waiting/i).first()).toBeVisible();
    await provider.page.getByRole('button', { name: 'Start Call' }).click();

    await Promise.all([expectFrames(page), expectFrames(provider.page)]);
    await expect(page.getByRole('timer')).toHaveText(/\d+:\d\d/);
  });

  await test.step('mute and camera', async () => {
    const camera = page.getByRole('button', { name: /camera/i });
    await camera.click();
    await expect.poll(() => runningDevices(page)).toBe(1);
    await camera.click();
    await expect.poll(() => runningDevices(page)).toBe(2);
    await page.getByRole('button', { name: /microphone|mute/i }).click();
    await expect.poll(() => runningDevices(page)).toBe(1);
    await page.getByRole('button', { name: /microphone|mute/i }).click();
    await expect.poll(() => runningDevices(page)).toBe(2);
    await expectFrames(provider.page);
  });

  await test.step('a note arrives while they talk', async () => {
    await provider.page.getByRole('textbox', { name: /note/i }).fill('Follow-up in 2 weeks. Prescribed medication X.');
    await provider.page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(
      page.locator('active-session').getByText('Follow-up in 2 weeks. Prescribed medication X.'),
    ).toBeVisible();
    await expect(page.locator('active-session provider-notes').getByText('Dr. Smith').first()).toBeVisible();
    await expectFrames(page);
  });

  await test.step('ending completes the session for both', async () => {
    await page.getByRole('button', { name: 'End Call' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /End the session/ })
      .click();
    await expect(page.getByRole('heading', { name: 'Your session with Dr. Smith has ended.' })).toBeVisible();
    await expect(page.locator('session-call video')).toHaveCount(0);
    await expect(provider.page.locator('session-call video')).toHaveCount(0);
    await expect.poll(() => runningDevices(page)).toBe(0);
    await expect.poll(() => runningDevices(provider.page)).toBe(0);
    const { body } = await portal.api('sam', 'GET', '/bookings');
    expect((body as { items: { status: string }[] }).items).toMatchObject([{ status: 'completed' }]);
  });

  await test.step('after a reload the notes are there and the session is not', async () => {
    await page.reload();
    const tab = page.getByRole('tab', { name: 'Active Session' });
    await expect(tab).toHaveAttribute('aria-disabled', 'true');
    await tab.click({ force: true });
    await expect(page.getByRole('dialog').getByText('You have no session booked.')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Notes' }).click();
    await expect(page.getByText('Follow-up in 2 weeks. Prescribed medication X.')).toBeVisible();
  });

  await test.step('the provider adds a late note and the patient reads it', async () => {
    await provider.page.getByRole('textbox', { name: /note/i }).fill('Photos received, all is well.');
    await provider.page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(page.getByText('Photos received, all is well.')).toBeVisible();
  });
});

test('leaving is not ending: both can come back', async ({ portal, patient, provider }) => {
  await portal.book('sam', 'dr-smith');
  await meet(portal, patient, provider);

  await test.step('the patient leaves: camera off, the provider is told', async () => {
    await patient.page.getByRole('button', { name: 'End Call' }).click();
    await patient.page
      .getByRole('dialog')
      .getByRole('button', { name: /Leave for now/ })
      .click();
    await expect.poll(() => runningDevices(patient.page)).toBe(0);
    await expect(provider.page.getByRole('heading', { name: /Sam Rivera has left the call/ })).toBeVisible();
  });

  await test.step('and comes back with one click', async () => {
    await patient.page.getByRole('button', { name: 'Come back' }).click();
    await Promise.all([expectFrames(patient.page), expectFrames(provider.page)]);
  });

  await test.step('a reload is a leave as well', async () => {
    await patient.page.reload();
    await patient.page.getByRole('tab', { name: 'Active Session' }).click();
    await patient.page.getByRole('button', { name: 'Come back' }).click();
    await Promise.all([expectFrames(patient.page), expectFrames(provider.page)]);
    await expect(patient.page.getByRole('timer')).toBeVisible();
  });

  await test.step('a second tab takes over, and the first says where the call went', async () => {
    const second = await patient.context.newPage();
    await second.goto(portal.page('patient', 'sam'));
    await second.getByRole('tab', { name: 'Active Session' }).click();
    await expect(second.getByRole('heading', { name: /open in another tab or device/ })).toBeVisible();
    await second.getByRole('button', { name: 'Continue here' }).click();
    await Promise.all([expectFrames(second), expectFrames(provider.page)]);
    await expect.poll(() => runningDevices(patient.page)).toBe(0);
    await expect(patient.page.getByRole('heading', { name: /another tab or device/ })).toBeVisible();
    await second.close();
  });

  await test.step('a closed tab is noticed', async () => {
    await expect(provider.page.getByRole('heading', { name: /Sam Rivera has left the call/ })).toBeVisible({
      timeout: 30_000,
    });
  });
});

test('nothing booked: the tab shows the dialog, which leads to booking', async ({ portal, patient }) => {
  const { page } = patient;
  await page.goto(portal.page('patient', 'lee'));
  const tab = page.getByRole('tab', { name: 'Active Session' });
  await expect(tab).toHaveAttribute('aria-disabled', 'true');
  await tab.click({ force: true });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('You have no session booked.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Book an appointment' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Book Appointment' })).toHaveAttribute('aria-selected', 'true');
});
