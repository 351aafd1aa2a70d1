import type { ClientView, SessionErrorCode, SessionView } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';

type Ending = 'over' | 'cancelled' | 'void';

const ENDINGS: Partial<Record<SessionErrorCode, Ending>> = {
  'session-ended': 'over',
  'outside-window': 'over',
  'session-cancelled': 'cancelled',
  unauthenticated: 'void',
  forbidden: 'void',
  'not-found': 'void',
};

/** All that is left to say to a guest whose link leads nowhere; null while it leads somewhere, or nobody knows. */
export function endingTemplate(
  client: ClientView,
  session: SessionView | undefined,
  { isGuest, localize }: { readonly isGuest: boolean; readonly localize: Localize },
): TemplateResult | null {
  if (!isGuest && client.me?.role !== 'guest') return null;
  const ending = endingOf(client, session);
  if (ending === null) return null;
  return html`<div class="card stack alone">
    <h2 part="heading" tabindex="-1">${localize.t(`guest.${ending}`)}</h2>
    <p>${localize.t(ending === 'void' ? 'guest.void-help' : 'guest.over-help')}</p>
  </div>`;
}

function endingOf({ error, me, state, bookings }: ClientView, session: SessionView | undefined): Ending | null {
  const ending = error === null ? undefined : ENDINGS[error.code];
  if (ending !== undefined) return ending;
  if (state !== 'ready' || me?.role !== 'guest') return null;
  // Whom no session is told of any more was taken out of it.
  if (session !== undefined) return session.state === 'missing' ? 'void' : null;
  const [last] = bookings;
  if (last === undefined) return 'void';
  return last.verdict.phase === 'cancelled' ? 'cancelled' : 'over';
}
