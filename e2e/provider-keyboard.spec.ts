import { allStops, expectFocus, expectReadingOrder, tabTo } from './support/keyboard.js';
import { expect, expectFrames, test } from './support/test.js';

test('a provider does everything with the keyboard alone: joins, writes, labels, shares, corrects and withdraws', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = provider;
  const { keyboard } = page;
  const booking = await portal.book('sam', 'dr-smith');
  await patient.page.goto(portal.page('patient', 'sam'));
  await patient.page.getByRole('tab', { name: 'Active Session' }).click();
  await patient.page.getByRole('button', { name: 'Start Call' }).click();
  await page.goto(portal.page('provider', 'dr-smith'));
  const reads = (text: string) => expect(patient.page.getByText(text).filter({ visible: true })).toHaveCount(1);

  await test.step('chooses who waits, and joins', async () => {
    await expect(page.getByRole('button', { name: /^Sam Rivera .*waiting/ })).toBeVisible();
    await tabTo(page, /^Sam Rivera/);
    await keyboard.press('Enter');
    expectReadingOrder(await allStops(page));
    await tabTo(page, /^Join/);
    await keyboard.press('Enter');
    await Promise.all([expectFrames(page), expectFrames(patient.page)]);
  });

  await test.step('writes, shares, and goes on with the next one, without leaving the field', async () => {
    await tabTo(page, /^Note/);
    await keyboard.type('Ibuprofen 600 mg.');
    await keyboard.press('Control+Enter');
    await reads('Ibuprofen 600 mg.');
    await expectFocus(page, /^Note/);
    await keyboard.type('Come back in two weeks.');
    await tabTo(page, /^Label/);
    await keyboard.type('Follow');
    await tabTo(page, 'Share');
    await keyboard.press('Enter');
    await reads('Come back in two weeks.');
    await expect(patient.page.getByText('Follow-up', { exact: true }).filter({ visible: true })).toHaveCount(1);
    await expectFocus(page, /^Note/);
  });

  await test.step('corrects a note', async () => {
    await tabTo(page, 'Correct', 'Shift+Tab');
    await tabTo(page, 'Correct', 'Shift+Tab');
    await keyboard.press('Enter');
    await expectFocus(page, /^Note/);
    await expect(page.getByText('Corrects the note of')).toBeVisible();
    await keyboard.type('Ibuprofen 400 mg.');
    await keyboard.press('Control+Enter');
    await reads('Ibuprofen 400 mg.');
    const { body } = await portal.api('sam', 'GET', `/bookings/${booking.id}/notes`);
    const { items } = body as { items: { id: string; content: string; amends?: string }[] };
    const of = (content: string) => items.find((note) => note.content === content);
    expect(of('Ibuprofen 400 mg.')?.amends).toBe(of('Ibuprofen 600 mg.')?.id);
  });

  await test.step('withdraws a note, after a question that Escape closes', async () => {
    await tabTo(page, 'Withdraw', 'Shift+Tab');
    await keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expectFocus(page, /^Withdraw/);
    await keyboard.press('Enter');
    await tabTo(page, 'Withdraw');
    await keyboard.press('Enter');
    await expect(patient.page.getByText('Ibuprofen 400 mg.').filter({ visible: true })).toHaveCount(0);
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('looks the earlier sessions up', async () => {
    await tabTo(page, 'This session', 'Shift+Tab');
    await keyboard.press('ArrowRight');
    await expectFocus(page, /^Earlier sessions/);
    await expect(page.getByRole('heading', { name: /Earlier sessions with Sam Rivera/ })).toBeVisible();
  });
});
