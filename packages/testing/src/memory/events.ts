import { SessionError, type EventMessage, type EventsPort } from '@active-session/core';
import type { State } from './state.js';

/** The event streams of all persons. */
export interface MemoryEvents {
  port(person: string): EventsPort;
  /** Tells everybody what they have not been told yet. */
  deliver(): void;
  disconnect(person: string): void;
  /** Goes on where it stopped, or, with `reset`, without what was missed. */
  reconnect(person: string, options?: { reset?: boolean }): void;
}

interface Stream {
  readonly person: string;
  readonly listener: (message: EventMessage) => void;
  position: number;
  scheduled: boolean;
}

export function createEvents(state: State): MemoryEvents {
  const streams = new Set<Stream>();
  const cut = new Set<string>();

  const drain = (stream: Stream): void => {
    stream.scheduled = false;
    const log = state.log.get(stream.person) ?? [];
    while (streams.has(stream) && !cut.has(stream.person)) {
      const next = log[stream.position];
      if (next === undefined) return;
      stream.position += 1;
      stream.listener({ type: 'event', event: next.event });
    }
  };
  /** Never inside of the request that made the event: over a network the two are apart. */
  const schedule = (stream: Stream): void => {
    if (stream.scheduled) return;
    stream.scheduled = true;
    void Promise.resolve().then(() => {
      drain(stream);
    });
  };
  const tellAll = (person: string, message: EventMessage): void => {
    for (const stream of [...streams]) if (stream.person === person) stream.listener(message);
  };

  return {
    port: (person) => ({
      subscribe(listener, { signal }) {
        if (signal.aborted) return;
        const position = state.log.get(person)?.length ?? 0;
        const stream: Stream = { person, listener, position, scheduled: false };
        streams.add(stream);
        signal.addEventListener('abort', () => void streams.delete(stream), { once: true });
        void Promise.resolve().then(() => {
          if (streams.has(stream) && !cut.has(person)) listener({ type: 'connection', state: 'live' });
          drain(stream);
        });
      },
    }),
    deliver() {
      for (const stream of streams) schedule(stream);
    },
    disconnect(person) {
      if (cut.has(person)) return;
      cut.add(person);
      const error = new SessionError('network', 'The event stream was cut.');
      tellAll(person, { type: 'connection', state: 'down', error });
    },
    reconnect(person, { reset = false } = {}) {
      if (!cut.delete(person)) return;
      tellAll(person, { type: 'connection', state: 'live' });
      for (const stream of [...streams]) {
        if (stream.person !== person) continue;
        if (reset) {
          stream.position = state.log.get(person)?.length ?? 0;
          stream.listener({ type: 'reset' });
        }
        schedule(stream);
      }
    },
  };
}
