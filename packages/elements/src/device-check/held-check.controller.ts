import type { DeviceChecker } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Which elements show a check now. */
const showing = new WeakMap<DeviceChecker, Set<object>>();

/**
 * A camera stays on only while somebody sees why: when the last element that shows a check has left the page, or is not
 * displayed any more, the devices are let go. One that is only moved comes back in the same task, and nothing happens.
 */
export class HeldCheck implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #sizes: ResizeObserver;
  #check: DeviceChecker | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#sizes = new ResizeObserver(() => {
      if (host.isConnected && host.getClientRects().length === 0) this.#check?.stop();
    });
    host.addController(this);
  }

  /** What the host shows from now on; null for nothing. */
  hold(check: DeviceChecker | null): void {
    if (check === this.#check) return;
    if (this.#check !== null) this.#leave(this.#check);
    this.#check = check;
    if (check !== null && this.#host.isConnected) this.#enter(check);
  }

  hostConnected(): void {
    this.#sizes.observe(this.#host);
    if (this.#check !== null) this.#enter(this.#check);
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
    if (this.#check !== null) this.#leave(this.#check);
  }

  #enter(check: DeviceChecker): void {
    const elements = showing.get(check) ?? new Set();
    showing.set(check, elements.add(this));
  }

  #leave(check: DeviceChecker): void {
    showing.get(check)?.delete(this);
    afterTask(() => {
      if ((showing.get(check)?.size ?? 0) === 0) check.stop();
    });
  }
}

/** Soon, and in a background tab too, where timers wait for a second or a minute. */
function afterTask(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(null);
}
