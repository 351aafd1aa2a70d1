const PING_EVERY = 2_000;
const SILENT_FOR = 5_000;
const CHECK_WITHIN = 1_500;
/** A timer that is later than this was held back, by a page that slept: what arrived meanwhile may not be read yet. */
const LATE_BY = 1_000;
/** A timer and the clock may disagree by so much. */
const TOLERANCE = 50;

export interface Heartbeat {
  /** Something came in. */
  heard(message: { readonly type: string }): void;
  /** Asks at once, and waits for the answer no longer than 1.5 s. */
  check(): void;
  stop(): void;
}

export interface HeartbeatOptions {
  readonly ping: () => void;
  /** Nothing comes any more. */
  readonly lost: () => void;
  /** Monotonic ms. */
  readonly now: () => number;
}

/**
 * Finds out that a channel carries nothing any more, long before its socket does. Who has never answered a ping is not
 * judged: a backend need not know them.
 */
export function createHeartbeat({ ping, lost, now }: HeartbeatOptions): Heartbeat {
  let isKnown = false;
  /** When the first ping went out since something was heard. */
  let askedAt: number | null = null;
  let deadline: { readonly at: number; readonly timer: ReturnType<typeof setTimeout> } | null = null;

  const ask = (): void => {
    askedAt ??= now();
    ping();
  };
  const disarm = (): void => {
    if (deadline !== null) clearTimeout(deadline.timer);
    deadline = null;
  };
  /** Nothing heard until then, and it is lost; an earlier end stays. */
  const expectWithin = (ms: number): void => {
    const at = now() + ms;
    if (deadline !== null && deadline.at <= at) return;
    disarm();
    deadline = { at, timer: setTimeout(judge, ms, ms) };
  };
  const judge = (within: number): void => {
    const isLate = deadline !== null && now() - deadline.at > LATE_BY;
    const hadTime = askedAt !== null && now() - askedAt >= CHECK_WITHIN - TOLERANCE;
    deadline = null;
    if (hadTime && !isLate) {
      lost();
      return;
    }
    askedAt = null;
    ask();
    expectWithin(within);
  };

  const beat = setInterval(ask, PING_EVERY);
  ask();
  return {
    heard({ type }) {
      isKnown ||= type === 'pong';
      askedAt = null;
      disarm();
      if (isKnown) expectWithin(SILENT_FOR);
    },
    check() {
      ask();
      if (isKnown) expectWithin(CHECK_WITHIN);
    },
    stop() {
      clearInterval(beat);
      disarm();
    },
  };
}
