import { allStops, expectFocus, expectReadingOrder, focused, tabTo } from './support/keyboard.js';
import { expect, expectFrames, runningDevices, test } from './support/test.js';

test('a patient does everything with the keyboard alone, and always sees where they are', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = patient;
  const { keyboard } = page;
  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => keyboard.press(key)), Promise.resolve());
  await page.goto(portal.page('patient', 'sam'));
  await expect(page.getByRole('radio', { name: /Dr\. Smith/ })).toBeVisible();

  await test.step('books', async () => {
    await tabTo(page, 'Book Appointment');
    await tabTo(page, /Dr\. /);
    await press('Space');
    if (!(await page.getByRole('radio', { name: /Dr\. Smith/ }).isChecked())) await press('ArrowDown');
    await expect(page.getByRole('radio', { name: /Dr\. Smith/ })).toBeChecked();
    await press('Enter');
    await expectFocus(page, /When would you like to meet/);
    await expect(page.getByRole('group', { name: /Time on/ })).toBeVisible();
    await tabTo(page, /^\d\d?:\d\d/);
    await press('Space', 'Enter');
    await expectFocus(page, /What is it about/);
    await tabTo(page, /What you want to talk about/);
    await keyboard.type('Itchy rash since Monday');
    await tabTo(page, 'Continue');
    await press('Enter');
    await expectFocus(page, /Check your appointment/);
    await tabTo(page, 'Confirm booking');
    await press('Enter');
    await expectFocus(page, /Your appointment is booked/);
  });

  await test.step('looks at the cancellation and keeps the appointment', async () => {
    await tabTo(page, 'Cancel appointment');
    await press('Enter');
    await expectFocus(page, /Cancel your appointment with Dr\. Smith/);
    await press('Escape');
    await expectFocus(page, /Cancel appointment/);
  });

  await test.step('goes to the session', async () => {
    await tabTo(page, 'Book Appointment', 'Shift+Tab');
    await press('ArrowRight');
    await expectFocus(page, /Active Session/);
    await press('Enter');
    await expect(page.getByRole('heading', { name: 'You can join now.' })).toBeVisible();
    expectReadingOrder(await allStops(page));
  });

  await test.step('checks camera and microphone', async () => {
    await tabTo(page, 'Check camera and microphone');
    await press('Enter');
    await expect(page.locator('device-check video')).toBeVisible();
    await expectFocus(page, /Camera, microphone and sound/);
    expectReadingOrder(await allStops(page));
    await tabTo(page, 'Done');
    await press('Enter');
    await expectFocus(page, /Check again/);
    await expect.poll(() => runningDevices(page)).toBe(0);
  });

  await test.step('starts the call and waits', async () => {
    await tabTo(page, 'Start Call');
    await press('Enter');
    await expect(page.getByRole('heading', { name: /not here yet/ })).toBeVisible();
    await expectFocus(page, /Call with Dr\. Smith/);
    expectReadingOrder(await allStops(page));
  });

  await test.step('stays where they are when the provider comes', async () => {
    await tabTo(page, 'Microphone');
    await provider.page.goto(portal.page('provider', 'dr-smith'));
    await provider.page.getByRole('button', { name: /Sam Rivera/ }).click();
    await provider.page.getByRole('button', { name: 'Start Call' }).click();
    await Promise.all([expectFrames(page), expectFrames(provider.page)]);
    await expectFocus(page, /^Microphone/);
  });

  await test.step('turns microphone and camera off and on', async () => {
    for (const name of ['Microphone', 'Camera']) {
      if ((await focused(page))?.name.startsWith(name) !== true) await tabTo(page, name);
      await press('Space');
      await expect(page.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'false');
      await press('Space');
      await expect(page.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true');
      await expectFocus(page, new RegExp(`^${name}`));
    }
    await expect.poll(() => runningDevices(page)).toBe(2);
  });

  await test.step('opens More, walks round in it, and is back where they were', async () => {
    await tabTo(page, 'More');
    await press('Enter');
    await expectFocus(page, /Camera, sound and more/);
    await tabTo(page, 'Close');
    await press('Enter');
    await expectFocus(page, /^More/);
    await press('Enter', 'Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expectFocus(page, /^More/);
  });

  await test.step('moves their own picture', async () => {
    await tabTo(page, 'Move your picture', 'Shift+Tab');
    const before = await focused(page);
    await press('Enter');
    await expect.poll(async () => (await focused(page))?.top).not.toBe(before?.top);
    await expectFocus(page, /Move your picture/);
  });

  await test.step('reads the notes', async () => {
    for (const line of ['Follow-up in 2 weeks.', 'Prescribed medication X.']) {
      await provider.page.getByRole('textbox', { name: /note/i }).fill(line);
      await provider.page.getByRole('button', { name: 'Share', exact: true }).click();
      await expect(page.locator('active-session').getByText(line)).toBeVisible();
    }
    await expectFocus(page, /Move your picture/);
    await tabTo(page, /Notes/);
  });

  await test.step('goes back from the question of the end, leaves, and comes back', async () => {
    await tabTo(page, 'End Call', 'Shift+Tab');
    await press('Enter');
    await expectFocus(page, /Leave for now, or end the session/);
    await press('Escape');
    await expectFocus(page, /^End Call/);
    await press('Enter');
    await tabTo(page, 'Leave for now');
    await press('Enter');
    await expect.poll(() => runningDevices(page)).toBe(0);
    await expect.poll(async () => await focused(page)).not.toBeNull();
    await tabTo(page, 'Come back');
    await press('Enter');
    await Promise.all([expectFrames(page), expectFrames(provider.page)]);
    await expectFocus(page, /Call with Dr\. Smith/);
  });

  await test.step('ends the session and reads what stays', async () => {
    await tabTo(page, 'End Call');
    await press('Enter');
    await tabTo(page, 'End the session');
    await press('Enter');
    await expectFocus(page, /Your session with Dr\. Smith has ended/);
    const stops = await allStops(page);
    expect(stops.map(({ name }) => name)).toEqual(expect.arrayContaining(['Print this summary']));
    expectReadingOrder(stops);
  });
});
