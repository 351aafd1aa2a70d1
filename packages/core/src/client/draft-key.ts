import { SessionError } from '../errors.js';
import type { DraftKey } from '../notes/note.schema.js';
import type { AccessPort } from '../ports/backend.port.js';

/** @throws SessionError `not-supported` where the backend gives none */
export async function draftKeyOf(access: AccessPort | undefined, signal: AbortSignal): Promise<DraftKey> {
  const key = await access?.draftKey?.({ signal });
  if (key === undefined) throw new SessionError('not-supported', 'This backend gives no secret for drafts.');
  return key;
}
