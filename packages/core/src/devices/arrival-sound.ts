import * as z from 'zod/mini';
import { keptJson } from '../kept-json.js';
import type { StoragePort } from '../ports/platform.port.js';
import { writable, type Readable } from '../readable.js';

/** Whether this person wants to hear it on this device when somebody begins to wait. They do until they say otherwise. */
export interface ArrivalSound extends Readable<boolean> {
  /** Takes effect at once, and is kept on this device for next time, until signing out. */
  turn(on: boolean): void;
}

export interface OwnedArrivalSound extends ArrivalSound {
  /** What this person chose here before. */
  load(): Promise<void>;
  /** Somebody else is here now. */
  forget(): void;
}

const KEY = 'arrival-sound';
const AT_FIRST = true;

export function createArrivalSound({
  storage,
  signal,
}: {
  storage: StoragePort;
  signal: AbortSignal;
}): OwnedArrivalSound {
  const view = writable(AT_FIRST);
  const kept = keptJson(storage, KEY, z.boolean());
  let isChosen = false;

  return {
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    turn(on) {
      if (signal.aborted) return;
      isChosen = true;
      if (on === view.getSnapshot()) return;
      view.set(on);
      kept.write(on);
    },
    async load() {
      const on = await kept.read();
      if (on !== undefined && !isChosen && !signal.aborted) view.set(on);
    },
    forget() {
      isChosen = false;
      view.set(AT_FIRST);
    },
  };
}
