import type { Ticket } from '@active-session/core';
import type { Station, StationEvents } from './station.js';

/** Where this side can be reached now: one station after the other. Events are those of the newest. */
export interface Reach {
  readonly station: Station;
  /** @throws SessionError `video-unconfigured` */
  move(ticket: Ticket): void;
  close(): void;
}

/** @throws SessionError `video-unconfigured` */
export function createReach(
  first: Ticket,
  open: (ticket: Ticket, events: StationEvents) => Station,
  events: StationEvents,
): Reach {
  const former = new Set<Station>();
  let serial = 0;

  // The server may take a seat that has no socket for gone, so a station is kept until the next one is open or lost.
  const closeFormer = () => {
    former.forEach((station) => station.close());
    former.clear();
  };

  const openNext = (ticket: Ticket): Station => {
    const own = ++serial;
    const ifNewest =
      <Told extends unknown[]>(tell: (...told: Told) => void, otherwise?: (...told: Told) => void) =>
      (...told: Told) =>
        own === serial ? tell(...told) : otherwise?.(...told);
    return open(ticket, {
      onOpen: ifNewest(() => {
        if (current.open) closeFormer();
        events.onOpen();
      }),
      onLost: ifNewest((error) => {
        closeFormer();
        events.onLost(error);
      }),
      onCall: ifNewest(events.onCall, (call) => call.drop()),
      // What was sent to the former one is still true.
      onMessage: events.onMessage,
      onUnavailable: events.onUnavailable,
      onStranger: events.onStranger,
    });
  };

  let current = openNext(first);

  return {
    get station() {
      return current;
    },
    move(ticket) {
      const before = current;
      current = openNext(ticket);
      former.add(before);
    },
    close() {
      closeFormer();
      current.close();
    },
  };
}
