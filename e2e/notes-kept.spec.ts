import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { mediaArgs, playwrightLaunch } from '../scripts/browser.mjs';
import { expect, test } from './support/test.js';

const field = (page: Page) => page.getByRole('textbox', { name: /note/i });
const open = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await page.getByRole('button', { name: /Sam Rivera/ }).click();
};

test('a note that is being written survives a crash, and is shared once', async ({ portal, patient, provider }) => {
  const booking = await portal.book('sam', 'dr-smith');
  await open(provider.page, portal.page('provider', 'dr-smith'));
  await field(provider.page).pressSequentially('Follow-up in 2 weeks.');
  await expect(provider.page.getByText('Kept on this device until you share it.')).toBeVisible();
  const crashed = provider.page.waitForEvent('crash');
  await provider.page.goto('chrome://crash').catch(() => undefined);
  await crashed;

  const page = await provider.context.newPage();
  await open(page, portal.page('provider', 'dr-smith'));
  await expect(field(page)).toHaveValue('Follow-up in 2 weeks.');
  await portal.kill();
  await field(page).press('Control+Enter');
  await expect(page.getByText('Waiting for the connection.')).toBeVisible();
  await page.close();

  await portal.run();
  const next = await provider.context.newPage();
  await next.goto(portal.page('provider', 'dr-smith'));
  await patient.page.goto(portal.page('patient', 'sam'));
  await patient.page.getByRole('tab', { name: 'Notes' }).click();
  await expect(patient.page.getByText('Follow-up in 2 weeks.').filter({ visible: true })).toBeVisible();
  const { body } = await portal.api('sam', 'GET', `/bookings/${booking.id}/notes`);
  expect((body as { items: unknown[] }).items).toHaveLength(1);
});

test('the browser’s profile holds nothing of an unsent note that could be read, and nothing after signing out', async ({
  portal,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'active-session-profile-'));
  const secret = 'Positive for chlamydia';
  const launch = async () => chromium.launchPersistentContext(profile, await playwrightLaunch(mediaArgs));
  try {
    const booking = await portal.book('sam', 'dr-smith');
    let context = await launch();
    let [page = await context.newPage()] = context.pages();
    await open(page, portal.page('provider', 'dr-smith'));
    await field(page).fill(secret);
    await expect(page.getByText('Kept on this device until you share it.')).toBeVisible();
    await context.close();
    const kept = await contentsOf(profile);
    expect(kept.includes('note/')).toBe(true);
    for (const text of [secret, booking.id]) expect(holds(kept, text), text).toBe(false);

    context = await launch();
    [page = await context.newPage()] = context.pages();
    await open(page, portal.page('provider', 'dr-smith'));
    await expect(field(page)).toHaveValue(secret);
    const left = await page.evaluate(async () => {
      const dashboard = document.querySelector('provider-dashboard') as unknown as {
        source: { current: { signOut(): Promise<void> } };
      };
      await dashboard.source.current.signOut();
      const [database] = (await indexedDB.databases()).filter(({ name }) => name === 'active-session');
      if (database?.name === undefined) return [];
      const request = indexedDB.open(database.name);
      await new Promise((resolve) => (request.onsuccess = resolve));
      const keys = request.result.transaction('bytes').objectStore('bytes').getAllKeys();
      await new Promise((resolve) => (keys.onsuccess = resolve));
      return keys.result;
    });
    expect(left).toEqual([]);
    await context.close();
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
});

/** Every file of a folder, one after the other. */
async function contentsOf(folder: string): Promise<Buffer> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return Buffer.concat(await Promise.all(paths.map((path) => readFile(path))));
}

/** In any of the ways in which a browser writes text down. */
function holds(bytes: Buffer, text: string): boolean {
  return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
}
