import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mediaArgs, playwrightLaunch } from '../../scripts/browser.mjs';
import { ProviderPage, textsOf } from '../support/provider-page.js';
import { expect, test } from '../support/test.js';

test('a note that is being written survives a crash, and is shared once', async ({ portal, patient, provider }) => {
  const booking = await portal.book('sam', 'dr-smith');
  const address = portal.page('provider', 'dr-smith');
  const before = await new ProviderPage(provider.page).open(address);
  await before.field.pressSequentially('Follow-up in 2 weeks.');
  await expect(before.kept).toBeVisible();
  await before.crash();

  const after = await new ProviderPage(await provider.context.newPage()).open(address);
  await expect(after.field).toHaveValue('Follow-up in 2 weeks.');
  await portal.kill();
  await after.field.press('Control+Enter');
  await expect(after.waiting).toBeVisible();
  await after.page.close();

  await portal.run();
  const next = await provider.context.newPage();
  await next.goto(address);
  await patient.page.goto(portal.page('patient', 'sam'));
  await patient.page.getByRole('tab', { name: 'Notes' }).click();
  await expect(patient.page.getByText('Follow-up in 2 weeks.').filter({ visible: true })).toBeVisible();
  const { body } = await portal.api('sam', 'GET', `/bookings/${booking.id}/notes`);
  expect((body as { items: unknown[] }).items).toHaveLength(1);
});

test('the tab that was sending crashes: the other one of this browser sends it, without a reload', async ({
  portal,
  provider,
}) => {
  const booking = await portal.book('sam', 'dr-smith');
  const address = portal.page('provider', 'dr-smith');
  const other = await new ProviderPage(await provider.context.newPage()).open(address);
  const own = await new ProviderPage(provider.page).open(address);
  await portal.kill();
  await own.share('Shared while there was no server.');
  await expect(own.waiting).toBeVisible();
  await own.keeps(20_000);
  await own.crash();
  await portal.run();
  // It looks for what others left behind whenever its browser says that there is a network, and each half minute.
  await other.page.evaluate(() => window.dispatchEvent(new Event('online')));
  const stored = async (): Promise<unknown> =>
    (await portal.api('sam', 'GET', `/bookings/${booking.id}/notes`)).body['items'];
  await expect.poll(stored, { timeout: 40_000 }).toMatchObject([{ content: 'Shared while there was no server.' }]);
  await expect.poll(() => textsOf(other.shared)).toEqual(['Shared while there was no server.']);
});

test('the browser’s profile holds nothing of a note that could be read, and nothing after signing out', async ({
  portal,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'active-session-profile-'));
  const [draft, shared] = ['Positive for chlamydia', 'Azithromycin 1 g, once'];
  const said: string[] = [];
  let browser: BrowserContext | undefined;
  let secret = '';
  const launch = async (): Promise<Page> => {
    browser = await chromium.launchPersistentContext(profile, await playwrightLaunch(mediaArgs));
    const [page = await browser.newPage()] = browser.pages();
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => said.push(request.url()));
    return page;
  };
  const openWriter = async (): Promise<ProviderPage> =>
    new ProviderPage(await launch()).open(portal.page('provider', 'dr-smith'));
  const expectNoneOf = async (...texts: readonly string[]): Promise<Buffer> => {
    const kept = await contentsOf(profile);
    for (const text of texts) expect(holds(kept, text), text).toBe(false);
    // What was deleted lies in a browser's files until it tidies up: what opens it must never have been there.
    expect([kept.includes(secret), kept.includes(Buffer.from(secret, 'base64url'))]).toEqual([false, false]);
    return kept;
  };
  try {
    const { id } = await portal.book('sam', 'dr-smith');
    secret = String((await portal.api('dr-smith', 'GET', '/me/draft-key')).body['key']);
    let writer = await openWriter();
    await writer.share(shared);
    await expect.poll(() => textsOf(writer.shared)).toEqual([shared]);
    await writer.write(draft);
    await writer.keeps(20_000);
    await test.step('as a browser leaves it that is killed, and as one that is closed', async () => {
      await expectNoneOf(draft, shared, id);
      await browser?.close();
      expect((await expectNoneOf(draft, shared, id)).includes('note/')).toBe(true);
    });

    writer = await openWriter();
    await expect(writer.field).toHaveValue(draft);
    const { page } = writer;
    said.push(page.url(), await page.title());
    await writer.signOut();
    await expect(page.getByText(draft)).toHaveCount(0);
    expect(await page.evaluate(keysHere)).toEqual([]);
    await browser?.close();
    await test.step('after signing out', async () => {
      await expectNoneOf(draft, shared, id);
    });

    await test.step('and after the patient has read what was shared, on the same device', async () => {
      const patient = await launch();
      await patient.goto(portal.page('patient', 'sam'));
      await patient.getByRole('tab', { name: 'Notes' }).click();
      await expect(patient.getByText(shared).filter({ visible: true })).toBeVisible();
      await browser?.close();
      await expectNoneOf(draft, shared);
    });
    for (const text of [draft, shared])
      expect(said.filter((one) => decodeURIComponent(one).includes(text))).toEqual([]);
    expect(portal.output).not.toMatch(new RegExp(`${draft}|${shared}`));
  } finally {
    await browser?.close();
    await rm(profile, { recursive: true, force: true });
  }
});

test('somebody else who signs in on this device finds nothing of a note, and its writer finds it again', async ({
  portal,
  provider,
}) => {
  const booking = await portal.book('sam', 'dr-smith');
  const own = await new ProviderPage(provider.page).open(portal.page('provider', 'dr-smith'));
  await own.write('For my eyes only');
  await own.keeps(20_000);
  await own.page.close();

  const page = await provider.context.newPage();
  await page.goto(portal.page('provider', 'dr-okafor'));
  const other = new ProviderPage(page);
  await other.keeps(20_000);
  expect(await other.writing(booking.id)).toMatchObject({ drafts: [], outbox: [], notes: [] });
  await expect(page.getByText('For my eyes only')).toHaveCount(0);
  expect(await page.evaluate(readAll)).not.toContain('For my eyes only');
  await page.close();

  const again = await new ProviderPage(await provider.context.newPage()).open(portal.page('provider', 'dr-smith'));
  await expect(again.field).toHaveValue('For my eyes only');
});

/** Runs in the page: the names under which something is kept. */
async function keysHere(): Promise<readonly unknown[]> {
  const [database] = (await indexedDB.databases()).filter(({ name }) => name === 'active-session');
  if (database?.name === undefined) return [];
  const request = indexedDB.open(database.name);
  await new Promise((resolve) => (request.onsuccess = resolve));
  const keys = request.result.transaction('bytes').objectStore('bytes').getAllKeys();
  await new Promise((resolve) => (keys.onsuccess = resolve));
  return keys.result;
}

/** Runs in the page: all that any script of it could read here, as text. */
async function readAll(): Promise<string> {
  const request = indexedDB.open('active-session');
  await new Promise((resolve) => (request.onsuccess = resolve));
  const values = request.result.transaction('bytes').objectStore('bytes').getAll();
  await new Promise((resolve) => (values.onsuccess = resolve));
  const texts = (values.result as Uint8Array<ArrayBuffer>[]).map((bytes) => new TextDecoder().decode(bytes));
  const others = [localStorage, sessionStorage].map((storage) => JSON.stringify(storage));
  return [...texts, ...others, document.cookie, ...(await caches.keys())].join('\n');
}

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
