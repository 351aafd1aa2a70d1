import { MINUTE } from './formats.js';
import type { Localize } from './localize.controller.js';

/** How long a session was, as a sentence; empty where nobody knows. */
export function lasted(duration: number | null, localize: Localize): string {
  if (duration === null) return '';
  if (duration < MINUTE) return localize.t('session.lasted-moment');
  return localize.t('session.lasted', localize.formats.duration(duration));
}
