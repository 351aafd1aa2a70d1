import type { Page } from '@playwright/test';
import { startHostilePortal, TEXTS, type HostilePortal } from './support/hostile-portal.js';
import { expect, test as base } from './support/test.js';

interface Fixtures {
  hostile: HostilePortal;
  /** What must not happen in this page, as it happens. */
  sprung: string[];
}

const test = base.extend<Fixtures>({
  hostile: async ({ browser: _ }, use) => {
    const hostile = await startHostilePortal();
    await use(hostile);
    await hostile.stop();
  },
  sprung: async ({ page, hostile }, use) => {
    const sprung: string[] = [];
    await watch(page, hostile.origin, sprung);
    await use(sprung);
  },
});

/** A script of theirs that runs, a dialog, a failure, a request elsewhere, a page that is left: each is noted. */
async function watch(page: Page, origin: string, sprung: string[]): Promise<void> {
  const note = (what: string): void => void sprung.push(what);
  await page.exposeFunction('__ran', () => note('ran'));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => {
      console.error(`refused by the policy: ${violatedDirective} ${sample}`);
    });
  });
  page.on('console', (message) => {
    if (/refused/i.test(message.text())) note(message.text());
  });
  page.on('dialog', (dialog) => {
    note(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => note(`failed: ${error.message}`));
  page.on('popup', (popup) => note(`opened: ${popup.url()}`));
  page.on('frameattached', (frame) => note(`frame: ${frame.url()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) note(`asked for: ${request.url()}`);
  });
}

/** Those of these texts that do not stand in the elements as they are; `\u2068` and the like of ours do not count. */
async function missing(page: Page, selector: string, texts: readonly string[]): Promise<readonly string[]> {
  const all = await page.locator(selector).evaluate((element) => {
    const collect = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (!(node instanceof Element) || node.matches('a > .visually-hidden')) return '';
      return Array.from((node.shadowRoot ?? node).childNodes, collect).join('');
    };
    return collect(element);
  });
  return texts.filter((text) => !all.includes(text));
}

/** A text without a blank is no reason for a page to be wider than the screen. */
async function expectNothingSticksOut(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
}

test('hostile texts over the wire are text to a patient, and nothing else, under a strict policy with Trusted Types', async ({
  page,
  hostile,
  sprung,
}) => {
  await page.goto(`${hostile.origin}/patient`);
  await expect(page.getByRole('radio')).toHaveCount(TEXTS.length);
  expect(await missing(page, 'book-appointment', TEXTS)).toEqual([]);

  await test.step('a note of each', async () => {
    await expect(page.locator('provider-notes [part=note]')).toHaveCount(TEXTS.length);
    expect(await missing(page, 'provider-notes', TEXTS)).toEqual([]);
  });

  await test.step('a refusal in words for developers', async () => {
    await page.getByRole('radio').first().check();
    await page.locator('book-appointment').getByRole('button', { name: 'Continue' }).click();
    await expect(page.locator('book-appointment')).toContainText('We can’t show the free times right now.');
  });

  await test.step('every session by itself', async () => {
    // What was looked at already only takes time to lay out.
    for (const tag of ['book-appointment', 'provider-notes']) await page.locator(tag).evaluate((one) => one.remove());
    expect(await page.locator('active-session').evaluate(showEach, TEXTS)).toEqual([]);
  });

  await expectNothingSticksOut(page);
  expect(sprung).toEqual([]);
  expect(hostile.reports).toEqual([]);
  expect(page.url()).toBe(`${hostile.origin}/patient`);
});

test('hostile texts over the wire are text to a provider, and nothing else', async ({ page, hostile, sprung }) => {
  await page.goto(`${hostile.origin}/provider`);
  const dashboard = page.locator('provider-dashboard');
  await expect(dashboard.locator('[part=item]:visible').first()).toBeVisible();
  expect(await missing(page, 'provider-dashboard', TEXTS)).toEqual([]);
  await expectNothingSticksOut(page);
  expect(sprung).toEqual([]);
  expect(hostile.reports).toEqual([]);
});

/** Runs in the page: shows one booking after the other, and gives the names that did not come up as they are. */
async function showEach(element: Element, texts: readonly string[]): Promise<readonly string[]> {
  const isShown = (name: string): boolean =>
    [...(element.shadowRoot?.querySelectorAll('.card') ?? [])].some((place) => place.textContent.includes(name));
  const lost: string[] = [];
  for (const [at, name] of texts.entries()) {
    Object.assign(element, { bookingId: at + 1 });
    const deadline = performance.now() + 10_000;
    while (!isShown(name) && performance.now() < deadline) await new Promise(requestAnimationFrame);
    if (!isShown(name)) lost.push(name);
  }
  return lost;
}

test('where nobody takes care, many of the same texts do run', async ({ page, hostile }) => {
  let ran = 0;
  await page.exposeFunction('__ran', () => (ran += 1));
  page.on('dialog', (dialog) => void dialog.dismiss());
  await page.route(
    (url) => url.origin !== hostile.origin,
    (route) => route.abort(),
  );
  await page.goto(`${hostile.origin}/careless`);
  await page.evaluate(async (texts) => {
    for (const text of texts.filter((one) => !/http-equiv|<base|<form|<iframe|<a /i.test(one))) {
      const place = document.createElement('div');
      // eslint-disable-next-line no-restricted-syntax -- this is the mistake that the texts are for
      place.innerHTML = text;
      document.body.append(place);
    }
  }, TEXTS);
  await expect.poll(() => ran).toBeGreaterThan(50);
});
