import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Notices that the end of a list comes near the view, and once more each time that the list has grown. */
export class NearEnd implements ReactiveController {
  readonly #onNear: () => void;
  #observer: IntersectionObserver | undefined;
  #end: Element | null = null;
  #length = -1;

  constructor(host: ReactiveControllerHost, onNear: () => void) {
    this.#onNear = onNear;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#end = null;
  }

  /** Where the list ends for now, or null where it is whole. */
  watch(end: Element | null, length: number): void {
    if (end === this.#end && length === this.#length) return;
    if (this.#end !== null) this.#observer?.unobserve(this.#end);
    this.#end = end;
    this.#length = length;
    if (end === null) return;
    this.#observer ??= new IntersectionObserver(this.#onSeen, { rootMargin: '100%' });
    this.#observer.observe(end);
  }

  readonly #onSeen = (entries: readonly IntersectionObserverEntry[]): void => {
    if (entries.at(-1)?.isIntersecting === true) this.#onNear();
  };
}
