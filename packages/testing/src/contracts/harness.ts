import { SessionError, type Backend, type Booking, type Instant, type SessionErrorCode } from '@active-session/core';

/** One promise of a port. `run` rejects where it is not kept. */
export interface ContractTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** A patient and a provider on one backend, and somebody who has nothing to do with them. */
export interface BackendPair {
  readonly patient: Backend;
  readonly provider: Backend;
  /** Another patient. */
  readonly stranger: Backend;
  readonly providerId: string;
  /** The server's clock. */
  readonly now: () => Instant;
  /** A scheduled booking of the two that starts that many ms from now; below 0, one that began. Each has a time of its own. */
  readonly makeBooking: (options: { startsIn: number }) => Promise<Booking>;
  /** Lets what is under way go on for a moment. It is called again and again until something is so. */
  readonly pause: () => Promise<void>;
  /** Moves the server's clock; what needs it is left out where it is missing. */
  readonly advance?: (ms: number) => Promise<void>;
  readonly dispose?: () => Promise<void>;
}

export interface BackendHarness {
  /** A fresh backend, or fresh people on a running one. */
  setUp(): Promise<BackendPair>;
}

/** What one test works with. */
export interface ContractContext extends BackendPair {
  readonly signal: AbortSignal;
  /** Waits until it is so. */
  readonly eventually: (what: string, isSo: () => boolean) => Promise<void>;
}

const PATIENCE = 200;

export function contract(
  harness: BackendHarness,
  name: string,
  run: (context: ContractContext) => Promise<void>,
): ContractTest {
  return {
    name,
    async run() {
      const pair = await harness.setUp();
      const ended = new AbortController();
      const eventually: ContractContext['eventually'] = async (what, isSo) => {
        for (let turn = 0; turn < PATIENCE; turn += 1) {
          if (isSo()) return;
          await pair.pause();
        }
        assert(isSo(), `expected, in the end: ${what}`);
      };
      try {
        await run({ ...pair, signal: ended.signal, eventually });
      } finally {
        ended.abort();
        await pair.dispose?.();
      }
    },
  };
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(a === b, `${what}: expected ${b}, got ${a}`);
}

/** What the backend offers; a test of what it does not offer fails with this. */
export function offered<T>(part: T | undefined, name: string): T {
  assert(part !== undefined, `this backend does not offer ${name}`);
  return part;
}

/** A method that a backend may leave out; a test of one that is left out fails with this. */
export function able<P extends object, K extends keyof P & string>(port: P, name: K): NonNullable<P[K]> {
  const method: unknown = port[name];
  assert(typeof method === 'function', `this backend does not offer ${name}`);
  return method.bind(port) as NonNullable<P[K]>;
}

/** That it is refused, with one of these codes. */
export async function refused(
  promise: Promise<unknown>,
  codes: readonly SessionErrorCode[],
  what: string,
): Promise<SessionError> {
  try {
    await promise;
  } catch (error) {
    assert(error instanceof SessionError, `${what}: expected a SessionError, got ${String(error)}`);
    assert(codes.includes(error.code), `${what}: expected ${codes.join(' or ')}, got ${error.code} (${error.message})`);
    return error;
  }
  throw new Error(`${what}: expected ${codes.join(' or ')}, and it was done`);
}

export const HOUR = 60 * 60_000;
