import { SessionError, type EventMessage, type EventsConnection, type EventsPort } from '@active-session/core';
import { GREETING_WITHIN } from './event-stream.js';
import { follow, type EventsTiming, type Follower } from './follow.js';
import type { Http } from './http.js';
import { createInbox } from './inbox.js';
import { pause } from './pause.js';
import { browserHere, type Browser } from './shared/neighbours.js';
import { createPerson } from './shared/person.js';

const TIMING: EventsTiming = {
  startWithin: 2_000,
  greetingWithin: GREETING_WITHIN,
  settlesAfter: 5_000,
  pollEvery: 2_000,
};

export interface Events {
  readonly port: EventsPort;
  /** The id that a first reading was taken at: the stream starts after it, so that nothing falls between. */
  readonly startAfter: (id: string) => void;
  /** The backend says that it has no events; it is not asked for any. */
  readonly notOffered: () => void;
  /** Whose events these are; tabs of the same one may share a stream. Null: it can't be said. */
  readonly signedIn: (person: string | null) => void;
}

/** All that is new for one person: a stream that reconnects with the last id, or polling where a stream can't pass. */
export function createEvents(
  http: Http,
  random: () => number,
  timing: EventsTiming = TIMING,
  browser: Browser | null = browserHere(),
): Events {
  const person = createPerson();
  const missing = new AbortController();
  const wakers = new Set<() => void>();
  let firstId: string | null = null;
  let start: () => void = () => undefined;
  const firstReading = new Promise<void>((resolve) => {
    start = resolve;
  });

  const subscribe = async (listener: (message: EventMessage) => void, signal: AbortSignal): Promise<void> => {
    let state: EventsConnection = 'connecting';
    const emit = (message: EventMessage): void => {
      if (!signal.aborted) listener(message);
    };
    const show: Follower['show'] = (next, error) => {
      if (next !== state || error !== undefined) {
        emit({ type: 'connection', state: next, ...(error === undefined ? {} : { error }) });
      }
      state = next;
    };
    let wake = (): void => undefined;
    const waker = (): void => {
      wake();
    };
    wakers.add(waker);
    const until = AbortSignal.any([signal, missing.signal]);
    await Promise.race([firstReading, pause(timing.startWithin, until)]);
    const inbox = createInbox(firstId, emit);
    // From the beginning to the end, because a page may be put away between two streams.
    const unwatch = browser?.page.watch(() => undefined);
    const onWake = (next: () => void): void => {
      wake = next;
    };
    await follow({ http, inbox, show, signal: until, random, timing, person, browser, onWake });
    unwatch?.();
    wakers.delete(waker);
    show('down', new SessionError('not-supported', 'This backend has no events to follow.'));
  };

  return {
    startAfter(id) {
      firstId ??= id;
      start();
    },
    notOffered() {
      missing.abort();
    },
    signedIn(name) {
      person.set(name);
    },
    port: {
      subscribe(listener, { signal }) {
        void subscribe(listener, signal);
      },
      wake() {
        for (const wake of [...wakers]) wake();
      },
    },
  };
}
