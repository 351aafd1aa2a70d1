import type {} from '@active-session/embed';

import { signIn } from './person.js';

signIn();

const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')];
const sessionTab = document.querySelector<HTMLElement>('#tab-session');

function select(tab: HTMLElement): void {
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

for (const tab of tabs) {
  tab.addEventListener('click', () => {
    press(tab);
  });
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const rtl = getComputedStyle(tab).direction === 'rtl' ? -1 : 1;
    tabs[(tabs.indexOf(tab) + step * rtl + tabs.length) % tabs.length]?.focus();
  });
}

// The whole of what a portal needs to do for "accessible only now".
document.addEventListener('session-availability-change', ({ available }) => {
  sessionTab?.setAttribute('aria-disabled', String(!available));
});

// Booking has a tab of its own here; without this, the form would open where the session is.
document.addEventListener('book-appointment-request', (event) => {
  event.preventDefault();
  const book = document.querySelector<HTMLElement>('#tab-book');
  if (book !== null) select(book);
  book?.focus();
});
