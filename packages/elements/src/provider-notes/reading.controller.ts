import type { ProviderNote } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Unread } from './unread.js';

/** How long a note is in view before it counts as read, in ms. */
const MOMENT = 1_000;
/** For how long it must be still what is in view before it is told, in ms: nothing blinks while one scrolls. */
const STILL = 100;
/** Of a note that is higher than what it scrolls in, this much in view is enough, in px. */
const ENOUGH = 160;

/** A note that was not seen yet, where it stands. */
export interface UnreadPlace {
  readonly node: Element;
  readonly note: ProviderNote;
  readonly unread: Unread;
}

/** Notices what its reader sees: a note that is in view for a moment, on a page that one can see, is read. */
export class Reading implements ReactiveController {
  readonly #listeners = new Set<() => void>();
  readonly #places = new Map<Element, UnreadPlace>();
  readonly #timers = new Map<Element, ReturnType<typeof setTimeout>>();
  readonly #inView = new Map<Element, boolean>();
  #observer: IntersectionObserver | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** The notes that are not in view, in their order; none before it is known where they are. */
  get elsewhere(): readonly UnreadPlace[] {
    return [...this.#places.values()].filter(({ node }) => this.#inView.get(node) === false);
  }

  /** Called when other notes than before are not in view. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#observer?.disconnect();
    clearTimeout(this.#telling);
    this.#telling = undefined;
    for (const node of [...this.#places.keys()]) this.#drop(node);
  }

  /** Watches these and no others from now on. */
  follow(places: readonly UnreadPlace[]): void {
    const nodes = new Set(places.map(({ node }) => node));
    for (const node of [...this.#places.keys()]) {
      if (nodes.has(node)) continue;
      this.#observer?.unobserve(node);
      this.#drop(node);
    }
    for (const place of places) {
      const isWatched = this.#places.has(place.node);
      this.#places.set(place.node, place);
      if (isWatched) continue;
      this.#observer ??= new IntersectionObserver(this.#onSeen, { threshold: [0, 0.25, 0.5, 0.75, 1] });
      this.#observer.observe(place.node);
    }
  }

  #drop(node: Element): void {
    clearTimeout(this.#timers.get(node));
    this.#timers.delete(node);
    this.#inView.delete(node);
    this.#places.delete(node);
  }

  /** Begins, or stops, to count the moment. */
  #time(node: Element): void {
    const counts = this.#inView.get(node) === true && !document.hidden;
    if (counts && !this.#timers.has(node)) {
      this.#timers.set(
        node,
        setTimeout(() => this.#read(node), MOMENT),
      );
    }
    if (counts) return;
    clearTimeout(this.#timers.get(node));
    this.#timers.delete(node);
  }

  #read(node: Element): void {
    const place = this.#places.get(node);
    this.#timers.delete(node);
    place?.unread.read([place.note]);
  }

  readonly #onSeen = (entries: readonly IntersectionObserverEntry[]): void => {
    const before = this.elsewhere.length;
    for (const { target, isIntersecting, intersectionRatio, intersectionRect } of entries) {
      if (!this.#places.has(target)) continue;
      this.#inView.set(target, isIntersecting && (intersectionRatio >= 0.5 || intersectionRect.height >= ENOUGH));
      this.#time(target);
    }
    if (this.elsewhere.length === before && this.#telling === undefined) return;
    clearTimeout(this.#telling);
    this.#telling = setTimeout(this.#tell, STILL);
  };

  readonly #tell = (): void => {
    this.#telling = undefined;
    for (const listener of [...this.#listeners]) listener();
  };

  readonly #onVisibility = (): void => {
    for (const node of this.#places.keys()) this.#time(node);
  };
}
