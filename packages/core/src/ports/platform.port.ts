import type { Instant } from '../booking/instant.schema.js';

/** Time. `monotonic` never jumps but may stand still in sleep; `wall` may jump. Neither is trusted to be right. */
export interface Clock {
  monotonic(): number;
  wall(): Instant;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** Bytes by key, kept on this device. */
export interface StoragePort {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, value: Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<readonly string[]>;
}

/** One holder per name among the tabs of this browser. */
export interface SeatsPort {
  /**
   * Resolves to a release when this tab holds the name; null when another tab does and `steal` is not set.
   *
   * @throws SessionError `not-supported` where this browser has no such thing
   */
  hold(
    name: string,
    options: { steal: boolean; onLost: () => void; signal: AbortSignal },
  ): Promise<(() => void) | null>;
}

/** Why the page may have missed something, or may soon. `leaving`: the page is going away now. */
export type WakeReason = 'visible' | 'online' | 'resumed' | 'leaving';

export interface WakePort {
  subscribe(listener: (reason: WakeReason) => void): () => void;
}

/** What one tab of this browser tells the others. */
export interface TabMessage {
  /** Somebody signed out here: it is over for them in every tab. */
  readonly type: 'signed-out';
  readonly person: string;
}

/** Word between the tabs of this browser. */
export interface TabsPort {
  post(message: TabMessage): void;
  /** Called for what other tabs post. */
  subscribe(listener: (message: TabMessage) => void): () => void;
}

/** What core needs of where it runs. `browser` has it for pages; Node and tests bring their own. */
export interface Platform {
  readonly clock: Clock;
  readonly storage: StoragePort;
  readonly seats: SeatsPort;
  readonly wake: WakePort;
  /** Left out: each tab is by itself. */
  readonly tabs?: TabsPort;
}
