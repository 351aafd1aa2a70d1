import { SessionError, type EventMessage, type EventsPort, type SessionEvent } from '@active-session/core';
import type { State } from './state.js';

/** What a person may be told, with ids: what a server makes a stream of. */
export interface EventFeed {
  /** The id that a stream can start after, for who reads everything from now on. */
  newest(): string;
  /** What happened after an id; from now on where none is given. `reset`: that can not be said any more. */
  since(after: string | undefined): EventsSince;
  /** `news`: there may be something; `cut`: a script cut the streams of this person. */
  subscribe(listener: (what: 'news' | 'cut') => void): () => void;
  readonly isCut: boolean;
}

export interface EventsSince {
  readonly events: readonly { readonly id: string; readonly event: SessionEvent }[];
  readonly cursor: string;
  readonly reset?: true;
}

/** The event streams of all persons. */
export interface MemoryEvents {
  port(person: string): EventsPort;
  feed(person: string): EventFeed;
  /** Tells everybody what they have not been told yet. */
  deliver(): void;
  disconnect(person: string): void;
  /** Goes on where it stopped, or, with `reset`, without what was missed. */
  reconnect(person: string, options?: { reset?: boolean }): void;
}

interface Stream {
  readonly person: string;
  readonly listener: (message: EventMessage) => void;
  /** Id of the last event that was told. */
  last: number;
  scheduled: boolean;
}

export function createEvents(state: State): MemoryEvents {
  const streams = new Set<Stream>();
  const feeds = new Map<string, Set<(what: 'news' | 'cut') => void>>();
  const cut = new Set<string>();
  /** Up to which id nothing can be told again, for whom something was lost. */
  const lost = new Map<string, number>();

  const drain = (stream: Stream): void => {
    stream.scheduled = false;
    while (streams.has(stream) && !cut.has(stream.person)) {
      const next = state.log.get(stream.person)?.find(({ id }) => id > stream.last);
      if (next === undefined) return;
      stream.last = next.id;
      stream.listener({ type: 'event', event: next.event });
    }
  };
  /** A guest whose link is void hears what happened until then, and nothing more. */
  const dismiss = (stream: Stream): void => {
    if (!isDismissed(state, stream.person) || !streams.delete(stream)) return;
    const error = new SessionError('forbidden', 'This link is not good any more.');
    stream.listener({ type: 'connection', state: 'down', error });
  };
  /** Never inside of the request that made the event: over a network the two are apart. */
  const schedule = (stream: Stream): void => {
    if (stream.scheduled) return;
    stream.scheduled = true;
    void Promise.resolve().then(() => {
      drain(stream);
      dismiss(stream);
    });
  };
  const tellAll = (person: string, message: EventMessage): void => {
    for (const stream of [...streams]) if (stream.person === person) stream.listener(message);
  };
  const tellFeeds = (what: 'news' | 'cut', person: string): void => {
    for (const listener of [...(feeds.get(person) ?? [])]) listener(what);
  };

  return {
    port: (person) => ({
      subscribe(listener, { signal }) {
        if (signal.aborted) return;
        if (state.options.offers?.includes('followEvents') === false) {
          const error = new SessionError('not-supported', 'This backend has no events.');
          void Promise.resolve().then(() => {
            listener({ type: 'connection', state: 'down', error });
          });
          return;
        }
        const stream: Stream = { person, listener, last: state.newestEvent(), scheduled: false };
        streams.add(stream);
        signal.addEventListener('abort', () => void streams.delete(stream), { once: true });
        void Promise.resolve().then(() => {
          if (streams.has(stream) && !cut.has(person)) listener({ type: 'connection', state: 'live' });
          drain(stream);
        });
      },
    }),
    feed: (person) => ({
      newest: () => String(state.newestEvent()),
      since(after) {
        const newest = state.newestEvent();
        const cursor = String(newest);
        if (after === undefined) return { events: [], cursor };
        const id = /^\d{1,15}$/.test(after) ? Number(after) : NaN;
        if (!(id <= newest && id >= (lost.get(person) ?? 0))) return { events: [], cursor, reset: true };
        const found = (state.log.get(person) ?? []).filter((logged) => logged.id > id);
        return { events: found.map((logged) => ({ id: String(logged.id), event: logged.event })), cursor };
      },
      subscribe(listener) {
        const own = feeds.get(person) ?? new Set();
        feeds.set(person, own.add(listener));
        return () => void own.delete(listener);
      },
      get isCut() {
        return cut.has(person);
      },
    }),
    deliver() {
      for (const stream of streams) schedule(stream);
      void Promise.resolve().then(() => {
        for (const person of feeds.keys()) {
          tellFeeds('news', person);
          if (isDismissed(state, person)) tellFeeds('cut', person);
        }
      });
    },
    disconnect(person) {
      if (cut.has(person)) return;
      cut.add(person);
      tellFeeds('cut', person);
      const error = new SessionError('network', 'The event stream was cut.');
      tellAll(person, { type: 'connection', state: 'down', error });
    },
    reconnect(person, { reset = false } = {}) {
      if (!cut.delete(person)) return;
      if (reset) lost.set(person, state.newestEvent());
      tellAll(person, { type: 'connection', state: 'live' });
      for (const stream of [...streams]) {
        if (stream.person !== person) continue;
        if (reset) {
          stream.last = state.newestEvent();
          stream.listener({ type: 'reset' });
        }
        schedule(stream);
      }
    },
  };
}

function isDismissed({ links }: State, person: string): boolean {
  return [...links.values()].some(({ id, isRemoved }) => id === person && isRemoved);
}
