import type { ServerResponse } from 'node:http';
import type { SessionEvent } from '@active-session/core';
import type { Clock } from '../clock.js';
import { describeError, type Log } from '../log.js';
import type { EventRecord } from '../store/records.js';
import type { EventsTable, Store, StoreView } from '../store/store.js';
import { clockFrame, eventFrame, eventIds, frame } from './frames.js';
import { createEventStream, type EventStream, type Missed } from './stream.js';

const BATCH = 500;
const HEARTBEAT_SEATED = 2_000;
const HEARTBEAT = 20_000;
/** A tick that comes a little early must not double the time between two heartbeats. */
const TICK_SLACK = 500;
const STREAMS_PER_PERSON = 16;
/** How long a client waits before it reconnects, where it lets the server say. */
const RETRY = 'retry: 1000\n\n';

type Span = Awaited<ReturnType<EventsTable['span']>>;

export interface PollAnswer {
  readonly events: readonly { id: string; event: SessionEvent }[];
  readonly cursor: string;
  /** Something may have been missed: read everything anew. */
  readonly reset?: true;
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
  /** The same, as soon as they have been told what was committed until now. */
  dismiss(person: string): void;
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
    for (const person of new Set([event.patient, event.provider, event.guest ?? null])) {
      for (const stream of (person !== null && streams.get(person)) || []) stream.deliver(event);
    }
  }

  /** Where somebody goes on who knows everything up to the id `after`; `isLost` where that can't be said. */
  function placeOf({ head, oldest }: Span, after: string | undefined): { seq: number; isLost: boolean } {
    const seq = after === undefined ? head : ids.seq(after);
    const isLost = seq === undefined || seq > head || seq < oldest - 1;
    return { seq: isLost ? head : seq, isLost };
  }

  /** What `person` has not heard of. What another process commits during the look is left to the next one. */
  async function missed(
    { events }: StoreView,
    person: string,
    seq: number,
    limit: number,
    head: number,
  ): Promise<Missed> {
    const found = await events.after(seq, limit + 1, person);
    const known = found.filter((event) => event.seq <= head);
    return { events: known.slice(0, limit), isMore: known.length > limit, head };
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
      const stream = createEventStream({
        person,
        expiresAt,
        response,
        now: () => clock.now(),
        frameOf: (event) => eventFrame(event, ids),
        missedAfter: (seq, limit) =>
          store.read(async (view) => missed(view, person, seq, limit, (await view.events.span()).head)),
        failed(error) {
          log({ level: 'error', event: 'events.follow-failed', ...describeError(error) });
          response.destroy();
        },
      });
      response.on('error', () => undefined);
      if (response.destroyed) return;
      response.once('close', add(stream));
      stream.write(RETRY);
      const { seq, isLost } = await store.read(async (view) => {
        const span = await view.events.span();
        const place = placeOf(span, after);
        const isFar = await view.events.exceeds(place.seq, BATCH, person);
        return isFar ? { seq: span.head, isLost: true } : place;
      });
      if (isLost) stream.write(frame('reset', '{}', ids.of(seq)));
      // The greeting comes last, so that its id stands for all that came before it.
      await stream.follow(seq, (head) => {
        stream.every = everyFor(person);
        return clockFrame('hello', clock.now(), stream.every, ids.of(head));
      });
    },

    poll(person, after) {
      return store.read(async (view) => {
        const span = await view.events.span();
        const { seq, isLost } = placeOf(span, after);
        const { events, isMore, head } = await missed(view, person, seq, BATCH, span.head);
        if (isLost || events.some(({ type }) => type === 'reset')) {
          return { events: [], cursor: ids.of(span.head), reset: true };
        }
        return {
          // Written by this server from typed events.
          events: events.map((event) => ({ id: ids.of(event.seq), event: JSON.parse(event.payload) as SessionEvent })),
          cursor: ids.of(isMore ? (events.at(-1)?.seq ?? head) : head),
        };
      });
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

    dismiss(person) {
      const end = (): void => {
        for (const stream of streams.get(person) ?? []) stream.end();
      };
      // A round that is under way may have read before that was committed; it reads again then.
      void wake().then(end);
    },

    close() {
      for (const own of streams.values()) for (const stream of own) stream.end();
    },
  };
}
