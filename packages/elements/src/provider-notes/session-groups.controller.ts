import type { JudgedBooking, SessionClient, SessionView } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Snapshot } from '../shared/snapshot.controller.js';

/** So many sessions are read at a time, because each is a request. */
const BATCH = 6;

export interface SessionGroup {
  readonly key: string;
  readonly judged: JudgedBooking;
  readonly session: SessionView;
}

/**
 * The notes of many sessions, the latest first: some are read at once, more when their reader comes near the end, and all
 * of them when something asks for all. They show in their order, so what is on the page is never pushed down.
 */
export class SessionGroups implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #followed = new Map<string, Snapshot<SessionView>>();
  readonly #observer: IntersectionObserver;
  #wanted: readonly JudgedBooking[] = [];
  #end: Element | null = null;
  #isNear = true;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#observer = new IntersectionObserver(this.#onNear, { rootMargin: '100%' });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#end = null;
  }

  /** Those that have notes, or whose notes could not be read; none after one that is still being read. */
  get shown(): readonly SessionGroup[] {
    const groups: SessionGroup[] = [];
    for (const judged of this.#wanted) {
      const key = keyOf(judged);
      const session = this.#followed.get(key)?.value;
      if (session === undefined || isLoading(session)) break;
      if (session.notes.notes.length > 0 || session.notes.state === 'failed') groups.push({ key, judged, session });
    }
    return groups;
  }

  get total(): number {
    return this.#wanted.length;
  }

  /** How many have been read. */
  get known(): number {
    return [...this.#followed.values()].filter(({ value }) => !isLoading(value)).length;
  }

  get isComplete(): boolean {
    return this.known >= this.total;
  }

  /** Follows these sessions, some at a time; `all`: until every one of them is here. */
  follow(client: SessionClient | undefined, wanted: readonly JudgedBooking[], all: boolean): void {
    this.#wanted = wanted;
    const ids = new Set(wanted.map(keyOf));
    for (const key of [...this.#followed.keys()]) if (!ids.has(key)) this.#drop(key);
    for (const judged of wanted) this.#followed.get(keyOf(judged))?.follow(client?.session(judged.booking.id));
    const isIdle = (): boolean => this.known === this.#followed.size;
    if (isIdle() && (all || this.#isNear || this.#followed.size === 0)) this.#followMore(client, all);
    // What is known already needs no waiting for.
    while (all && isIdle() && !this.isComplete) this.#followMore(client, all);
  }

  /** Where the list ends for now, or null where it is whole. */
  watchEnd(end: Element | null): void {
    if (end === this.#end) return;
    if (this.#end !== null) this.#observer.unobserve(this.#end);
    this.#end = end;
    if (end !== null) this.#observer.observe(end);
  }

  #followMore(client: SessionClient | undefined, all: boolean): void {
    const more = this.#wanted.filter((judged) => !this.#followed.has(keyOf(judged))).slice(0, BATCH);
    for (const judged of more) {
      const snapshot = new Snapshot<SessionView>(this.#host);
      snapshot.follow(client?.session(judged.booking.id));
      this.#followed.set(keyOf(judged), snapshot);
    }
    // Whether the end is still near is known once these show.
    if (more.length === 0 || all) return;
    this.#isNear = false;
    const end = this.#end;
    this.watchEnd(null);
    this.watchEnd(end);
  }

  #drop(key: string): void {
    const snapshot = this.#followed.get(key);
    snapshot?.follow(undefined);
    if (snapshot !== undefined) this.#host.removeController(snapshot);
    this.#followed.delete(key);
  }

  readonly #onNear = (entries: readonly IntersectionObserverEntry[]): void => {
    const isNear = entries.at(-1)?.isIntersecting ?? false;
    if (isNear && !this.#isNear) this.#host.requestUpdate();
    this.#isNear = isNear;
  };
}

function keyOf({ booking }: JudgedBooking): string {
  return String(booking.id);
}

function isLoading(view: SessionView | undefined): boolean {
  return view === undefined || view.state === 'loading' || view.notes.state === 'loading';
}
