import { expect, expectFrames, meet, test } from '../support/test.js';

test('kill -9 of the server in the middle of a session: the call goes on, nothing is lost, both pages find back', async ({
  portal,
  patient,
  provider,
}) => {
  test.slow();
  const { id } = await portal.book('sam', 'dr-smith');
  await meet(portal, patient, provider);

  const note = provider.page.getByRole('textbox', { name: /note/i });
  const share = provider.page.getByRole('button', { name: 'Share', exact: true });
  await note.fill('Before the crash.');
  await share.click();
  await expect(patient.page.locator('active-session').getByText('Before the crash.')).toBeVisible();

  await portal.kill();

  await test.step('the pictures go on without a server, and a note waits', async () => {
    await Promise.all([expectFrames(patient.page, 20), expectFrames(provider.page, 20)]);
    await note.fill('While the server was away.');
    await share.click();
    await expect(provider.page.getByText('While the server was away.')).toBeVisible();
  });

  await portal.run();

  await test.step('the waiting note arrives, once, and the call is still there', async () => {
    const notes = patient.page.locator('active-session provider-notes');
    await expect(notes.getByText('While the server was away.')).toHaveCount(1, { timeout: 30_000 });
    await expect(notes.getByText('Before the crash.')).toHaveCount(1);
    await Promise.all([expectFrames(patient.page), expectFrames(provider.page)]);
    const { body } = await portal.api('sam', 'GET', `/bookings/${id}/notes`);
    expect((body as { items: { content: string }[] }).items.map(({ content }) => content)).toEqual([
      'Before the crash.',
      'While the server was away.',
    ]);
  });

  await test.step('both can be reached again: a reload comes back into the call', async () => {
    await patient.page.reload();
    await patient.page.getByRole('tab', { name: 'Active Session' }).click();
    await patient.page.getByRole('button', { name: 'Come back' }).click();
    await Promise.all([expectFrames(patient.page), expectFrames(provider.page)]);
  });
});
