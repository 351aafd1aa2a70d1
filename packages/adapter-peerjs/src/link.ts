import type { Party, VideoState } from '@active-session/core';
import type { Outgoing } from '@active-session/webrtc';
import type { MediaConnection } from 'peerjs';
import { answer, dial } from './attempt.js';
import type { Attempt } from './attempt.js';
import type { Line } from './line.js';
import { answerWithin, reachableAt, redialAfter, shouldDial } from './link.rules.js';

/** What is known about the way to one other party. */
export interface LinkView {
  readonly party: Party;
  readonly dials: boolean;
  readonly line: Line;
}

/** The connection with one other party, over all attempts: a new one is made beside the one in use, and then takes over. */
export interface Link {
  readonly state: Exclude<VideoState, 'closed'>;
  /** The connection in use, from its first media on. */
  readonly live: Attempt | null;
  readonly theirId: string | null;
  /** Whether it is this side that dials. */
  readonly dials: boolean;
  /** Frames decoded over connections that were replaced. */
  readonly framesBefore: number;
  update(view: LinkView): void;
  /** They call. The caller's id has been checked. */
  accept(call: MediaConnection): void;
  /** The server could not reach them under this id. */
  unavailable(theirId: string): void;
  sync(): void;
  close(): void;
}

/** ms for which the replaced connection still runs, so that the other side can swap in its own time. */
const overlap = 1_000;

/** Null where the browser makes no more connections for now. */
function attempt(make: () => Attempt | null): Attempt | null {
  try {
    return make();
  } catch {
    return null;
  }
}

export function createLink(outgoing: Outgoing, first: LinkView, onChange: () => void): Link {
  let view = first;
  let live: Attempt | null = null;
  let pending: Attempt | null = null;
  let failures = 0;
  let framesBefore = 0;
  let redial: ReturnType<typeof setTimeout> | undefined;
  const replaced = new Map<Attempt, ReturnType<typeof setTimeout>>();

  const options = (theirId: string) => ({ line: view.line, theirId, outgoing, onChange: settle });

  const takeOver = (next: Attempt) => {
    const old = live;
    live = next;
    pending = null;
    failures = 0;
    if (!old) return;
    void old.stats().then(
      ({ framesDecoded }) => (framesBefore += framesDecoded),
      () => undefined,
    );
    replaced.set(
      old,
      setTimeout(() => {
        old.close();
        replaced.delete(old);
      }, overlap),
    );
  };

  const fail = () => {
    pending?.close();
    pending = null;
    failures++;
    clearTimeout(redial);
    redial = setTimeout(() => {
      redial = undefined;
      settle();
    }, redialAfter(failures));
  };

  /** Brings the attempts into line with what is known. */
  function settle() {
    if (pending?.media === 'connected') takeOver(pending);
    else if (pending?.over) fail();
    const theirId = reachableAt(view.party);
    if (live?.over && theirId === null) {
      live.close();
      live = null;
    }
    if (theirId === null) {
      pending?.close();
      pending = null;
    }
    const facts = {
      dials: view.dials,
      theirId,
      line: view.line.open ? view.line : null,
      live: live?.over ? null : live,
      pending,
    };
    if (redial === undefined && theirId !== null && shouldDial(facts)) {
      pending?.close();
      pending = attempt(() => dial({ ...options(theirId), answerWithin: answerWithin(failures) }));
      if (!pending) fail();
    }
    onChange();
  }

  const state = () => {
    if (live) return live.media === 'connected' ? 'connected' : 'interrupted';
    return reachableAt(view.party) === null ? 'waiting' : 'connecting';
  };

  return {
    get state() {
      return state();
    },
    get live() {
      return live;
    },
    get theirId() {
      return reachableAt(view.party);
    },
    get dials() {
      return view.dials;
    },
    get framesBefore() {
      return framesBefore;
    },
    update(next) {
      const moved = next.line !== view.line || reachableAt(next.party) !== reachableAt(view.party);
      view = next;
      if (moved) {
        failures = 0;
        clearTimeout(redial);
        redial = undefined;
      }
      settle();
    },
    accept(call) {
      pending?.close();
      pending = attempt(() => answer(call, options(call.peer)));
      settle();
    },
    unavailable(theirId) {
      if (pending?.theirId !== theirId || !pending.unanswered) return;
      fail();
      onChange();
    },
    sync() {
      [live, pending, ...replaced.keys()].forEach((each) => each?.sync());
    },
    close() {
      clearTimeout(redial);
      replaced.forEach((timer, old) => {
        clearTimeout(timer);
        old.close();
      });
      replaced.clear();
      live?.close();
      pending?.close();
      live = pending = null;
    },
  };
}
