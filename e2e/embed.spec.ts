import { expect, meet, test } from './support/test.js';

test('one script and one tag are enough, under a strict content security policy', async ({ portal, patient }) => {
  const { page } = patient;
  await portal.book('sam', 'dr-smith');
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  // A page of a portal that knows nothing of us but the two lines of the README.
  await page.route('**/plain.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'Content-Security-Policy': "default-src 'self'" },
      body: `<!doctype html>
        <html lang="en">
          <title>A portal</title>
          <script type="module" src="/active-session/active-session.js"></script>
          <active-session endpoint="/api/session/v1" token-endpoint="/sign-in/token?as=sam"></active-session>
        </html>`,
    }),
  );
  await page.goto(`${portal.origin}/plain.html`);
  await expect(page.getByRole('heading', { name: 'You can join now.' })).toBeVisible();
  await page.getByRole('button', { name: 'Start Call' }).click();
  await expect(page.getByRole('heading', { name: /Dr\. Smith is not here/ })).toBeVisible();
  expect(violations).toEqual([]);
});

test('the page contacts its own server and nobody else', async ({ portal, patient, provider }) => {
  await portal.book('sam', 'dr-smith');
  const hosts = new Set<string>();
  for (const { page } of [patient, provider]) {
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
  }
  await meet(portal, patient, provider);
  expect([...hosts]).toEqual([new URL(portal.origin).host]);
});

test('the language of the page is loaded when it is met, and turns without a reload', async ({ portal, patient }) => {
  const { page } = patient;
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await page.goto(portal.page('patient', 'sam'));
  await expect(page.getByRole('heading', { name: 'Who would you like to see?' })).toBeVisible();
  for (const [lang, heading, direction] of [
    ['es-MX', '¿A quién le gustaría ver?', 'ltr'],
    ['ar', 'مع من الموعد؟', 'rtl'],
  ] as const) {
    const before = scripts.length;
    await page.evaluate((tag) => {
      document.documentElement.lang = tag;
    }, lang);
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await expect(page.getByRole('heading', { name: heading })).toHaveCSS('direction', direction);
    const loaded = scripts.slice(before);
    expect(loaded, `what ${lang} needs, and not before`).not.toEqual([]);
    for (const address of loaded) expect(new URL(address).origin).toBe(portal.origin);
  }
});
