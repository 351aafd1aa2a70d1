import type { EventMessage, EventsConnection } from '@active-session/core';
import { createEvents, type Events } from '../events.js';
import type { EventsTiming } from '../follow.js';
import { createHttp } from '../http.js';
import type { Browser } from '../shared/neighbours.js';
import { createTokenSource } from '../tokens.js';

/** Waits that a test can wait for; what they are in life is tested on a simulated clock. */
export const SOON: EventsTiming = { startWithin: 20, greetingWithin: 300, settlesAfter: 0, pollEvery: 1 };

/** A listener of events, and what it has heard. */
export interface Following extends Events {
  readonly heard: readonly EventMessage[];
  /** What the notes say that came, in order. */
  readonly notes: () => string[];
  /** `live`, `polling` …; an event that stands for all data is `reset`. */
  readonly states: () => string[];
  readonly until: (done: () => boolean) => Promise<void>;
  readonly untilState: (state: EventsConnection) => Promise<void>;
  readonly stop: () => void;
}

export interface FollowingOptions {
  readonly url: string;
  readonly timing?: EventsTiming | undefined;
  readonly fetch?: typeof globalThis.fetch;
  /** The id that a first reading was taken at. */
  readonly after?: string;
  readonly random?: () => number;
  /** What its tabs know of each other by; left out: nothing. */
  readonly browser?: Browser;
}

export function followEvents({
  url,
  timing,
  fetch = globalThis.fetch,
  after,
  random = () => 0,
  browser,
}: FollowingOptions): Following {
  const stop = new AbortController();
  const heard: EventMessage[] = [];
  const checks = new Set<() => void>();
  const http = createHttp({
    endpoint: url,
    tokens: createTokenSource(undefined),
    fetch,
    monotonic: () => performance.now(),
    onSample: () => undefined,
    onEventId: () => undefined,
  });
  const events = createEvents(http, random, timing, browser ?? null);
  if (after !== undefined) events.startAfter(after);
  events.port.subscribe(
    (message) => {
      heard.push(message);
      for (const check of [...checks]) check();
    },
    { signal: stop.signal },
  );
  const until = (done: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!done()) return;
        checks.delete(check);
        resolve();
      };
      checks.add(check);
      check();
    });
  return {
    ...events,
    heard,
    notes: () =>
      heard.flatMap((message) =>
        message.type === 'event' && message.event.type === 'note.added' ? [message.event.note.content] : [],
      ),
    states: () =>
      heard.flatMap((message) =>
        message.type === 'connection' ? [message.state] : message.type === 'reset' ? ['reset'] : [],
      ),
    until,
    untilState: (state) =>
      until(() => heard.some((message) => message.type === 'connection' && message.state === state)),
    stop: () => {
      stop.abort();
    },
  };
}
