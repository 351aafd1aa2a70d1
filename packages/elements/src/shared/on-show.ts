import { sameId, type BookingId, type SessionClient } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface Place {
  readonly host: HTMLElement;
  readonly id: BookingId;
}

type Listener = () => void;

/** Which sessions one can see on this page, of one client: nobody needs to be led to what stands before them. */
class Places {
  readonly #places = new Map<object, Place>();
  readonly #listeners = new Set<Listener>();

  /** The element that shows this session, if one does. */
  of(id: BookingId): HTMLElement | undefined {
    return [...this.#places.values()].find((place) => sameId(place.id, id))?.host;
  }

  put(key: object, place: Place | null): void {
    const before = this.#places.get(key);
    if (place === null) {
      if (!this.#places.delete(key)) return;
    } else {
      if (before !== undefined && sameId(before.id, place.id)) return;
      this.#places.set(key, place);
    }
    for (const listener of [...this.#listeners]) listener();
  }

  subscribe(listener: Listener): { unsubscribe(): void } {
    this.#listeners.add(listener);
    return { unsubscribe: () => void this.#listeners.delete(listener) };
  }
}

const byClient = new WeakMap<SessionClient, Places>();

export function placesOf(client: SessionClient): Places {
  const places = byClient.get(client) ?? new Places();
  byClient.set(client, places);
  return places;
}

/** Makes known which session its host shows, while the host takes up room on the page. A hidden tab panel takes none. */
export class OnShow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #shown: () => { client: SessionClient | undefined; id: BookingId | null };
  #sizes: ResizeObserver | undefined;
  #places: Places | undefined;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    shown: () => { client: SessionClient | undefined; id: BookingId | null },
  ) {
    this.#host = host;
    this.#shown = shown;
    host.addController(this);
  }

  hostConnected(): void {
    this.#sizes ??= new ResizeObserver(() => {
      this.#tell();
    });
    this.#sizes.observe(this.#host);
  }

  hostUpdated(): void {
    this.#tell();
  }

  hostDisconnected(): void {
    this.#sizes?.disconnect();
    this.#places?.put(this, null);
    this.#places = undefined;
  }

  #tell(): void {
    const { client, id } = this.#shown();
    const places = client === undefined ? undefined : placesOf(client);
    if (places !== this.#places) this.#places?.put(this, null);
    this.#places = places;
    const isSeen = this.#host.isConnected && this.#host.getClientRects().length > 0;
    places?.put(this, id !== null && isSeen ? { host: this.#host, id } : null);
  }
}
