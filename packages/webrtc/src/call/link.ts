import type { Party, RemoteMedia, VideoState } from '@active-session/core';
import type { Opening, Outgoing } from '../outgoing.js';
import { follow } from './attempt.js';
import type { Attempt } from './attempt.js';
import type { CallMessage } from './call-message.js';
import type { IncomingCall, Line, PeerCall } from './engine.js';
import {
  answerWithin,
  callEvery,
  callsAtOnce,
  reachableAt,
  redialAfter,
  roundsBeforeRebuild,
  roundTime,
  shouldDial,
} from './link.rules.js';
import type { Route } from './link.rules.js';
import type { Wire } from './wire.js';

/** What is known about the way to one other party. */
export interface LinkView {
  readonly party: Party;
  readonly dials: boolean;
  /** They, or this person, are not let in yet: a way may be made, and nothing may flow. */
  readonly held: boolean;
  readonly line: Line;
  /** Null where the backend has no channel of its own: then a connection is not mended, but built anew. */
  readonly wire: Wire | null;
  /** Servers and policy of the present ticket. */
  readonly configuration: RTCConfiguration;
}

/**
 * The connection with one other party, over all attempts. A path that broke is mended where it is; a new connection is
 * made beside the one in use, and then takes over.
 */
export interface Link {
  readonly state: Exclude<VideoState, 'closed'>;
  /** The connection in use, once a way was there. */
  readonly live: Attempt | null;
  readonly theirId: string | null;
  /** Whether it is this side that dials. */
  readonly dials: boolean;
  readonly remote: Omit<RemoteMedia, 'seat'> | null;
  /** Frames decoded over connections that were replaced. */
  readonly framesBefore: number;
  /** All over which this person is sent now. */
  readonly connections: readonly RTCPeerConnection[];
  update(view: LinkView): void;
  /** They call. The caller's id has been checked. */
  accept(call: IncomingCall): void;
  /** The server could not reach them under this id. */
  unavailable(theirId: string): void;
  /** Whether it is about a connection of this link. */
  hear(message: CallMessage): boolean;
  sync(): void;
  close(): void;
}

interface Made {
  readonly attempt: Attempt;
  /** Between which registrations it was made, or was last known to stand. */
  route: Route;
}

/** ms for which the replaced connection still runs, so that the other side can swap in its own time. */
const overlap = 1_000;

export interface LinkEvents {
  readonly onChange: () => void;
  /** The other side has opened a channel that is not expected. */
  readonly onStranger: () => void;
}

export function createLink(outgoing: Outgoing, first: LinkView, { onChange, onStranger }: LinkEvents): Link {
  let view = first;
  let live: Made | null = null;
  let pending: Made | null = null;
  let failures = 0;
  let framesBefore = 0;
  let redial: ReturnType<typeof setTimeout> | undefined;
  let rounds = 0;
  let round: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  /** When their last calls were answered, oldest first. */
  let answered: readonly number[] = [];
  const replaced = new Map<Attempt, ReturnType<typeof setTimeout>>();

  const now = (theirId: string): Route => ({ theirId, line: view.line });
  const send = (message: CallMessage) => view.wire?.send(view.party.seat, message);

  /** Null where the line is not open, or the browser makes no more connections for now. */
  const make = (theirId: string, start: (opening: Opening) => PeerCall | null, wait?: number): Made | null => {
    const opening = outgoing.opening(view.held);
    try {
      const call = start(opening);
      if (!call) return null;
      const attempt = follow(call, {
        outgoing,
        held: view.held,
        offers: view.dials,
        ...(wait !== undefined && { answerWithin: wait }),
        send,
        onHeard: () => heard(call.id),
        onChange: settle,
        onStranger,
      });
      return { attempt, route: now(theirId) };
    } catch {
      return null;
    } finally {
      opening.release();
    }
  };

  const takeOver = (next: Made) => {
    const old = live?.attempt;
    live = next;
    pending = null;
    failures = 0;
    stopMending();
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

  const drop = (made: Made | null) => {
    made?.attempt.close();
    return null;
  };

  const fail = () => {
    pending = drop(pending);
    failures++;
    clearTimeout(redial);
    redial = setTimeout(() => {
      redial = undefined;
      settle();
    }, redialAfter(failures));
  };

  const stopMending = () => {
    rounds = 0;
    clearTimeout(round);
    round = undefined;
  };

  /** The other side has this connection, wherever it can be dialled by now. */
  const heard = (call: string) => {
    const theirId = reachableAt(view.party);
    if (live?.attempt.id !== call || theirId === null) return;
    live.route = now(theirId);
    if (!isBroken(live.attempt)) stopMending();
  };

  /** Asks after the connection in use where something about it has changed, and for a new path where nothing arrives. */
  const mend = ({ attempt, route }: Made, theirId: string) => {
    const isSame = route.theirId === theirId && route.line === view.line;
    if (!isBroken(attempt) && isSame) {
      stopMending();
      return;
    }
    if (round !== undefined || !view.wire?.open || rounds > roundsBeforeRebuild) return;
    rounds++;
    round = setTimeout(() => {
      round = undefined;
      settle();
    }, roundTime);
    if (!isBroken(attempt)) {
      send({ type: 'still', call: attempt.id });
      return;
    }
    view.wire.check();
    attempt.restart(view.configuration);
  };

  const canMend = () => view.wire !== null && rounds <= roundsBeforeRebuild;

  /** Brings the attempts into line with what is known. */
  function settle() {
    if (closed) return;
    if (pending && (view.held ? pending.attempt.joined : pending.attempt.media === 'connected')) takeOver(pending);
    else if (pending?.attempt.over) fail();
    const theirId = reachableAt(view.party);
    if (theirId === null) {
      pending = drop(pending);
      if (live?.attempt.over) live = drop(live);
    } else {
      if (live && !live.attempt.over && canMend()) mend(live, theirId);
      dialWhereDue(theirId);
    }
    onChange();
  }

  function dialWhereDue(theirId: string) {
    const facts = {
      dials: view.dials,
      theirId,
      line: view.line.open ? view.line : null,
      live: routeOf(live, theirId),
      pending: pending && pending.route,
    };
    if (redial !== undefined || !shouldDial(facts)) return;
    pending = drop(pending);
    const { line, configuration } = view;
    pending = make(
      theirId,
      (opening) => line.dial({ peerId: theirId, configuration }, opening),
      answerWithin(failures),
    );
    if (!pending) fail();
  }

  /** One that is mended leads wherever they are now; without a channel, only to where it was made. Null: it is given up. */
  const routeOf = (made: Made | null, theirId: string) => {
    if (made === null || made.attempt.over) return null;
    if (canMend()) return now(theirId);
    return view.wire === null ? made.route : null;
  };

  const state = () => {
    if (view.held) return 'waiting';
    if (live) return stateOf(live.attempt);
    return reachableAt(view.party) === null ? 'waiting' : 'connecting';
  };

  return {
    get state() {
      return state();
    },
    get live() {
      return live?.attempt ?? null;
    },
    get theirId() {
      return reachableAt(view.party);
    },
    get dials() {
      return view.dials;
    },
    get remote() {
      return live && !view.held ? { stream: live.attempt.remote, state: stateOf(live.attempt) } : null;
    },
    get framesBefore() {
      return framesBefore;
    },
    get connections() {
      return live && !view.held && !live.attempt.over ? [live.attempt.pc] : [];
    },
    update(next) {
      const moved = next.line !== view.line || reachableAt(next.party) !== reachableAt(view.party);
      const released = view.held && !next.held;
      const widened = isNarrow(view.configuration) && !isNarrow(next.configuration);
      view = next;
      if (moved) {
        failures = 0;
        clearTimeout(redial);
        redial = undefined;
        // A new chance for the connection that is there, but not for ever.
        rounds = Math.min(rounds, 1);
        clearTimeout(round);
        round = undefined;
      }
      [live, pending].forEach((made) => made?.attempt.hold(next.held));
      // Who is let in may be reached the short way.
      if (released && widened) live?.attempt.restart(next.configuration);
      settle();
    },
    accept(call) {
      const calledAt = performance.now();
      answered = answered.filter((at) => calledAt - at < callsAtOnce * callEvery);
      if (answered.length >= callsAtOnce) {
        call.drop();
        onStranger();
        return;
      }
      answered = [...answered, calledAt];
      pending = drop(pending);
      pending = make(call.peerId, (opening) => call.answer(opening, view.configuration));
      settle();
    },
    unavailable(theirId) {
      if (pending?.route.theirId !== theirId || !pending.attempt.unanswered) return;
      fail();
      onChange();
    },
    hear(message) {
      if (message.type === 'hello') {
        clearTimeout(round);
        round = undefined;
        if (pending?.attempt.unanswered) fail();
        settle();
        return true;
      }
      const made = [live, pending].find((each) => each?.attempt.id === message.call);
      made?.attempt.hear(message);
      return made !== undefined && made !== null;
    },
    sync() {
      [live?.attempt, pending?.attempt, ...replaced.keys()].forEach((each) => each?.sync());
    },
    close() {
      closed = true;
      clearTimeout(redial);
      clearTimeout(round);
      replaced.forEach((timer, attempt) => {
        clearTimeout(timer);
        attempt.close();
      });
      live = drop(live);
      pending = drop(pending);
    },
  };
}

function isNarrow({ iceTransportPolicy }: RTCConfiguration): boolean {
  return iceTransportPolicy === 'relay';
}

/** Nothing arrives, or a new path was offered and never answered: such a connection hangs between two paths. */
function isBroken({ media, unanswered }: Attempt): boolean {
  // A way that is there and has brought nothing yet is one with who is not let in, or was a moment ago.
  return media === 'interrupted' || media === 'failed' || unanswered;
}

/** Who hung up is not lost: the backend says that they left, usually before their silence could be noticed. */
function stateOf({ media }: Attempt): RemoteMedia['state'] {
  return media === 'failed' ? 'interrupted' : media;
}
