import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.js';

/** A browser opens so many connections with one server over HTTP/1.1, over all of its tabs. */
const CONNECTIONS = 6;

test('more tabs than a browser has connections: a note goes out from the last one, and all are told', async ({
  portal,
  provider,
}) => {
  await portal.book('sam', 'dr-smith');
  await provider.context.addInitScript(letTabsBeHidden);
  const pages: Page[] = [];
  while (pages.length < CONNECTIONS + 2) {
    const page = pages.length === 0 ? provider.page : await provider.context.newPage();
    for (const other of pages) await turn(other, 'hidden');
    pages.push(page);
    await page.goto(portal.page('provider', 'dr-smith'));
    await page.getByRole('button', { name: /Sam Rivera/ }).click();
    await expect(page.getByRole('textbox', { name: /note/i })).toBeEditable();
  }
  const last = pages.at(-1);
  if (last === undefined) throw new Error('There are tabs.');
  await share(last, 'From the last tab.');
  for (const page of pages) await told(page, 'From the last tab.');

  // The first one has the stream that the others go on with.
  await pages.shift()?.close();
  await share(last, 'After the first tab.');
  for (const page of pages) await told(page, 'After the first tab.');

  // Another is looked at, and speaks.
  const [next] = pages;
  if (next === undefined) throw new Error('There are tabs left.');
  await turn(last, 'hidden');
  await turn(next, 'visible');
  await share(next, 'From a tab that was hidden.');
  for (const page of pages) await told(page, 'From a tab that was hidden.');
});

async function share(page: Page, content: string): Promise<void> {
  await page.getByRole('textbox', { name: /note/i }).fill(content);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
}

async function told(page: Page, content: string): Promise<void> {
  await expect(page.locator('provider-notes [part=note]').getByText(content)).toHaveCount(1);
  await expect(page.locator('provider-notes [part=note]').getByText(content)).toBeVisible();
}

function turn(page: Page, visibility: DocumentVisibilityState): Promise<void> {
  return page.evaluate((next) => {
    Object.assign(document, { visibility: next });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
}

/** Runs in the page: in a browser that is driven every tab counts as looked at, also behind others. */
function letTabsBeHidden(): void {
  const visibility = (): unknown => ('visibility' in document ? document.visibility : 'visible');
  Object.defineProperties(document, {
    visibilityState: { get: visibility },
    hidden: { get: () => visibility() === 'hidden' },
  });
}
