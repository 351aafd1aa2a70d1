import {
  SessionError,
  toInstant,
  type Grant,
  type SignallingChannel,
  type SignallingMessage,
} from '@active-session/core';
import { mayMeet } from './parties.js';
import type { State } from './state.js';

type Message = SignallingMessage | { readonly type: 'closed' };

/** Whose a grant is: a seat's in a booking while its lease is held, or anybody's for a probe. */
export interface GrantOf {
  readonly person: string;
  readonly booking: string;
  readonly seat: string;
  readonly lease: string;
}

interface Channel extends GrantOf {
  readonly listeners: Set<(message: Message) => void>;
}

/** The backend's own channel between the parties of one booking. */
export interface MemorySignalling {
  /** Remembers whose a grant is; `null`: it is for a probe, which only echoes. */
  issue(person: string, grant: Grant, of: Omit<GrantOf, 'person'> | null): void;
  open(person: string, grant: Pick<Grant, 'token'>): SignallingChannel;
  /** Whose a grant is that was not used yet. */
  personOf(token: string): string | undefined;
  /** Closes the channels of seats that are not held any more. */
  closeUnseated(): void;
}

export function createSignalling(state: State): MemorySignalling {
  const issued = new Map<string, { person: string; of: Omit<GrantOf, 'person'> | null; expiresAt: number }>();
  const channels = new Set<Channel>();

  const close = (channel: Channel): void => {
    if (!channels.delete(channel)) return;
    for (const listener of [...channel.listeners]) listener({ type: 'closed' });
  };

  return {
    issue(person, { token, expiresAt }, of) {
      issued.set(token, { person, of, expiresAt: toInstant(expiresAt) });
    },
    personOf: (token) => issued.get(token)?.person,
    open(person, { token }) {
      const grant = issued.get(token);
      const isGood = grant?.person === person && grant.expiresAt > state.now();
      if (!isGood || (grant.of !== null && !isSeated(state, grant.of))) {
        throw new SessionError('forbidden', 'This grant is used, expired or not yours.');
      }
      issued.delete(token);
      if (grant.of === null) return echo();
      const channel: Channel = { ...grant.of, person, listeners: new Set() };
      const { booking, seat } = channel;
      for (const other of [...channels]) if (other.booking === booking && other.seat === seat) close(other);
      channels.add(channel);
      return {
        send({ seat: to, type, payload }) {
          if (!channels.has(channel) || to === seat || !mayTalk(state, booking, [seat, to])) return;
          const others = [...channels].filter((other) => other.booking === booking && other.seat === to);
          for (const { listeners } of others) for (const listener of [...listeners]) listener({ seat, type, payload });
        },
        subscribe(listener) {
          channel.listeners.add(listener);
          return () => void channel.listeners.delete(listener);
        },
        // In memory nothing can be lost on the way.
        check: () => undefined,
        close: () => {
          close(channel);
        },
      };
    },
    closeUnseated() {
      for (const channel of [...channels]) if (!isSeated(state, channel)) close(channel);
    },
  };
}

function isSeated({ rows }: State, { booking, lease }: Pick<GrantOf, 'booking' | 'lease'>): boolean {
  return [...(rows.get(booking)?.leases.values() ?? [])].some((held) => held.lease === lease);
}

/** Nothing is forwarded to or from who waits to be let in, unless pages may connect before that. */
function mayTalk(state: State, booking: string, [from, to]: readonly [string, string]): boolean {
  const row = state.rows.get(booking);
  return row !== undefined && mayMeet(state, row, from, to);
}

/** What a probe is sent comes back. */
function echo(): SignallingChannel {
  const listeners = new Set<(message: Message) => void>();
  return {
    send(message) {
      if (message.type === 'probe') for (const listener of [...listeners]) listener({ ...message, seat: '' });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      for (const listener of [...listeners]) listener({ type: 'closed' });
      listeners.clear();
    },
  };
}
