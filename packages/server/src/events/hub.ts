import type { ServerResponse } from 'node:http';
import type { SessionEvent } from '@active-session/core';
import type { Clock } from '../clock.js';
import { describeError, type Log } from '../log.js';
import type { EventRecord } from '../store/records.js';
import type { Store } from '../store/store.js';
import { clockFrame, eventFrame, eventIds, frame } from './frames.js';
import { createEventStream, type EventStream } from './stream.js';

const BATCH = 500;
const HEARTBEAT_SEATED = 2_000;
const HEARTBEAT = 20_000;
/** A tick that comes a little early must not double the time between two heartbeats. */
const TICK_SLACK = 500;
const STREAMS_PER_PERSON = 16;
/** How long a client waits before it reconnects, where it lets the server say. */
const RETRY = 'retry: 1000\n\n';

export interface PollAnswer {
  readonly events: readonly { id: string; event: SessionEvent }[];
  readonly cursor: string;
  /** Something may have been missed: read everything anew. */
  readonly reset?: true;
}

interface Since {
  readonly found: readonly EventRecord[] | undefined;
  readonly head: number;
}

export interface EventHub {
  /** An id that the stream can be started after by who reads the data from now on. */
  newest(): string | undefined;
  /** Streams to a person: what came after the id `after`, then what happens. */
  open(request: {
    person: string;
    expiresAt: number;
    after: string | undefined;
    response: ServerResponse;
  }): Promise<void>;
  poll(person: string, after: string | undefined): Promise<PollAnswer>;
  /** Something was committed: read it and tell it. */
  wake(): void;
  /** Whose streams are open. */
  people(): readonly string[];
  /** Ends the streams of these people, who may see nothing any more. */
  drop(people: readonly string[]): void;
  /** Heartbeats, denser for whom is seated in a session, and the end of streams whose token has ended. */
  tick(seated: ReadonlySet<string>): void;
  close(): void;
}

/** Reads the outbox in commit order and tells each event to the open streams of those who may see it. */
export function createEventHub({ store, clock, log }: { store: Store; clock: Clock; log: Log }): EventHub {
  const ids = eventIds(store.instance);
  const streams = new Map<string, Set<EventStream>>();
  let seated: ReadonlySet<string> = new Set();
  let told: number | undefined;
  let pumping: Promise<void> | undefined;
  let again = false;

  async function pump(): Promise<void> {
    told ??= (await store.read((view) => view.events.span())).head;
    do {
      again = false;
      const from: number = told;
      const events = await store.read((view) => view.events.after(from, BATCH));
      for (const event of events) tell(event);
      told = events.at(-1)?.seq ?? told;
      if (events.length === BATCH) again = true;
    } while (again);
  }

  function wake(): Promise<void> {
    again = true;
    pumping ??= pump()
      .catch((error: unknown) => log({ level: 'error', event: 'events.pump-failed', ...describeError(error) }))
      .finally(() => (pumping = undefined));
    return pumping;
  }

  function tell(event: EventRecord): void {
    const to = new Set([event.patient, event.provider]);
    let text: string | undefined;
    for (const person of to) {
      for (const stream of (person !== null && streams.get(person)) || []) {
        stream.deliver(event.seq, (text ??= eventFrame(event, ids)));
      }
    }
  }

  /** What `person` has not heard of after the id `after`, where that can be said; and the id up to which that is. */
  function since(person: string, after: string | undefined): Promise<Since> {
    return store.read(async (view) => {
      const { head, oldest } = await view.events.span();
      if (after === undefined) return { found: [], head };
      const seq = ids.seq(after);
      if (seq === undefined || seq > head || seq < oldest - 1) return { found: undefined, head };
      return { found: await view.events.after(seq, BATCH + 1, person), head };
    });
  }

  const everyFor = (person: string): number => (seated.has(person) ? HEARTBEAT_SEATED : HEARTBEAT);

  function add(stream: EventStream): () => void {
    const own = streams.get(stream.person) ?? new Set();
    streams.set(stream.person, own.add(stream));
    const [oldest] = own;
    if (own.size > STREAMS_PER_PERSON) oldest?.end();
    return () => {
      own.delete(stream);
      if (own.size === 0 && streams.get(stream.person) === own) streams.delete(stream.person);
    };
  }

  return {
    newest: () => (told === undefined ? undefined : ids.of(told)),

    async open({ person, expiresAt, after, response }) {
      if (told === undefined) await wake();
      const stream = createEventStream({ person, expiresAt, response }, () => clock.now());
      response.on('error', () => undefined);
      if (response.destroyed) return;
      response.once('close', add(stream));
      stream.write(RETRY);
      const { found, head } = await since(person, after);
      if (found === undefined || found.length > BATCH) stream.write(frame('reset', '{}', ids.of(head)));
      else await stream.replay(found.map((event) => eventFrame(event, ids)));
      // Last, so that its id stands for all that came before it.
      stream.every = everyFor(person);
      stream.write(clockFrame('hello', clock.now(), stream.every, ids.of(head)));
      stream.caughtUp(head);
    },

    async poll(person, after) {
      const { found, head } = await since(person, after);
      if (found === undefined || found.some(({ type }) => type === 'reset')) {
        return { events: [], cursor: ids.of(head), reset: true };
      }
      const page = found.slice(0, BATCH);
      const cursor = found.length > BATCH ? (page.at(-1)?.seq ?? head) : head;
      return {
        // Written by this server from typed events.
        events: page.map(({ seq, payload }) => ({ id: ids.of(seq), event: JSON.parse(payload) as SessionEvent })),
        cursor: ids.of(cursor),
      };
    },

    wake: () => void wake(),

    tick(nowSeated) {
      const now = clock.now();
      seated = nowSeated;
      for (const [person, own] of streams) {
        const every = everyFor(person);
        for (const stream of own) {
          if (now >= stream.expiresAt) stream.end();
          else if (stream.live && (stream.every !== every || Math.abs(now - stream.lastWrite) >= every - TICK_SLACK)) {
            stream.every = every;
            stream.write(clockFrame('heartbeat', now, every));
          }
        }
      }
    },

    people: () => [...streams.keys()],

    drop(people) {
      for (const person of people) for (const stream of streams.get(person) ?? []) stream.end();
    },

    close() {
      for (const own of streams.values()) for (const stream of own) stream.end();
    },
  };
}
