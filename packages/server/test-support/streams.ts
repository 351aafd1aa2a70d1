import type { EventData } from './body.js';

export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: EventData;
}

export interface TestStream {
  readonly response: Response;
  next(): Promise<StreamEvent>;
  /** The next that is of this type, past others. */
  nextOf(type: string): Promise<StreamEvent>;
  close(): void;
}

/** Reads server-sent events. */
export async function openStream(url: string, token: string, lastEventId?: string): Promise<TestStream> {
  const abort = new AbortController();
  const response = await fetch(`${url}/events`, {
    headers: {
      Authorization: `Bearer ${token}`,
      Accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
    },
    signal: abort.signal,
  });
  if (response.body === null) throw new Error('No stream came back.');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  const stream: TestStream = {
    response,
    async next() {
      for (;;) {
        const end = buffer.indexOf('\n\n');
        if (end >= 0) {
          const text = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1];
          if (field('event') === undefined) continue;
          return { id: field('id'), event: field('event'), data: JSON.parse(field('data') ?? 'null') as EventData };
        }
        const { done, value } = await reader.read();
        if (done) throw new Error('The stream has ended.');
        buffer += value;
      }
    },
    async nextOf(type) {
      for (;;) {
        const event = await stream.next();
        if (event.event === type) return event;
      }
    },
    close: () => abort.abort(),
  };
  return stream;
}
