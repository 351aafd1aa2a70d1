import type { SessionClient } from '@active-session/core';
import { ContextEvent } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { clientContext } from './client-context.js';

/** How long to wait for somebody to hand over a client before saying that nobody does, in ms. */
const PATIENCE = 1_000;

type Host = ReactiveControllerHost & HTMLElement & { client: SessionClient | undefined };

/**
 * Where an element has its client from: its own property, else whoever answers the context request above it. A scope
 * that is upgraded after the elements below it announces itself, and they ask again.
 */
export class ClientSource implements ReactiveController {
  /** Whether nobody has answered for so long that the page's author should hear of it. */
  unanswered = false;
  readonly #host: Host;
  #given: SessionClient | undefined;
  #unsubscribe: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get current(): SessionClient | undefined {
    return this.#host.client ?? this.#given;
  }

  hostConnected(): void {
    document.addEventListener('context-provider', this.#ask);
    this.#ask();
    this.#timer = setTimeout(() => {
      this.unanswered = true;
      this.#host.requestUpdate();
    }, PATIENCE);
  }

  hostDisconnected(): void {
    document.removeEventListener('context-provider', this.#ask);
    clearTimeout(this.#timer);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#given = undefined;
    this.unanswered = false;
  }

  readonly #ask = (): void => {
    if (this.#host.client !== undefined) return;
    this.#host.dispatchEvent(new ContextEvent(clientContext, this.#host, this.#take, true));
  };

  readonly #take = (client: SessionClient | undefined, unsubscribe?: () => void): void => {
    if (unsubscribe !== this.#unsubscribe) this.#unsubscribe?.();
    this.#unsubscribe = unsubscribe;
    if (this.#given === client) return;
    this.#given = client;
    this.#host.requestUpdate();
  };
}
