import type * as Embed from '@active-session/embed';

const ENDPOINT = '/api/session/v1';
/** One script for all pages; what it exports makes the client. */
const WIDGETS = '/active-session/active-session.js';

/** Behind the `#` of the link, which no request and no log has. It stays there, so that a reload comes back. */
const token = location.hash.slice(1);

async function join(): Promise<void> {
  const scope = document.querySelector('session-scope');
  const notice = document.querySelector<HTMLElement>('#notice');
  if (scope === null || notice === null) return;
  if (token === '') {
    notice.hidden = false;
    return;
  }
  const { createBrowserClient } = (await import(WIDGETS)) as typeof Embed;
  // There is no other token to be had. That a link opens nothing any more, and why, `<active-session guest>` says.
  scope.client = createBrowserClient({ endpoint: ENDPOINT, getToken: () => token });
  document.querySelector('#session')?.removeAttribute('hidden');
}

/** Another link in the same tab is another person. */
window.addEventListener('hashchange', () => {
  location.reload();
});

void join();
