import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';

const ENTRY = fileURLToPath(new URL('../react/app.ts', import.meta.url));
const PAGE = `<!doctype html>
  <html lang="en">
    <title>A portal in React</title>
    <script type="module" src="/active-session/active-session.js"></script>
    <div id="root"></div>
    <script type="module" src="/react.js"></script>
  </html>`;
const POLICY = "default-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

let bundled: Promise<string> | undefined;

/** The page of a portal in React, in its development build: only that mounts everything twice in StrictMode. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { write: false, minify: false, rolldownOptions: { input: ENTRY } },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const chunks = outputs.flatMap((one) => ('output' in one ? one.output : []));
  const [entry] = chunks.filter((chunk) => chunk.type === 'chunk');
  if (entry === undefined) throw new Error('Nothing was bundled.');
  return entry.code;
}

/** Puts that page beside the demo's own, at `/react.html`. */
export async function addReactPage(page: Page): Promise<void> {
  const script = await (bundled ??= bundle());
  // A page that is put there by the test counts as one from the internet, which may not call a server at home unasked.
  await page.context().grantPermissions(['camera', 'microphone', 'local-network-access']);
  await page.route('**/react.html', (route) =>
    route.fulfill({ contentType: 'text/html', headers: { 'Content-Security-Policy': POLICY }, body: PAGE }),
  );
  await page.route('**/react.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
}
