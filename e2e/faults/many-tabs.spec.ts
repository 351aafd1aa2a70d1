import { expect, test } from '../support/test.js';

/** A browser opens so many connections with one server over HTTP/1.1, over all of its tabs. */
const CONNECTIONS = 6;

// Each tab holds a stream of events of its own: the sixth one waits for a connection for ever.
test.fixme('more tabs than a browser has connections: a note goes out from the last one, and all are told', async ({
  portal,
  provider,
}) => {
  await portal.book('sam', 'dr-smith');
  const pages = [provider.page];
  while (pages.length < CONNECTIONS + 2) pages.push(await provider.context.newPage());
  for (const page of pages) {
    await page.goto(portal.page('provider', 'dr-smith'));
    await page.getByRole('button', { name: /Sam Rivera/ }).click();
    await expect(page.getByRole('textbox', { name: /note/i })).toBeEditable();
  }
  const last = pages.at(-1);
  if (last === undefined) throw new Error('There are tabs.');
  await last.getByRole('textbox', { name: /note/i }).fill('From the last tab.');
  await last.getByRole('button', { name: 'Share', exact: true }).click();
  for (const page of pages)
    await expect(page.locator('provider-notes [part=note]').getByText('From the last tab.')).toBeVisible();
});
