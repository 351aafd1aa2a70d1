import type { BookingId } from '../booking/booking.schema.js';
import type { Platform } from '../ports/platform.port.js';

/** Which tab of this browser speaks for a person's seat, and under which name it asks the backend. */
export interface SeatHolding {
  /**
   * Until `signal` is aborted; `onLost` is called when another tab takes it over.
   *
   * @returns the holder to ask as; null: another tab of this browser is in the session, and `takeOver` is not set
   */
  hold(
    bookingId: BookingId,
    options: { takeOver: boolean; onLost: () => void; signal: AbortSignal },
  ): Promise<string | null>;
}

const KEY = 'seat-holder';

/**
 * The browser's lock says that no other tab is in the session. So whatever seat the backend has given under the name
 * that is kept in storage is that of a page that is gone, reloaded or crashed, and the next page has it at once by asking
 * under the same name. Who takes over asks under a new one, so that nothing of the former tab passes for theirs. Where a
 * browser has no locks each page is by itself, and the backend alone tells them apart.
 */
export function createSeatHolding(
  { seats, storage }: Pick<Platform, 'seats' | 'storage'>,
  newId: () => string,
): SeatHolding {
  const page = newId();
  let own = page;
  const keep = (): Promise<void> => storage.set(KEY, new TextEncoder().encode(own)).catch(() => undefined);
  const kept = async (): Promise<string | null> => {
    const bytes = await storage.get(KEY).catch(() => undefined);
    return bytes === undefined || bytes.length === 0 ? null : new TextDecoder().decode(bytes);
  };

  return {
    async hold(bookingId, { takeOver, onLost, signal }) {
      try {
        const release = await seats.hold(`seat/${bookingId}`, { steal: takeOver, onLost, signal });
        if (release === null) return null;
      } catch (error) {
        if (signal.aborted) throw error;
        return page;
      }
      own = takeOver ? newId() : ((await kept()) ?? own);
      await keep();
      return own;
    },
  };
}
