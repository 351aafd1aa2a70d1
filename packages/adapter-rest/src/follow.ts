import { isRetryable, retryDelay, SessionError, toSessionError, type EventsConnection } from '@active-session/core';
import type { Http } from './http.js';
import type { Inbox } from './inbox.js';
import { pause } from './pause.js';
import type { Browser } from './shared/neighbours.js';
import type { Person } from './shared/person.js';
import { openSharedStream } from './shared/shared-stream.js';

/** Where a stream does not pass: so many polls, then the stream is tried once more; each time twice as many. */
const POLLS_BEFORE_STREAM = 30;
const MOST_POLLS = 240;
/** ms between two tries where none will help by itself. */
const HOPELESS = 60_000;

/** In ms. */
export interface EventsTiming {
  /** For how long the first reading may take before the stream starts without its id. */
  readonly startWithin: number;
  readonly greetingWithin: number;
  /** A stream that ended sooner than this is opened again after growing waits. */
  readonly settlesAfter: number;
  readonly pollEvery: number;
}

export interface Follower {
  readonly http: Http;
  readonly inbox: Inbox;
  readonly show: (state: EventsConnection, error?: SessionError) => void;
  readonly signal: AbortSignal;
  readonly random: () => number;
  readonly timing: EventsTiming;
  /** Who may share a stream with other tabs, and by what; null: each tab is by itself. */
  readonly person: Person;
  readonly browser: Browser | null;
  /** What is to be done when the page comes back. */
  readonly onWake: (wake: () => void) => void;
}

/** Goes on until the signal is aborted, or until it turns out that there is neither a stream nor an answer to polls. */
export async function follow(follower: Follower): Promise<void> {
  const { inbox, show, signal, random, timing } = follower;
  let failures = 0;
  let pollsLeft = 0;
  let patience = POLLS_BEFORE_STREAM;
  const turnToPolls = (): void => {
    pollsLeft = patience;
    patience = Math.min(patience * 2, MOST_POLLS);
  };

  while (!signal.aborted) {
    const turn = new AbortController();
    const until = AbortSignal.any([signal, turn.signal]);
    follower.onWake(() => {
      turn.abort();
    });
    try {
      if (pollsLeft > 0) {
        await poll(follower, until);
        // After a failure it was the network that was away, and nothing that holds streams back.
        pollsLeft = failures > 0 ? 0 : pollsLeft - 1;
        failures = 0;
        if (pollsLeft > 0) await pause(timing.pollEvery, until);
        continue;
      }
      const lived = await stream(follower, turn, until);
      if (lived === null) {
        turnToPolls();
        continue;
      }
      patience = POLLS_BEFORE_STREAM;
      if (lived >= timing.settlesAfter) failures = 0;
      show('connecting');
      await pause(retryDelay(failures, random()), until);
    } catch (thrown) {
      const error = toSessionError(thrown);
      if (error.code === 'aborted') continue;
      if (error.code === 'not-supported') {
        if (pollsLeft > 0) return;
        turnToPolls();
        continue;
      }
      if (error.code === 'invalid' && inbox.lastId !== null) {
        inbox.forget();
        continue;
      }
      pollsLeft = 0;
      patience = POLLS_BEFORE_STREAM;
      show('down', error);
      await pause(retryDelay(failures, random(), isRetryable(error) ? error.retryAfter : HOPELESS), until);
    }
    failures += 1;
  }
}

/** One stream until it ends, as `EventStream.ended`. When the page comes back, one that has not begun is given up. */
function stream(
  { http, inbox, show, timing, person, browser, onWake }: Follower,
  turn: AbortController,
  signal: AbortSignal,
): Promise<number | null> {
  const connection = openSharedStream({
    http,
    browser,
    person,
    lastId: () => inbox.lastId,
    recentIds: () => inbox.recentIds,
    signal,
    greetingWithin: timing.greetingWithin,
    onFrame: ({ type, id, data }) => {
      if (type === 'hello') {
        inbox.reach(id);
        show('live');
      } else if (type === 'heartbeat') {
        inbox.reach(id);
      } else if (type === 'reset') {
        inbox.reset(id);
      } else {
        inbox.take(id, parseJson(data));
      }
    },
  });
  onWake(() => {
    if (!connection.check()) turn.abort();
  });
  return connection.ended;
}

async function poll({ http, inbox, show, timing }: Follower, signal: AbortSignal): Promise<void> {
  const { lastId } = inbox;
  const query = { after: lastId ?? undefined };
  const answer = await http.json('GET /events', { query, signal, timeout: timing.greetingWithin });
  if (!isPoll(answer)) throw new SessionError('malformed', 'GET /events was answered with no list of events.');
  if (answer.reset === true || lastId === null) inbox.reset(answer.cursor);
  for (const { id, event } of answer.events) inbox.take(id, event);
  inbox.reach(answer.cursor);
  show('polling');
}

interface Poll {
  readonly events: readonly { readonly id: string; readonly event?: unknown }[];
  readonly cursor: string;
  readonly reset?: unknown;
}

/** As far as it must be so to go on; each event is looked at by itself. */
function isPoll(answer: unknown): answer is Poll {
  if (typeof answer !== 'object' || answer === null || !('events' in answer) || !('cursor' in answer)) return false;
  const { events, cursor } = answer;
  return (
    typeof cursor === 'string' &&
    Array.isArray(events) &&
    events.every(
      (item: unknown) => typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string',
    )
  );
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}
