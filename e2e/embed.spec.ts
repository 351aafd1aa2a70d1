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
