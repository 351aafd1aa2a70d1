import type { Locator, Page } from '@playwright/test';
import { expect, expectFrames, newPerson, runningDevices, test } from './support/test.js';

const MINUTE = 60_000;

/** A session in the provider's list, by the name of its patient. */
const entry = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('button', { name: new RegExp(`^${name}`) }) });

/** What can be done with it beside what matters now. */
async function choose(page: Page, name: string, command: string): Promise<void> {
  await entry(page, name).getByRole('button', { name: /^More/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: command }).click();
}

test('a provider’s day: one cancels while waiting, one is late, one never comes', async ({
  portal,
  patient: ana,
  provider,
  browser,
}) => {
  const { page } = provider;
  const lee = await newPerson(browser);
  try {
    const cancelled = await portal.book('ana', 'dr-smith');
    const late = await portal.book('lee', 'dr-smith');
    const missed = await portal.book('sam', 'dr-smith');
    portal.setBack(late.id, 6 * MINUTE);
    portal.setBack(missed.id, 40 * MINUTE);
    await page.goto(portal.page('provider', 'dr-smith'));

    await test.step('the day stands there in order: who is late is told from who is next', async () => {
      await expect(entry(page, 'Sam Rivera')).toContainText('not here yet, 40 minutes late');
      await expect(entry(page, 'Lee Kowalski')).toContainText('not here yet, 6 minutes late');
      await expect(entry(page, 'Ana Petrova')).toContainText('next');
      const names = await page.getByRole('button', { name: /^(Sam|Lee|Ana) / }).allInnerTexts();
      expect(names.map((name) => name.split(/\s/)[0])).toEqual(['Sam', 'Lee', 'Ana']);
    });

    await test.step('one waits, is counted in the title, and cancels while waiting', async () => {
      const title = await page.title();
      await ana.page.goto(portal.page('patient', 'ana'));
      await ana.page.getByRole('tab', { name: 'Active Session' }).click();
      await ana.page.getByRole('button', { name: 'Start Call' }).click();
      await expect(entry(page, 'Ana Petrova')).toContainText('waiting');
      await expect(page).toHaveTitle(`(1) ${title}`);
      await page.getByRole('button', { name: /^Ana Petrova/ }).click();
      await expect(page.getByText('Ana Petrova waits, and reads that you are not here yet.')).toBeVisible();

      // From her telephone, while the page waits.
      const { status } = await portal.api('ana', 'POST', `/bookings/${cancelled.id}/cancel`, {
        reason: 'The rash is gone.',
      });
      expect(status).toBe(200);
      await expect(ana.page.getByRole('heading', { name: /cancelled/ }).first()).toBeVisible();
      await expect.poll(() => runningDevices(ana.page)).toBe(0);
      await expect(entry(page, 'Ana Petrova')).toContainText('cancelled by the patient');
      await expect(entry(page, 'Ana Petrova')).toContainText('The rash is gone.');
      await expect(page).toHaveTitle(title);
    });

    await test.step('the late one comes, reads that the provider asks for two minutes, and they meet', async () => {
      await lee.page.goto(portal.page('patient', 'lee'));
      await lee.page.getByRole('tab', { name: 'Active Session' }).click();
      await lee.page.getByRole('button', { name: 'Start Call' }).click();
      await expect(entry(page, 'Lee Kowalski')).toContainText('waiting');
      await choose(page, 'Lee Kowalski', 'Ask to wait');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill('Two more minutes, please.');
      await dialog.getByRole('button', { name: 'Ask to wait' }).click();
      await expect(lee.page.getByText('Two more minutes, please.').first()).toBeVisible();
      await expect(entry(page, 'Lee Kowalski')).toContainText('asked to wait');

      await page.getByRole('button', { name: /^Lee Kowalski/ }).click();
      await expect(page.getByText('Lee Kowalski waits, and reads: Two more minutes, please.')).toBeVisible();
      await entry(page, 'Lee Kowalski')
        .getByRole('button', { name: /^Let in/ })
        .click();
      await entry(page, 'Lee Kowalski').getByRole('button', { name: /^Join/ }).click();
      await Promise.all([expectFrames(page), expectFrames(lee.page)]);
    });

    await test.step('notes are written while they talk, and one is corrected', async () => {
      const field = page.getByRole('textbox', { name: /^note/i });
      await field.fill('Ibuprofen 600 mg.');
      await field.press('Control+Enter');
      await field.fill('Come back in two weeks.');
      await field.press('Control+Enter');
      await expect(lee.page.getByText('Come back in two weeks.').filter({ visible: true })).toBeVisible();
      await page
        .getByRole('listitem')
        .filter({ hasText: 'Ibuprofen 600 mg.' })
        .getByRole('button', { name: 'Correct' })
        .click();
      await expect(field).toBeFocused();
      await page.keyboard.type('Ibuprofen 400 mg.');
      await page.keyboard.press('Control+Enter');
      await expect(lee.page.getByText('Ibuprofen 400 mg.').filter({ visible: true })).toBeVisible();
      await expectFrames(page);
    });

    await test.step('the session is ended by mistake, opened again, and ended', async () => {
      const end = async (): Promise<void> => {
        await page.getByRole('button', { name: 'End Call' }).click();
        await page
          .getByRole('dialog')
          .getByRole('button', { name: /End the session/ })
          .click();
        await expect(lee.page.getByRole('heading', { name: 'Your session with Dr. Smith has ended.' })).toBeVisible();
      };
      await end();
      await choose(page, 'Lee Kowalski', 'Open it again');
      await expect(lee.page.getByRole('heading', { name: 'Your session is still open.' })).toBeVisible();
      await lee.page.getByRole('button', { name: 'Come back' }).click();
      await entry(page, 'Lee Kowalski').getByRole('button', { name: /^Join/ }).click();
      await Promise.all([expectFrames(page), expectFrames(lee.page)]);
      await end();
    });

    await test.step('a late note reaches the one who has left, and the history of earlier sessions has it', async () => {
      await page.getByRole('textbox', { name: /^note/i }).fill('Blood values are fine.');
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      await expect(lee.page.getByText('Blood values are fine.').filter({ visible: true })).toBeVisible();
      await page.getByRole('tab', { name: 'Earlier sessions' }).click();
      await expect(page.locator('session-history').getByText('Lee Kowalski').first()).toBeVisible();
    });

    await test.step('who never came is noted as such, and reads it', async () => {
      await page.getByRole('button', { name: /^Sam Rivera/ }).click();
      await choose(page, 'Sam Rivera', 'They did not come');
      await page.getByRole('dialog').getByRole('button', { name: 'They did not come' }).click();
      await expect(page.getByText('Sam Rivera sees that the session was missed.')).toBeVisible();
      const { body } = await portal.api('sam', 'GET', '/bookings');
      expect((body as { items: unknown[] }).items).toMatchObject([{ status: 'cancelled', cancelReason: 'no-show' }]);
    });
    expect(lee.troubles).toEqual([]);
  } finally {
    await lee.context.close();
  }
});
