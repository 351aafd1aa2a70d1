import type { Instant } from '../booking/instant.schema.js';
import type { ClockSample } from '../ports/backend.port.js';
import type { Clock } from '../ports/platform.port.js';

/** The server's clock as this page knows it. */
export interface ServerClock {
  /** Epoch ms. The device's own time until the first answer came. */
  now(): Instant;
  /** ms that the device's clock is ahead of the server's; null before the first answer. */
  deviceAhead(): number | null;
}

export interface ObservingClock extends ServerClock {
  observe(sample: ClockSample): void;
  /** Whether the device slept, or its clock was changed, since the last sample: measure anew. */
  isDoubtful(): boolean;
}

interface Reading {
  readonly server: Instant;
  readonly monotonic: number;
  readonly wall: Instant;
  /** Half of the round trip: how far it can be off, in ms. */
  readonly error: number;
}

/** Answers slower than this say too little about the moment they were given in. */
const SLOWEST = 2_000;
/** Between the two clocks of the device, more than this means sleep or a changed clock. */
const JUMP = 2_000;
/** A reading gets worse as it ages: 50 ms a minute is a bad quartz. */
const AGEING = 50 / 60_000;

/**
 * Server time from the best reading so far, carried on by the monotonic clock. That one may stand still in sleep, so
 * where the wall clock got ahead of it the wall clock counts, until the next reading.
 */
export function createServerClock(clock: Clock): ObservingClock {
  let best: Reading | null = null;

  const elapsed = (since: Reading): { value: number; jumped: boolean } => {
    const monotonic = clock.monotonic() - since.monotonic;
    const ahead = clock.wall() - since.wall - monotonic;
    return { value: ahead > JUMP ? monotonic + ahead : monotonic, jumped: Math.abs(ahead) > JUMP };
  };

  return {
    now: () => (best === null ? clock.wall() : best.server + elapsed(best).value),
    deviceAhead: () => (best === null ? null : clock.wall() - (best.server + elapsed(best).value)),
    isDoubtful: () => best !== null && elapsed(best).jumped,
    observe({ serverTime, sentAt, receivedAt }) {
      const roundTrip = Math.max(0, receivedAt - sentAt);
      if (best !== null && roundTrip > SLOWEST) return;
      const age = clock.monotonic() - receivedAt;
      const reading: Reading = {
        server: serverTime + roundTrip / 2,
        monotonic: receivedAt,
        wall: clock.wall() - age,
        error: roundTrip / 2,
      };
      if (best === null) {
        best = reading;
        return;
      }
      const since = elapsed(best);
      const surprise = Math.abs(reading.server - (best.server + since.value)) > best.error + reading.error + JUMP;
      if (since.jumped || surprise || reading.error <= best.error + since.value * AGEING) best = reading;
    },
  };
}
