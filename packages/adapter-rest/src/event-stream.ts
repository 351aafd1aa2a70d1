import { SessionError } from '@active-session/core';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Http } from './http.js';

/** ms; a stream whose greeting has not come after this is held back by something on the way. */
export const GREETING_WITHIN = 5_000;
/** Missing heartbeats, in periods, after which the stream is taken for dead. */
const SILENCE = 2.5;
const HEARTBEAT = 20_000;

export interface Frame {
  readonly type: string;
  readonly id: string | undefined;
  readonly data: string;
}

export interface EventStreamOptions {
  readonly lastId: string | null;
  readonly onFrame: (frame: Frame) => void;
  readonly signal: AbortSignal;
  readonly greetingWithin: number;
}

/** One connection of server-sent events. */
export interface EventStream {
  /** Resolves when it has ended: whether anything ever came through. @throws SessionError when it could not be opened */
  readonly ended: Promise<boolean>;
  /** The page was away: a heartbeat must come soon, or the stream is dead. */
  readonly check: () => void;
}

/**
 * Server-sent events by fetch, which can carry a token. The server greets at once (`hello`) and beats (`heartbeat`, with
 * its period in ms as `every`), because phones cut a connection without telling anybody.
 */
export function openEventStream(
  http: Http,
  { lastId, onFrame, signal, greetingWithin }: EventStreamOptions,
): EventStream {
  const cut = new AbortController();
  let period = HEARTBEAT;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expectWithin = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      cut.abort();
    }, ms);
  };

  const read = async (): Promise<boolean> => {
    let greeted = false;
    try {
      expectWithin(greetingWithin);
      const response = await http.open({
        path: '/events',
        headers: { Accept: 'text/event-stream', ...(lastId === null ? {} : { 'Last-Event-ID': lastId }) },
        signal: AbortSignal.any([signal, cut.signal]),
      });
      const frames = framesOf(response).getReader();
      for (;;) {
        const { done, value } = await frames.read();
        if (done) return greeted;
        greeted = true;
        const frame = { type: value.event ?? 'message', id: value.id, data: value.data };
        if (frame.type === 'hello' || frame.type === 'heartbeat') period = periodOf(frame.data) ?? period;
        expectWithin(period * SILENCE);
        onFrame(frame);
      }
    } catch (error) {
      // Cut off by the watchdog, or broken on the way: the stream has ended, and that is all there is to say.
      if (cut.signal.aborted || (greeted && !(error instanceof SessionError))) return greeted;
      throw error;
    } finally {
      clearTimeout(timer);
      cut.abort();
    }
  };

  return {
    ended: read(),
    check: () => {
      if (!cut.signal.aborted) expectWithin(Math.min(greetingWithin, period * SILENCE));
    },
  };
}

function framesOf(
  response: Response,
): ReadableStream<{ event?: string | undefined; id?: string | undefined; data: string }> {
  if (response.body === null || !/^text\/event-stream\b/i.test(response.headers.get('Content-Type') ?? '')) {
    throw new SessionError('not-supported', 'GET /events is no event stream.');
  }
  return response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
}

function periodOf(data: string): number | undefined {
  try {
    const { every } = JSON.parse(data) as { every?: unknown };
    return typeof every === 'number' && every > 0 ? every : undefined;
  } catch {
    return undefined;
  }
}
