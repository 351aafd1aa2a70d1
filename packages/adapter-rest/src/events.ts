import {
  retryDelay,
  SESSION_EVENT_TYPES,
  sessionEventSchema,
  toSessionError,
  type EventMessage,
  type EventsPort,
} from '@active-session/core';
import { GREETING_WITHIN, openEventStream, type Frame } from './event-stream.js';
import type { Http } from './http.js';

/** In ms. */
export interface EventsTiming {
  /** For how long the first reading may take before the stream starts without its id. */
  readonly startWithin: number;
  readonly greetingWithin: number;
  readonly pollEvery: number;
}

const TIMING: EventsTiming = { startWithin: 2_000, greetingWithin: GREETING_WITHIN, pollEvery: 2_000 };
/** Where a stream does not pass: so many polls, then the stream is tried once more. */
const POLLS_BEFORE_STREAM = 30;

export interface Events {
  readonly port: EventsPort;
  /** The id that a first reading was taken at: the stream starts after it, so that nothing falls between. */
  readonly startAfter: (id: string) => void;
}

/** All that is new for one person: a stream that reconnects with the last id, or polling where a stream can't pass. */
export function createEvents(http: Http, random: () => number, timing: EventsTiming = TIMING): Events {
  let lastId: string | null = null;
  let start: () => void = () => undefined;
  const firstReading = new Promise<void>((resolve) => {
    start = resolve;
  });
  let onWake: () => void = () => undefined;

  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      signal.addEventListener('abort', finish, { once: true });
      onWake = finish;
    });

  const take = ({ type, id, data }: Frame, emit: (message: EventMessage) => void): void => {
    const isNew = lastId === null;
    if (type === 'hello') {
      // Nobody told at which event the first reading was taken, so something may have fallen between.
      if (isNew) emit({ type: 'reset' });
      emit({ type: 'connection', state: 'live' });
    } else if (type === 'reset') {
      emit({ type: 'reset' });
    } else if (type !== 'heartbeat' && id !== lastId) {
      tell(parseJson(data), emit);
    }
    if (id !== undefined && id !== '') lastId = id;
  };

  const stream = async (emit: (message: EventMessage) => void, signal: AbortSignal): Promise<boolean> => {
    const connection = openEventStream(http, {
      lastId,
      signal,
      greetingWithin: timing.greetingWithin,
      onFrame: (frame) => {
        take(frame, emit);
      },
    });
    onWake = connection.check;
    return await connection.ended;
  };

  const poll = async (emit: (message: EventMessage) => void, signal: AbortSignal): Promise<void> => {
    const answer = await http.json({ path: '/events', query: { after: lastId ?? undefined }, signal });
    const { events, cursor, reset } = answer as { events?: unknown; cursor?: unknown; reset?: unknown };
    if (reset === true || lastId === null) emit({ type: 'reset' });
    if (Array.isArray(events)) for (const { event } of events as { event?: unknown }[]) tell(event, emit);
    if (typeof cursor === 'string') lastId = cursor;
    emit({ type: 'connection', state: 'polling' });
  };

  const run = async (emit: (message: EventMessage) => void, signal: AbortSignal): Promise<void> => {
    await Promise.race([firstReading, pause(timing.startWithin, signal)]);
    let failures = 0;
    let pollsLeft = 0;
    while (!signal.aborted) {
      try {
        if (pollsLeft > 0) {
          await poll(emit, signal);
          pollsLeft -= 1;
          await pause(timing.pollEvery, signal);
        } else if (await stream(emit, signal)) {
          emit({ type: 'connection', state: 'connecting' });
          await pause(retryDelay(0, random()), signal);
        } else {
          pollsLeft = POLLS_BEFORE_STREAM;
        }
        failures = 0;
      } catch (thrown) {
        const error = toSessionError(thrown);
        if (error.code === 'not-supported' && pollsLeft === 0) {
          pollsLeft = POLLS_BEFORE_STREAM;
          continue;
        }
        if (error.code !== 'aborted') emit({ type: 'connection', state: 'down', error });
        await pause(retryDelay(failures, random(), error.retryAfter), signal);
        failures += 1;
      }
    }
  };

  return {
    startAfter(id) {
      lastId ??= id;
      start();
    },
    port: {
      subscribe(listener, { signal }) {
        void run((message) => {
          if (!signal.aborted) listener(message);
        }, signal);
      },
      wake: () => {
        onWake();
      },
    },
  };
}

/** One that is known but can't be read may have been important: read everything anew rather than miss it. */
function tell(value: unknown, emit: (message: EventMessage) => void): void {
  const parsed = sessionEventSchema.safeParse(value);
  if (parsed.success) {
    emit({ type: 'event', event: parsed.data });
    return;
  }
  const type = (value as { type?: unknown } | null | undefined)?.type;
  if (typeof type !== 'string' || SESSION_EVENT_TYPES.includes(type)) emit({ type: 'reset' });
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}
