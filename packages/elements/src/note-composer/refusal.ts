import type { OutboxItem, ProviderNote, SessionError } from '@active-session/core';
import type { MessageArguments, MessageKey } from '../shared/messages.js';

/** A sentence that needs nothing filled in. */
type PlainKey = { [K in MessageKey]: MessageArguments<K> extends [] ? K : never }[MessageKey];

/** What is said of a refused note, and what can help. It can be copied and discarded always. */
export interface Refusal {
  readonly why: PlainKey;
  readonly canRetry: boolean;
  readonly canRevise: boolean;
  /** The backend may have it: no answer that can be understood came. Only the very same note may be sent again. */
  readonly isUncertain?: boolean;
}

const FOR_GOOD = { canRetry: false, canRevise: false };
/** Another text can help; the same one may, where what refused it was no rule of the backend. */
const BY_TEXT = { canRetry: true, canRevise: true };

const UNCERTAIN: Refusal = { why: 'outbox.why-unknown', canRetry: true, canRevise: false, isUncertain: true };

const REFUSALS: Partial<Record<SessionError['code'], Refusal>> = {
  // Nobody who may write is forbidden to by the backend: a firewall before it did not like the words.
  forbidden: { why: 'outbox.why-refused', ...BY_TEXT },
  invalid: { why: 'outbox.why-invalid', canRetry: false, canRevise: true },
  malformed: UNCERTAIN,
  conflict: { why: 'outbox.why-conflict', ...BY_TEXT },
  'not-found': { why: 'outbox.why-gone', ...FOR_GOOD },
  'session-cancelled': { why: 'outbox.why-cancelled', ...FOR_GOOD },
  'outside-window': { why: 'outbox.why-closed', ...BY_TEXT },
  'not-supported': { why: 'outbox.why-not-offered', ...FOR_GOOD },
};

/** `amended`: the note that it corrects, as it is now. */
export function refusalOf({ error, amends }: OutboxItem, amended: ProviderNote | undefined): Refusal {
  if (amends !== undefined && amended?.withdrawnAt !== undefined) {
    return { why: 'outbox.why-withdrawn', canRetry: false, canRevise: true };
  }
  return (error === null ? undefined : REFUSALS[error.code]) ?? UNCERTAIN;
}
