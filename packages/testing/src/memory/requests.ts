import { SessionError, type ClockSample, type Clock, type Instant } from '@active-session/core';
import type { OperationId } from '@active-session/core/contract';

/** The methods of the backend that a script can disturb, and the operation of the contract that each of them is. */
export const BACKEND_METHODS = {
  'bookings.active': 'getActiveBooking',
  'bookings.list': 'listBookings',
  'bookings.get': 'getBooking',
  'bookings.providers': 'listProviders',
  'bookings.slots': 'listSlots',
  'bookings.book': 'book',
  'bookings.cancel': 'cancelBooking',
  'bookings.complete': 'completeBooking',
  'bookings.reschedule': 'rescheduleBooking',
  'bookings.reopen': 'reopenBooking',
  'bookings.late': 'announceLate',
  'bookings.noShow': 'reportNoShow',
  'bookings.reassign': 'reassignBooking',
  'notes.list': 'listNotes',
  'notes.add': 'addNote',
  'notes.withdraw': 'withdrawNote',
  'notes.history': 'listHistory',
  'access.me': 'getMe',
  'access.takeSeat': 'takeSeat',
  'access.join': 'join',
  'access.presence': 'reportPresence',
  'access.leave': 'leave',
  'access.admit': 'admitPatient',
  'access.hold': 'holdPatient',
  'access.inviteGuest': 'inviteGuest',
  'access.removeGuest': 'removeGuest',
  'access.testNetwork': 'testNetwork',
  'access.draftKey': 'getDraftKey',
  'signalling.open': 'join',
  'time.measure': 'getMe',
} as const satisfies Record<string, OperationId>;
export type BackendMethod = keyof typeof BACKEND_METHODS;

export interface FailOptions {
  /** How many requests fail; 1 where left out. */
  readonly times?: number;
  /** Only this person's. */
  readonly person?: string;
  /** The request is done, and only its answer is lost. */
  readonly afterDoing?: boolean;
}

interface Fault extends FailOptions {
  readonly method: BackendMethod;
  readonly error: SessionError;
  left: number;
}

/** How requests reach the backend, and what a script does to them. */
export interface Requests {
  /** Every request that came, in order. */
  readonly made: readonly { person: string; method: BackendMethod }[];
  readonly fail: (method: BackendMethod, error: SessionError, options?: FailOptions) => void;
  readonly pause: (method: BackendMethod, person?: string) => () => void;
  setOffline(person: string, offline: boolean): void;
  isOffline(person: string): boolean;
  run<T>(request: Request<T>): Promise<T>;
}

export interface Request<T> {
  readonly method: BackendMethod;
  readonly person: string;
  readonly device: Clock;
  readonly signal: AbortSignal;
  readonly observe: (sample: ClockSample) => void;
  readonly work: () => T;
}

export function createRequests({
  now,
  latency,
  offers,
}: {
  readonly now: () => Instant;
  readonly latency: number;
  /** Undefined: everything. */
  readonly offers: readonly OperationId[] | undefined;
}): Requests {
  const made: { person: string; method: BackendMethod }[] = [];
  const faults: Fault[] = [];
  const pauses = new Map<string, { opened: Promise<void>; person: string | undefined }>();
  const offline = new Set<string>();

  const faultFor = (method: BackendMethod, person: string): Fault | undefined => {
    const fault = faults.find(
      (candidate) =>
        candidate.method === method &&
        candidate.left > 0 &&
        (candidate.person === undefined || candidate.person === person),
    );
    if (fault !== undefined) fault.left -= 1;
    return fault;
  };

  return {
    made,
    fail(method, error, options = {}) {
      faults.push({ ...options, method, error, left: options.times ?? 1 });
    },
    pause(method, person) {
      let open = (): void => undefined;
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      const pause = { opened, person };
      pauses.set(method, pause);
      return () => {
        if (pauses.get(method) === pause) pauses.delete(method);
        open();
      };
    },
    setOffline(person, isOffline) {
      if (isOffline) offline.add(person);
      else offline.delete(person);
    },
    isOffline: (person) => offline.has(person),
    async run({ method, person, device, signal, observe, work }) {
      throwIfAborted(signal);
      made.push({ person, method });
      if (offers?.includes(BACKEND_METHODS[method]) === false) {
        throw new SessionError('not-supported', `This backend does not offer ${BACKEND_METHODS[method]}.`);
      }
      const sentAt = device.monotonic();
      const pause = pauses.get(method);
      if (pause !== undefined && (pause.person ?? person) === person) await unlessAborted(pause.opened, signal);
      if (latency > 0) await unlessAborted(delay(device, latency), signal);
      await Promise.resolve();
      throwIfAborted(signal);
      if (offline.has(person)) throw new SessionError('network', 'The backend can not be reached.');
      const fault = faultFor(method, person);
      if (fault !== undefined && fault.afterDoing !== true) throw fault.error;
      const answer = work();
      if (fault !== undefined) throw fault.error;
      observe({ serverTime: now(), sentAt, receivedAt: device.monotonic() });
      return answer;
    },
  };
}

function delay(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimeout(resolve, ms);
  });
}

function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(aborted());
      },
      { once: true },
    );
    void promise.then(resolve);
  });
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw aborted();
}

function aborted(): SessionError {
  return new SessionError('aborted', 'The request was aborted.');
}
