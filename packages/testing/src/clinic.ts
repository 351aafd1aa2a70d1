import {
  createSessionClient,
  SessionError,
  type Backend,
  type Booking,
  type BookingId,
  type Clock,
  type ClientOptions,
  type MediaRequest,
  type Session,
  type SessionClient,
  type StreamHandle,
} from '@active-session/core';
import { createFakeDevices, type FakeDevices } from './fake-devices.js';
import { createFakePlatform, type FakePlatform } from './fake-platform.js';
import { createFakeVideoNetwork, type FakeVideoNetwork } from './fake-video.js';
import { createMemoryBackend, type MemoryBackend, type MemoryOptions } from './memory-backend.js';

/** A patient, a provider and somebody else on one backend and one video network: where most tests and stories begin. */
export interface Clinic<C extends Clock = Clock> {
  readonly clock: C;
  readonly backend: MemoryBackend;
  readonly network: FakeVideoNetwork;
  readonly patient: 'ann';
  readonly provider: 'dr-smith';
  /** A booking of Ann with Dr. Smith that starts that many ms from now. */
  book(options: { startsIn: number }): Booking;
  /** Somebody opens the portal in a tab. */
  open(person: string, options?: OpenOptions): Page;
}

export interface OpenOptions {
  /** The clock of their device, where it is another one. */
  readonly clock?: Clock;
  /** Another tab of the same browser. */
  readonly besides?: Page;
  readonly streams?: (request: MediaRequest) => StreamHandle;
  /** Leaves out, or changes, what the backend offers. */
  readonly backend?: (backend: Backend) => Backend;
  readonly client?: Partial<ClientOptions>;
}

/** One person's tab. */
export interface Page {
  readonly person: string;
  readonly client: SessionClient;
  readonly platform: FakePlatform;
  readonly devices: FakeDevices;
  /** The session of a booking, watched as an element would; `unwatch` is the element going away. */
  watch(id: BookingId): Session & { readonly unwatch: () => void };
  /** The page is gone, with no word to the backend; what its browser held for it is free. */
  crash(): void;
}

export type ClinicOptions<C extends Clock> = { readonly clock: C } & Partial<Omit<MemoryOptions, 'clock'>>;

export function createClinic<C extends Clock>({ clock, ...options }: ClinicOptions<C>): Clinic<C> {
  const backend = createMemoryBackend({
    clock,
    people: [
      { id: 'ann', role: 'patient', name: 'Ann Lee' },
      { id: 'bob', role: 'patient', name: 'Bob Stone' },
      { id: 'dr-smith', role: 'provider', name: 'Dr. Smith', initials: 'DS', specialty: 'General practice' },
      { id: 'dr-jones', role: 'provider', name: 'Dr. Jones', initials: 'DJ', specialty: 'Dermatology' },
    ],
    ...options,
  });
  const network = createFakeVideoNetwork({ clock });
  return {
    clock,
    backend,
    network,
    patient: 'ann',
    provider: 'dr-smith',
    book: ({ startsIn }) =>
      backend.putBooking({ patient: 'ann', provider: 'dr-smith', start: backend.now() + startsIn }),
    open: (person, openOptions) => openPage({ clock, backend, network }, person, openOptions),
  };
}

function unchanged(backend: Backend): Backend {
  return backend;
}

function openPage(
  { clock, backend, network }: Pick<Clinic, 'clock' | 'backend' | 'network'>,
  person: string,
  options: OpenOptions = {},
): Page {
  const { clock: device = clock, besides, streams, backend: adapt = unchanged } = options;
  const own = backend.for(person, { clock: device });
  const platform = createFakePlatform({ clock: device, ...(besides && { besides: besides.platform }) });
  const devices = createFakeDevices(streams && { streams });
  let crashed = false;
  const client = createSessionClient({
    backend: withoutLastWords(adapt(own), () => crashed),
    platform,
    devices,
    video: network.engine(),
    signalling: own.signalling,
    random: () => 0.5,
    ...options.client,
  });
  return {
    person,
    client,
    platform,
    devices,
    watch(id) {
      const session = client.session(id);
      const subscription = session.subscribe(() => undefined);
      return {
        ...session,
        unwatch: () => {
          subscription.unsubscribe();
        },
      };
    },
    crash() {
      crashed = true;
      client.close();
    },
  };
}

/** A page that is gone gives no seat back. */
function withoutLastWords(backend: Backend, isGone: () => boolean): Backend {
  const { access } = backend;
  if (access === undefined) return backend;
  const gone = (): Promise<never> => Promise.reject(new SessionError('network', 'The page is gone.'));
  return {
    ...backend,
    access: {
      ...access,
      leave: (...given) => (isGone() ? gone() : access.leave(...given)),
      leaveNow: (...given) => {
        if (!isGone()) access.leaveNow?.(...given);
      },
    },
  };
}
