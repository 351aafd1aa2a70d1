import {
  SessionError,
  toInstant,
  type Grant,
  type SignallingChannel,
  type SignallingMessage,
  type Ticket,
} from '@active-session/core';
import type { State } from './state.js';

type Message = SignallingMessage | { readonly type: 'closed' };

interface Channel {
  readonly booking: string;
  readonly seat: string;
  readonly listeners: Set<(message: Message) => void>;
}

/** The backend's own channel between the parties of one booking. */
export interface MemorySignalling {
  /** Remembers whose the grants of a ticket are. */
  issue(person: string, ticket: Ticket): void;
  open(person: string, grant: Grant): SignallingChannel;
  /** Closes the channels of seats that nobody holds any more. */
  closeUnseated(): void;
}

export function createSignalling(state: State): MemorySignalling {
  const issued = new Map<string, { person: string; booking: string; seat: string; expiresAt: number }>();
  const channels = new Set<Channel>();

  const close = (channel: Channel): void => {
    if (!channels.delete(channel)) return;
    for (const listener of [...channel.listeners]) listener({ type: 'closed' });
  };

  return {
    issue(person, { bookingId, seat, signalling }) {
      if (signalling === undefined) return;
      const expiresAt = toInstant(signalling.expiresAt);
      issued.set(signalling.token, { person, booking: String(bookingId), seat, expiresAt });
    },
    open(person, { token }) {
      const grant = issued.get(token);
      if (grant?.person !== person || grant.expiresAt <= state.now()) {
        throw new SessionError('forbidden', 'This grant is used, expired or not yours.');
      }
      issued.delete(token);
      const { booking, seat } = grant;
      for (const other of [...channels]) if (other.booking === booking && other.seat === seat) close(other);
      const channel: Channel = { booking, seat, listeners: new Set() };
      channels.add(channel);
      return {
        send({ seat: to, type, payload }) {
          if (!channels.has(channel)) return;
          const others = [...channels].filter((other) => other.booking === booking && other.seat === to);
          for (const { listeners } of others) for (const listener of [...listeners]) listener({ seat, type, payload });
        },
        subscribe(listener) {
          channel.listeners.add(listener);
          return () => void channel.listeners.delete(listener);
        },
        close: () => {
          close(channel);
        },
      };
    },
    closeUnseated() {
      for (const channel of [...channels]) {
        const seats = [...(state.rows.get(channel.booking)?.leases.keys() ?? [])];
        if (!seats.some((seat) => seat === channel.seat)) close(channel);
      }
    },
  };
}
