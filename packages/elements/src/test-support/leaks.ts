/* eslint-disable @typescript-eslint/unbound-method -- methods of prototypes are replaced, called with their own `this`, and put back */
import { nextFrame } from '@open-wc/testing';
import type { Readable } from '@active-session/core';

/** What is still held by something that outlives an element. */
export interface Held {
  /** Listeners on the document, the window and whatever is not in the page. */
  readonly listeners: readonly string[];
  readonly timers: number;
  /** Observers that still observe something. */
  readonly observers: number;
}

interface Listening {
  readonly target: EventTarget;
  readonly type: string;
  readonly listener: EventListenerOrEventListenerObject;
  readonly capture: boolean;
  readonly signal: AbortSignal | undefined;
  isOver: boolean;
}

type Undo = () => void;

/**
 * Does the work and gives what it left behind: nothing, if all that it put into the page was taken out again. It counts
 * what is begun while the work runs, so the work unmounts what it mounts.
 */
export async function heldAfter(work: () => Promise<void>): Promise<Held> {
  const listening: Listening[] = [];
  const timers = new Set<unknown>();
  const observers = new Map<object, Set<Node>>();
  const undo = [watchListeners(listening), watchTimers(timers), ...watchObservers(observers)];
  try {
    await work();
    // What goes away with the last render of an element goes away now.
    await nextFrame();
    await nextFrame();
  } finally {
    for (const step of undo) step();
  }
  return {
    listeners: listening.filter((one) => !one.isOver && one.signal?.aborted !== true).map(({ type }) => type),
    timers: timers.size,
    observers: [...observers.values()].filter(({ size }) => size > 0).length,
  };
}

/** Counts who watches a client, or a session of it. */
export function countWatchers(source: Readable<unknown>): () => number {
  const subscribe = source.subscribe.bind(source);
  let count = 0;
  const counted: typeof source.subscribe = (listener) => {
    const subscription = subscribe(listener);
    let isOver = false;
    count += 1;
    return {
      unsubscribe() {
        subscription.unsubscribe();
        if (!isOver) count -= 1;
        isOver = true;
      },
    };
  };
  Object.assign(source, { subscribe: counted });
  return () => count;
}

/** An element goes with its own listeners; those on what stays are a leak. */
function outlives(target: EventTarget): boolean {
  return !(target instanceof Node) || [document, document.documentElement, document.body].includes(target as never);
}

function watchListeners(listening: Listening[]): Undo {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    addEventListener.call(target, type, listener, options);
    const { capture, signal, once } = typeof options === 'object' ? options : { capture: options };
    if (listener === null || !outlives(target)) return;
    const same = (one: Listening): boolean => isSame(one, { target, type, listener, capture: capture === true });
    if (listening.some((one) => !one.isOver && same(one))) return;
    const one: Listening = { target, type, listener, capture: capture === true, signal, isOver: false };
    listening.push(one);
    if (once === true) addEventListener.call(target, type, () => (one.isOver = true), { once: true });
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    removeEventListener.call(target, type, listener, options);
    const capture = typeof options === 'object' ? options.capture === true : options === true;
    for (const one of listening) if (isSame(one, { target, type, listener, capture })) one.isOver = true;
  };
  return () => Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
}

function isSame(
  one: Listening,
  other: Pick<Listening, 'target' | 'type' | 'capture'> & { listener: Listening['listener'] | null },
): boolean {
  return (
    one.target === other.target &&
    one.type === other.type &&
    one.listener === other.listener &&
    one.capture === other.capture
  );
}

function watchTimers(timers: Set<unknown>): Undo {
  const before = { setTimeout, clearTimeout, setInterval, clearInterval, requestAnimationFrame, cancelAnimationFrame };
  const clear =
    (name: 'clearTimeout' | 'clearInterval' | 'cancelAnimationFrame') =>
    (handle: number): void => {
      timers.delete(handle);
      before[name].call(window, handle);
    };
  const once =
    (start: (run: (...args: unknown[]) => void, ms?: number) => unknown) =>
    (callback: (...args: unknown[]) => void, ms?: number, ...rest: unknown[]): unknown => {
      const handle = start((...args) => {
        timers.delete(handle);
        callback(...(rest.length > 0 ? rest : args));
      }, ms);
      timers.add(handle);
      return handle;
    };
  Object.assign(window, {
    setTimeout: once(before.setTimeout.bind(window)),
    requestAnimationFrame: once(before.requestAnimationFrame.bind(window)),
    setInterval(callback: () => void, ms?: number): unknown {
      const handle = before.setInterval.call(window, callback, ms);
      timers.add(handle);
      return handle;
    },
    clearTimeout: clear('clearTimeout'),
    clearInterval: clear('clearInterval'),
    cancelAnimationFrame: clear('cancelAnimationFrame'),
  });
  return () => Object.assign(window, before);
}

function watchObservers(observers: Map<object, Set<Node>>): readonly Undo[] {
  return [ResizeObserver, MutationObserver, IntersectionObserver].map(({ prototype }) => {
    const { observe, disconnect } = prototype;
    const { unobserve } = prototype as Partial<ResizeObserver>;
    Object.assign(prototype, {
      observe(this: object, target: Node, ...rest: unknown[]) {
        observers.set(this, (observers.get(this) ?? new Set()).add(target));
        Reflect.apply(observe, this, [target, ...rest]);
      },
      disconnect(this: object) {
        observers.delete(this);
        Reflect.apply(disconnect, this, []);
      },
      ...(unobserve === undefined
        ? {}
        : {
            unobserve(this: object, target: Node) {
              observers.get(this)?.delete(target);
              Reflect.apply(unobserve, this, [target]);
            },
          }),
    });
    return () => Object.assign(prototype, { observe, disconnect, ...(unobserve === undefined ? {} : { unobserve }) });
  });
}
