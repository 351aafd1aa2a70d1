import { SessionError } from '@active-session/core';
import { createFrameReader, type Frame } from './frames.js';
import type { Http } from './http.js';
import { createSilence } from './silence.js';

/** ms; a stream whose greeting has not come after this is held back by something on the way. */
export const GREETING_WITHIN = 5_000;

export interface EventStreamOptions {
  readonly lastId: string | null;
  readonly onFrame: (frame: Frame) => void;
  readonly signal: AbortSignal;
  readonly greetingWithin: number;
}

/** One connection of server-sent events. */
export interface EventStream {
  /**
   * Resolves when it has ended: for how long (ms) something came through, null when nothing ever did.
   *
   * @throws SessionError when it could not be opened
   */
  readonly ended: Promise<number | null>;
  /** The page was away: a heartbeat must come soon, or the stream is dead. False where nothing comes through it, yet or any more. */
  readonly check: () => boolean;
}

/** One that this page holds itself. */
export interface OwnStream extends EventStream {
  /** Nothing has come for longer than a living stream is silent. */
  readonly isOverdue: () => boolean;
}

/**
 * Server-sent events by fetch, which can carry a token. The server greets at once (`hello`) and beats (`heartbeat`, with
 * its period in ms as `every`), because phones cut a connection without telling anybody.
 */
export function openEventStream(
  http: Http,
  { lastId, onFrame, signal, greetingWithin }: EventStreamOptions,
): OwnStream {
  const cut = new AbortController();
  let greetedAt: number | null = null;
  const silence = createSilence(() => {
    cut.abort();
  });
  const lived = (): number | null => (greetedAt === null ? null : performance.now() - greetedAt);

  const readText = createFrameReader((frame) => {
    greetedAt ??= performance.now();
    silence.heard(frame);
    onFrame(frame);
  });

  const read = async (): Promise<number | null> => {
    try {
      silence.expectWithin(greetingWithin);
      const response = await http.open('GET /events', {
        headers: { Accept: 'text/event-stream', ...(lastId === null ? {} : { 'Last-Event-ID': lastId }) },
        signal: AbortSignal.any([signal, cut.signal]),
      });
      const texts = textOf(response).getReader();
      for (;;) {
        const { done, value } = await texts.read();
        if (done) return lived();
        readText(value);
      }
    } catch (cause) {
      if (signal.aborted) throw new SessionError('aborted', 'The event stream was closed.', { cause });
      // Cut off by the watchdog, or broken on the way: the stream has ended, and that is all there is to say.
      if (cut.signal.aborted || greetedAt !== null) return lived();
      if (cause instanceof SessionError) throw cause;
      throw new SessionError('network', 'The event stream broke off before it began.', { cause });
    } finally {
      silence.stop();
      cut.abort();
    }
  };

  return {
    ended: read(),
    check: () => {
      if (greetedAt === null || cut.signal.aborted) return false;
      silence.expectWithin(Math.min(greetingWithin, silence.limit));
      return true;
    },
    isOverdue: () => silence.isOverdue,
  };
}

function textOf(response: Response): ReadableStream<string> {
  const type = response.headers.get('Content-Type') ?? '';
  if (response.body !== null && /^text\/event-stream\b/i.test(type)) {
    return response.body.pipeThrough(new TextDecoderStream());
  }
  // A backend that has no stream may answer who polls; a page of somebody's network is nobody's answer.
  const code = /json/i.test(type) ? 'not-supported' : 'network';
  throw new SessionError(code, 'GET /events was answered with no event stream.');
}
