/**
 * Pictures of every screen, taken from the running demo: `node scripts/screenshots.mjs [folder]`.
 * With no folder it renews the pictures of the docs.
 */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { mediaArgs, playwrightLaunch } from './browser.mjs';
import { loadSource } from './lib/load-source.mjs';
import { root } from './lib/run.mjs';

/** @typedef {import('../e2e/support/portal.js').Portal} Portal */
const { Portal } = await loadSource('e2e/support/portal.ts');

const folder = process.argv[2] ?? join(root, 'docs/images');
const forDocs = process.argv[2] === undefined;
/** Of all screens the ones that the docs show. */
const shown = ['in-call', 'provider-in-call'];
const NOTE = 'Follow-up in 2 weeks. Prescribed medication X.\nMore about it: https://example.org/rash';

/** @type {{ name: string, width: number, height: number, dark?: boolean, rtl?: boolean }[]} */
const looks = forDocs
  ? [{ name: '', width: 1280, height: 800 }]
  : [
      { name: '-desktop', width: 1280, height: 800 },
      { name: '-tablet', width: 834, height: 1112 },
      { name: '-phone', width: 390, height: 844 },
      { name: '-phone-dark', width: 390, height: 844, dark: true },
      { name: '-desktop-dark', width: 1280, height: 800, dark: true },
      { name: '-phone-rtl', width: 390, height: 844, rtl: true },
      { name: '-desktop-rtl', width: 1280, height: 800, rtl: true },
    ];

await mkdir(folder, { recursive: true });
const browser = await chromium.launch(await playwrightLaunch(mediaArgs));
for (const look of looks) await walkThrough(look);
await browser.close();

/** One visit of both people, with a picture at each stop. */
async function walkThrough(/** @type {(typeof looks)[number]} */ look) {
  const portal = await Portal.start();
  const patient = await visitor(look);
  const provider = await visitor(look);
  const shot = async (/** @type {import('playwright-core').Page} */ page, /** @type {string} */ name) => {
    if (!forDocs || shown.includes(name)) await page.screenshot({ path: join(folder, `${name}${look.name}.png`) });
  };
  try {
    await fillDay(portal);
    await patient.goto(portal.page('patient', 'sam'));
    await patient.getByRole('radio', { name: /Dr\. Smith/ }).waitFor();
    await shot(patient, 'book-who');
    await patient.getByRole('tab', { name: 'Active Session' }).click({ force: true });
    await patient.getByRole('dialog').waitFor();
    await shot(patient, 'nothing-booked');
    await patient.keyboard.press('Escape');

    await patient.getByRole('radio', { name: /Dr\. Smith/ }).check();
    await patient.getByRole('button', { name: 'Continue' }).click();
    await patient
      .getByRole('group', { name: /Time on/ })
      .getByRole('radio')
      .first()
      .waitFor();
    await shot(patient, 'book-when');
    await portal.book('sam', 'dr-smith', 26 * 3_600_000);
    await patient.getByRole('tab', { name: 'Active Session' }).click({ force: true });
    await patient.getByRole('dialog').waitFor();
    await shot(patient, 'countdown-dialog');
    await patient.keyboard.press('Escape');
    await patient
      .getByRole('group', { name: /Time on/ })
      .getByRole('radio')
      .first()
      .check();
    await patient.getByRole('button', { name: 'Continue' }).click();
    await patient.getByRole('textbox').fill('Itchy rash since Monday');
    await shot(patient, 'book-why');
    await patient.getByRole('button', { name: 'Continue' }).click();
    await patient.getByRole('button', { name: 'Confirm booking' }).waitFor();
    await shot(patient, 'book-review');
    await patient.getByRole('button', { name: 'Confirm booking' }).click();
    await patient.getByText('Your appointment is booked.').first().waitFor();
    await shot(patient, 'booked');

    await patient.getByRole('tab', { name: 'Active Session' }).click();
    await patient.getByRole('button', { name: 'Start Call' }).waitFor();
    await shot(patient, 'open');
    await patient.getByRole('button', { name: 'Start Call' }).click();
    await patient.getByRole('heading', { name: /not here yet/ }).waitFor();
    await shot(patient, 'waiting');
    await provider.goto(portal.page('provider', 'dr-smith'));
    const folded = provider.getByRole('button', { name: /sessions$/ });
    const sam = provider.getByRole('button', { name: /^Sam Rivera.*waiting/ }).last();
    await sam.or(folded).first().waitFor();
    if (await folded.isVisible()) await folded.click();
    await sam.waitFor();
    await shot(provider, 'provider-queue');
    await sam.click();
    await provider.getByRole('button', { name: 'Start Call' }).waitFor();
    await shot(provider, 'provider-chosen');
    await provider.getByRole('button', { name: 'Start Call' }).click();
    await patient.getByRole('timer').waitFor();
    await provider.getByRole('timer').waitFor();
    const notes = provider.getByRole('button', { name: /^Notes/ });
    if (await notes.isVisible()) await notes.click();
    await provider.getByRole('textbox', { name: /note/i }).fill(NOTE);
    await provider.getByRole('button', { name: 'Share' }).click();
    const shared = patient.locator('active-session').getByText('Follow-up in 2 weeks.');
    const sheet = patient.getByRole('button', { name: /^Notes from/ });
    const isFolded = await sheet.isVisible();
    await shared.waitFor({ state: isFolded ? 'attached' : 'visible' });
    await patient.getByRole('timer').filter({ hasText: '0:05' }).waitFor();
    await shot(patient, 'in-call');
    if (isFolded) {
      await sheet.click();
      await shared.waitFor();
      await shot(patient, 'in-call-notes');
      await sheet.click();
    }
    await shot(provider, 'provider-in-call');
    await provider.getByRole('tab', { name: 'Earlier sessions' }).click();
    await provider.locator('session-history [part=session]').first().waitFor();
    await shot(provider, 'provider-earlier');
    await provider.getByRole('tab', { name: 'This session' }).click();
    await provider.getByRole('button', { name: 'Withdraw' }).first().click();
    await shot(provider, 'provider-withdraw');
    await provider.keyboard.press('Escape');
    await patient.getByRole('button', { name: 'End Call' }).click();
    await patient
      .getByRole('dialog')
      .getByRole('button', { name: /Leave for now/ })
      .waitFor();
    await shot(patient, 'end-dialog');
    await patient
      .getByRole('dialog')
      .getByRole('button', { name: /End the session/ })
      .click();
    await patient.getByRole('heading', { name: /has ended/ }).waitFor();
    await shot(patient, 'ended');
    await shot(provider, 'provider-ended');
    await patient.getByRole('tab', { name: 'Notes' }).click();
    await patient.getByText('Follow-up in 2 weeks.').last().waitFor();
    await shot(patient, 'notes');
  } catch (error) {
    await shot(patient, 'failed-patient');
    await shot(provider, 'failed-provider');
    throw error;
  } finally {
    await patient.context().close();
    await provider.context().close();
    await portal.stop();
  }
}

/** Others whom the provider meets today: one is over, one is late; and an earlier session with Sam. */
async function fillDay(/** @type {Portal} */ portal) {
  const over = await portal.book('ana', 'dr-smith');
  await portal.api('dr-smith', 'POST', `/bookings/${over.id}/notes`, {
    id: randomUUID(),
    content: 'Blood values are fine.',
  });
  await portal.api('dr-smith', 'POST', `/bookings/${over.id}/complete`);
  portal.setBack(over.id, 80 * 60_000);
  const late = await portal.book('lee', 'dr-smith');
  portal.setBack(late.id, 7 * 60_000);
  for (const days of [9, 65, 170]) {
    const earlier = await portal.book('sam', 'dr-smith');
    await portal.api('dr-smith', 'POST', `/bookings/${earlier.id}/notes`, {
      id: randomUUID(),
      content: 'Itching has stopped. Use the cream for another week.',
      kind: 'recommendation',
    });
    await portal.api('dr-smith', 'POST', `/bookings/${earlier.id}/complete`);
    portal.setBack(earlier.id, days * 86_400_000);
  }
}

async function visitor(/** @type {(typeof looks)[number]} */ { width, height, dark, rtl }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    permissions: ['camera', 'microphone'],
  });
  if (rtl) {
    await context.addInitScript(() => {
      globalThis.addEventListener('DOMContentLoaded', () => (globalThis.document.documentElement.dir = 'rtl'));
    });
  }
  return await context.newPage();
}
