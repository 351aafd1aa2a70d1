import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

/**
 * What a careful portal sends: nothing from elsewhere, no inline script or style, no text that becomes markup but Lit's own
 * templates, camera and microphone for itself only.
 */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; frame-ancestors 'none'; " +
    "base-uri 'none'; form-action 'self'; object-src 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
  'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self)',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** The portal's pages, its own scripts, and the one script of the widgets. */
export function createSite(): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    context.header('Cache-Control', 'no-cache');
  });
  const widgets = dirname(fileURLToPath(import.meta.resolve('@active-session/embed/active-session.js')));
  app.use('/active-session/*', files(widgets, '/active-session'));
  app.use('/pages/*', files(here('pages'), '/pages'));
  for (const page of ['patient', 'provider', 'guest'])
    app.get(`/${page}`, files(here('../public'), `/${page}`, `/${page}.html`));
  app.get('*', files(here('../public'), ''));
  return app;
}

function files(folder: string, prefix: string, file?: string) {
  return serveStatic({
    root: relative(process.cwd(), folder) || '.',
    rewriteRequestPath: (path) => file ?? (path === '/' ? '/index.html' : path.slice(prefix.length)),
  });
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
