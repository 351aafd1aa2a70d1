import { toInstant, type Booking, type Instant } from '@active-session/core';
import type { Localize } from './localize.controller.js';

/** "tomorrow, 10:00": when a booking is; fits after "is". */
export function whenOf({ dateTime }: Booking, now: Instant, localize: Localize): string {
  return localize.formats.when(toInstant(dateTime), now, (day) => localize.t('time.on', day));
}
