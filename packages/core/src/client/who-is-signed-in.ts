import { toSessionError } from '../errors.js';
import type { Backend } from '../ports/backend.port.js';
import { SEED_OPERATIONS } from '../ports/capabilities.js';
import type { Me } from '../session/me.schema.js';
import { NOBODY } from './client.view.js';

/** A backend that has no such route has what the seed names: its reader is the patient. */
export async function whoIsSignedIn({ access }: Backend, signal: AbortSignal): Promise<Me> {
  if (access === undefined) return NOBODY;
  return access.me({ signal }).catch((thrown: unknown) => {
    if (toSessionError(thrown).code === 'not-supported') return { ...NOBODY, offers: [...SEED_OPERATIONS] };
    throw thrown;
  });
}
