import type { Page } from '@playwright/test';
import { count } from './support/counts.js';
import { addReactPage } from './support/react-page.js';
import { expect, expectFrames, runningDevices, test } from './support/test.js';

/** What a person does to the page's own structure, with the session in it. */
function rearrange(page: Page, how: 'insertBefore' | 'moveBefore' | 'remove and add'): Promise<void> {
  return page.locator('active-session').evaluate(async (element, way) => {
    const place = document.querySelector(element.parentElement?.id === 'two' ? '#one' : '#two');
    const home = element.parentElement;
    if (way === 'insertBefore') place?.insertBefore(element, null);
    else if (way === 'moveBefore')
      (place as Element & { moveBefore(node: Node, before: null): void }).moveBefore(element, null);
    else {
      element.remove();
      await new Promise(requestAnimationFrame);
      home?.append(element);
    }
  }, how);
}

test('in React’s StrictMode, through routes and moves, it is one call: nothing is dropped, nothing is doubled', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = patient;
  const counts = await count(page);
  await addReactPage(page);
  await portal.book('sam', 'dr-smith');
  await page.goto(`${portal.origin}/react.html`);

  await test.step('mounted twice, it is one stream, one seat, one call', async () => {
    await page.getByRole('button', { name: 'Start Call' }).click();
    await expect(page.getByRole('heading', { name: /not here yet/ })).toBeVisible();
    expect(await page.evaluate(() => (window as unknown as { mounts: { count: number } }).mounts.count)).toBe(2);
    await provider.page.goto(portal.page('provider', 'dr-smith'));
    await provider.page.getByRole('button', { name: /Sam Rivera/ }).click();
    await provider.page.getByRole('button', { name: 'Start Call' }).click();
    await Promise.all([expectFrames(page), expectFrames(provider.page)]);
  });
  const before = await counts();
  expect(before).toMatchObject({ events: 1, seat: 1, leave: 0, open: 1, captures: 1, tracks: 2 });

  await test.step('on another route the call goes on, and a banner leads back', async () => {
    await page.getByRole('button', { name: 'To the letters' }).click();
    await expect(page.locator('active-session')).toHaveCount(0);
    await expect(page.getByText('You are in a call with Dr. Smith.').first()).toBeVisible();
    await expectFrames(provider.page, 20);
  });

  await test.step('and is there again, with the same picture', async () => {
    await page.getByRole('button', { name: 'To the session' }).click();
    await Promise.all([expectFrames(page), expectFrames(provider.page)]);
  });

  for (const how of ['insertBefore', 'moveBefore', 'remove and add'] as const) {
    await test.step(how, async () => {
      await rearrange(page, how);
      await Promise.all([expectFrames(page), expectFrames(provider.page)]);
    });
  }

  await test.step('nothing was asked for, opened or closed by all that', async () => {
    expect(await counts()).toEqual(before);
    await expect(provider.page.getByRole('heading', { name: /has left/ })).toHaveCount(0);
  });

  await test.step('and left, it leaves nothing behind', async () => {
    await page.getByRole('button', { name: 'End Call' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Leave for now/ })
      .click();
    await expect.poll(() => runningDevices(page)).toBe(0);
    await expect.poll(counts).toMatchObject({ events: 1, seat: 1, leave: 1, open: 0, tracks: 0, locks: 0 });
  });
});
