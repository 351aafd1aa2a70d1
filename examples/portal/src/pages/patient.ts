import type {} from '@active-session/embed';

import { signIn } from './person.js';

signIn();

const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')];
const sessionTab = document.querySelector<HTMLElement>('#tab-session');
const news = document.querySelector('#news');
/** Which tab the address asks for, so that a reload comes back to where one was. */
let asked = tabs.find(({ id }) => location.hash === `#${id}`);

function select(tab: HTMLElement): void {
  asked = undefined;
  history.replaceState(null, '', `#${tab.id}`);
  for (const other of tabs) {
    const selected = other === tab;
    other.setAttribute('aria-selected', String(selected));
    other.tabIndex = selected ? 0 : -1;
    const panel = document.getElementById(other.getAttribute('aria-controls') ?? '');
    if (panel !== null) panel.hidden = !selected;
  }
}

function press(tab: HTMLElement): void {
  if (tab.getAttribute('aria-disabled') === 'true') document.querySelector('booking-required')?.show();
  else select(tab);
}

/** The tab that a key goes to, in the direction of reading. */
function reached(tab: HTMLElement, key: string): HTMLElement | undefined {
  const forward = getComputedStyle(tab).direction === 'rtl' ? -1 : 1;
  const at = tabs.indexOf(tab);
  if (key === 'Home') return tabs[0];
  if (key === 'End') return tabs.at(-1);
  if (key === 'ArrowRight') return tabs.at((at + forward) % tabs.length);
  if (key === 'ArrowLeft') return tabs.at((at - forward) % tabs.length);
  return undefined;
}

for (const tab of tabs) {
  tab.addEventListener('click', () => {
    press(tab);
  });
  tab.addEventListener('keydown', (event) => {
    const next = reached(tab, event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}

if (asked !== undefined && asked !== sessionTab) select(asked);

// The whole of what a portal needs to do for "accessible only now".
document.addEventListener('session-availability-change', ({ available }) => {
  sessionTab?.setAttribute('aria-disabled', String(!available));
  const shown = sessionTab?.getAttribute('aria-selected') === 'true';
  if (available && sessionTab !== null && asked === sessionTab) select(sessionTab);
  // The session says so itself where it is on show; elsewhere in the portal, the portal does.
  else if (news !== null)
    news.textContent = available && !shown ? 'Your session is open, in the tab Active Session.' : '';
  asked = undefined;
});

// The dialog of the locked tab leads here when the session opens meanwhile.
document.addEventListener('session-show-request', () => {
  if (sessionTab !== null) select(sessionTab);
});

// The way back from the other tabs.
document.addEventListener('session-return-request', () => {
  if (sessionTab !== null) select(sessionTab);
});

// Booking has a tab of its own here; without this, the form would open where the session is.
document.addEventListener('book-appointment-request', (event) => {
  event.preventDefault();
  const book = document.querySelector<HTMLElement>('#tab-book');
  if (book !== null) select(book);
  book?.focus();
});
