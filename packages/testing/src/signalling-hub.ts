import {
  SessionError,
  type Grant,
  type SignallingChannel,
  type SignallingMessage,
  type SignallingPort,
} from '@active-session/core';

/**
 * The backend's signalling channel for the seats of one booking, inside one page: for tests of video engines. It names
 * senders itself, takes a grant once, and drops what is for a seat that is not there, as a server does.
 */
export interface SignallingHub {
  readonly port: SignallingPort;
  /** A new grant for one connection of this seat. */
  grant(seat: string): Grant;
  /** Cuts the channel of a seat. */
  lose(seat: string): void;
  /** New channels are refused from now on. */
  refuse(refused: boolean): void;
  /** Messages for which this is true are lost from now on; null ends it. */
  swallow(which: ((message: SignallingMessage, from: string) => boolean) | null): void;
  /** Says something to a seat, as if it came from another. */
  say(seat: string, message: SignallingMessage): void;
  /** All that was sent, with whom it came from. */
  readonly sent: readonly { readonly from: string; readonly message: SignallingMessage }[];
  /** Seats with an open channel. */
  seats(): readonly string[];
}

type Listener = (message: SignallingMessage | { readonly type: 'closed' }) => void;

interface Open {
  readonly listeners: Set<Listener>;
  readonly end: () => void;
}

export function createSignallingHub(): SignallingHub {
  const grants = new Map<string, string>();
  const channels = new Map<string, Open>();
  const sent: { from: string; message: SignallingMessage }[] = [];
  let refused = false;
  let isLost: ((message: SignallingMessage, from: string) => boolean) | null = null;
  let serial = 0;

  const deliver = (seat: string, message: SignallingMessage): void => {
    // As over a network: later, as a copy, and not to a channel that was opened meanwhile.
    const text = JSON.stringify(message);
    const to = channels.get(seat);
    setTimeout(() => {
      if (to === undefined || channels.get(seat) !== to) return;
      for (const listener of [...to.listeners]) listener(JSON.parse(text) as SignallingMessage);
    }, 2);
  };

  const open = (seat: string): SignallingChannel => {
    const listeners = new Set<Listener>();
    const end = (): void => {
      if (channels.get(seat) === own) channels.delete(seat);
      const told = [...listeners];
      listeners.clear();
      for (const listener of told) listener({ type: 'closed' });
    };
    const own: Open = { listeners, end };
    const former = channels.get(seat);
    channels.set(seat, own);
    former?.end();
    return {
      send(message) {
        if (channels.get(seat) !== own) return;
        sent.push({ from: seat, message });
        if (!isLost?.(message, seat)) deliver(message.seat, { ...message, seat });
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      close() {
        listeners.clear();
        end();
      },
    };
  };

  return {
    port: {
      async open({ token }) {
        const seat = grants.get(token);
        grants.delete(token);
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (refused) throw new SessionError('network', 'The hub takes nobody in.');
        if (seat === undefined) throw new SessionError('forbidden', 'The hub knows no such grant.');
        return open(seat);
      },
    },
    grant(seat) {
      const token = `hub-${String((serial += 1))}`;
      grants.set(token, seat);
      return { url: 'wss://hub.test/signalling', token, expiresAt: '2099-01-01T00:00:00Z' };
    },
    lose: (seat) => channels.get(seat)?.end(),
    refuse(value) {
      refused = value;
    },
    swallow(which) {
      isLost = which;
    },
    say: deliver,
    sent,
    seats: () => [...channels.keys()],
  };
}
