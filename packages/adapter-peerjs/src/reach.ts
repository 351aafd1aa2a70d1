import type { SessionError } from '@active-session/core';
import type { MediaConnection } from 'peerjs';
import { openLine } from './line.js';
import type { Line } from './line.js';
import type { CompletePeerOptions } from './peer-options.js';

export interface ReachEvents {
  onOpen(): void;
  onLost(error: SessionError): void;
  onCall(call: MediaConnection): void;
  onUnavailable(peerId: string): void;
}

/** Where this side can be reached now: one line after the other. Events are those of the newest. */
export interface Reach {
  readonly line: Line;
  move(peerId: string, options: CompletePeerOptions): void;
  close(): void;
}

export function createReach(peerId: string, options: CompletePeerOptions, events: ReachEvents): Reach {
  const former = new Set<Line>();

  // The server may take a seat that has no socket for gone, so a line is kept until the next one is open or lost.
  const closeFormer = () => {
    former.forEach((line) => line.close());
    former.clear();
  };

  const open = (id: string, lineOptions: CompletePeerOptions): Line => {
    const own: Line = openLine(id, lineOptions, {
      onOpen() {
        if (own !== current) return;
        closeFormer();
        events.onOpen();
      },
      onLost(error) {
        if (own !== current) return;
        closeFormer();
        events.onLost(error);
      },
      onCall(call) {
        if (own === current) events.onCall(call);
        else call.close();
      },
      onUnavailable: (theirId) => events.onUnavailable(theirId),
    });
    return own;
  };

  let current = open(peerId, options);

  return {
    get line() {
      return current;
    },
    move(nextId, nextOptions) {
      former.add(current);
      current = open(nextId, nextOptions);
    },
    close() {
      closeFormer();
      current.close();
    },
  };
}
