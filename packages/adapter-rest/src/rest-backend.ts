import {
  SessionError,
  type AccessPort,
  type Backend,
  type BookingsPort,
  type ClockSample,
  type EventsPort,
  type NotesPort,
  type ServerTimePort,
  type SignallingPort,
} from '@active-session/core';
import { createAccess, createServerTime } from './access.js';
import { createBookings } from './bookings.js';
import { createEvents } from './events.js';
import { createHttp } from './http.js';
import { doorAt } from './door.js';
import { createNotes } from './notes.js';
import { createSignalling } from './signalling.js';
import { createTokenSource, type GetToken } from './tokens.js';

export interface RestBackendOptions {
  /** Where the contract's routes are, absolute or relative to the page: `/api/session/v1`. */
  readonly endpoint: string;
  /** Access tokens. Left out: same-origin cookies, and with each request a header that no form can send. */
  readonly getToken?: GetToken;
  readonly fetch?: typeof globalThis.fetch;
  readonly WebSocket?: typeof globalThis.WebSocket;
  /** In [0, 1); spreads the reconnects of many clients. */
  readonly random?: () => number;
}

/** Every port of a backend over HTTP, server-sent events and a WebSocket; parts of it compose with others. */
export interface RestBackend extends Backend {
  readonly bookings: Required<BookingsPort>;
  readonly notes: Required<NotesPort>;
  readonly access: Required<AccessPort>;
  readonly events: EventsPort;
  readonly time: ServerTimePort;
  readonly signalling: SignallingPort;
}

/** @throws SessionError `invalid` for an endpoint that is no address */
export function createRestBackend(options: RestBackendOptions): RestBackend {
  const { random = Math.random } = options;
  const listeners = new Set<(sample: ClockSample) => void>();
  let newest: (id: string) => void = () => undefined;
  const endpoint = absolute(options.endpoint);
  const { WebSocket = globalThis.WebSocket } = options;
  /** Where a knock is heard: known once there was a ticket. */
  let channel: string | null = null;
  const http = createHttp({
    endpoint,
    traffic: {
      door: () => (channel === null ? null : doorAt(WebSocket, channel)),
      onFound: () => events.port.wake?.(),
    },
    tokens: createTokenSource(options.getToken),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    monotonic: () => performance.now(),
    onSample: (sample) => {
      for (const listener of [...listeners]) listener(sample);
    },
    onEventId: (id) => {
      newest(id);
    },
  });
  const events = createEvents(http, random);
  newest = events.startAfter;
  return {
    bookings: createBookings(http),
    notes: createNotes(http),
    access: createAccess(http, {
      onMe({ id, offers }) {
        events.signedIn(id === '' ? null : JSON.stringify([endpoint, id]));
        if (offers?.includes('followEvents') === false) events.notOffered();
      },
      onTicket({ signalling }) {
        channel = signalling?.url ?? channel;
      },
    }),
    events: events.port,
    time: createServerTime(http, (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    }),
    signalling: createSignalling(WebSocket),
  };
}

function absolute(endpoint: string): string {
  const base = typeof location === 'undefined' ? undefined : location.href;
  try {
    const { href } = new URL(endpoint, base);
    let end = href.length;
    while (href[end - 1] === '/') end -= 1;
    return href.slice(0, end);
  } catch (cause) {
    throw new SessionError('invalid', `"${endpoint}" is not an address that a backend can be reached at.`, { cause });
  }
}
