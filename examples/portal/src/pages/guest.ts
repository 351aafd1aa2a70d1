import type * as Embed from '@active-session/embed';

const ENDPOINT = '/api/session/v1';
/** One script for all pages; what it exports makes the client. */
const WIDGETS = '/active-session/active-session.js';

/** Behind the `#` of the link, which no request and no log has. It stays there, so that a reload comes back. */
const token = location.hash.slice(1);

/** By the end of a problem's `type`: why a link opens nothing. */
const WHY: Readonly<Record<string, readonly [title: string, text: string]>> = {
  'session-ended': ['This session has ended', 'You can close this page.'],
  'session-cancelled': ['This appointment was cancelled', 'You can close this page.'],
  'outside-window': ['The time of this session is over', 'You can close this page.'],
};
const VOID = ['This link is no longer valid', 'Ask the clinic for a new one.'] as const;
const INCOMPLETE = [
  'This link is not complete',
  'Open it again from the message it came with, or ask the clinic for a new one.',
] as const;

/** Why this link is refused; null where it is good, or where nobody can say. */
async function refusal(): Promise<readonly [string, string] | null> {
  if (token === '') return INCOMPLETE;
  try {
    const response = await fetch(`${ENDPOINT}/me`, { headers: { Authorization: `Bearer ${token}` } });
    if (response.status !== 401 && response.status !== 403) return null;
    const { type = '' } = (await response.json()) as { type?: string };
    return WHY[type.split(':').at(-1) ?? ''] ?? VOID;
  } catch {
    // The widgets say that there is no connection, and try again.
    return null;
  }
}

function tell([title, text]: readonly [string, string]): void {
  const notice = document.querySelector<HTMLElement>('#notice');
  const [heading, paragraph] = [notice?.querySelector('h2'), notice?.querySelector('p')];
  if (!notice || !heading || !paragraph) return;
  heading.textContent = title;
  paragraph.textContent = text;
  notice.hidden = false;
}

async function join(): Promise<void> {
  const why = await refusal();
  if (why !== null) {
    tell(why);
    return;
  }
  const { createBrowserClient } = (await import(WIDGETS)) as typeof Embed;
  const scope = document.querySelector('session-scope');
  if (scope === null) return;
  // There is no other token to be had: one that is refused is refused.
  scope.client = createBrowserClient({ endpoint: ENDPOINT, getToken: () => token });
  document.querySelector('#session')?.removeAttribute('hidden');
}

/** Another link in the same tab is another person. */
window.addEventListener('hashchange', () => {
  location.reload();
});

void join();
