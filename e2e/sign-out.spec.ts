import { ProviderPage } from './support/provider-page.js';
import { expect, test } from './support/test.js';

test('signing out over a note that is not shared asks first, and then leaves nothing', async ({ portal, provider }) => {
  const { page } = provider;
  await portal.book('sam', 'dr-smith');
  const dashboard = await new ProviderPage(page).open(portal.page('provider', 'dr-smith'));
  await dashboard.write('Half a sentence');
  await expect(dashboard.kept).toBeVisible();

  await page.getByRole('button', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toHaveAccessibleName('1 note is not shared');
  await page.keyboard.press('Escape');
  await expect(dashboard.field).toHaveValue('Half a sentence');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await dialog.getByRole('button', { name: 'Delete and sign out' }).click();
  await expect(page).toHaveURL(`${portal.origin}/`);
  await dashboard.open(portal.page('provider', 'dr-smith'));
  await expect(dashboard.field).toHaveValue('');
});

test('with nothing unsent, signing out asks nothing', async ({ portal, provider }) => {
  const { page } = provider;
  await page.goto(portal.page('provider', 'dr-smith'));
  await expect(page.getByText('You have no sessions today.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${portal.origin}/`);
});
