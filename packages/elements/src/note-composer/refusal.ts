import type { OutboxItem, ProviderNote, SessionError } from '@active-session/core';
import type { MessageArguments, MessageKey } from '../shared/messages.js';

/** A sentence that needs nothing filled in. */
type PlainKey = { [K in MessageKey]: MessageArguments<K> extends [] ? K : never }[MessageKey];

/** What is said of a refused note, and what can help. It can be copied and discarded always. */
export interface Refusal {
  readonly why: PlainKey;
  readonly canRetry: boolean;
  readonly canRevise: boolean;
}

const FOR_GOOD = { canRetry: false, canRevise: false };
/** Another text can help; the same one may, where what refused it was no rule of the backend. */
const BY_TEXT = { canRetry: true, canRevise: true };

const REFUSALS: Partial<Record<SessionError['code'], Refusal>> = {
  // Nobody who may write is forbidden to by the backend: a firewall before it did not like the words.
  forbidden: { why: 'outbox.why-refused', ...BY_TEXT },
  invalid: { why: 'outbox.why-invalid', canRetry: false, canRevise: true },
  malformed: { why: 'outbox.why-refused', ...BY_TEXT },
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
  return (error === null ? undefined : REFUSALS[error.code]) ?? { why: 'outbox.why-unknown', ...BY_TEXT };
}
