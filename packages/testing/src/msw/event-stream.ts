import { toIso } from '@active-session/core';
import type { EventFeed, MemoryBackend } from '../memory-backend.js';

/** ms between two signs of life. */
const HEARTBEAT = 20_000;

/** Server-sent events of one person, from after `after` on, until the reader goes or a script cuts them. */
export function eventStream(
  { clock, now }: MemoryBackend,
  feed: EventFeed,
  after: string | undefined,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  return new ReadableStream({
    start(controller) {
      let last: string;
      let beat: unknown;
      const write = (type: string, data: unknown, id?: string): void => {
        const named = id === undefined ? '' : `id: ${id}\n`;
        controller.enqueue(encoder.encode(`${named}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`));
      };
      const tell = (from: string | undefined): void => {
        const { events, cursor, reset } = feed.since(from);
        if (reset === true) write('reset', {}, cursor);
        for (const { id, event } of events) write(event.type, event, id);
        last = cursor;
      };
      const sayTime = (type: 'hello' | 'heartbeat'): void => {
        write(type, { serverTime: toIso(now()), every: HEARTBEAT }, last);
        beat = clock.setTimeout(() => {
          sayTime('heartbeat');
        }, HEARTBEAT);
      };
      const end = (): void => {
        stop();
        controller.close();
      };
      const unsubscribe = feed.subscribe((what) => {
        if (what === 'cut') end();
        else tell(last);
      });
      stop = () => {
        unsubscribe();
        clock.clearTimeout(beat);
        signal.removeEventListener('abort', end);
      };
      signal.addEventListener('abort', end, { once: true });
      tell(after);
      sayTime('hello');
    },
    cancel() {
      stop();
    },
  });
}
