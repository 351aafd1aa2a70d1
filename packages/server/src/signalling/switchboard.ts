import type { CutReason } from '../domain/unit.js';
import type { Connection, Seated } from './connection.js';

/** For how long, and how much, is kept for a peer that has its ticket and is not connected yet. */
const HELD_FOR = 5_000;
const HELD_AT_MOST = 60;

interface Expected {
  readonly booking: string;
  readonly seat: string;
  readonly held: { readonly from: Connection; readonly message: unknown; readonly at: number }[];
}

/** The open signalling sockets, by whom they speak for. One process has all sockets of a booking. */
export interface Switchboard {
  /** A new connection of a seat; the seat's former one of the same kind is closed now that this one works. */
  add(connection: Connection): void;
  /** True when the seat has no other socket left. */
  remove(connection: Connection): boolean;
  expect(peer: Pick<Seated, 'booking' | 'seat' | 'peerId'>): void;
  /** Sends to a peer of the same booking; false when there is none by that id. */
  toPeer(from: Connection, peerId: string, message: unknown): boolean;
  /** Sends to another seat of the same booking on its native channel. */
  toSeat(from: Connection, seat: string, message: unknown): boolean;
  cut(lease: string, reason: CutReason): void;
  keep(leases: ReadonlySet<string>): void;
  /** Gives up what was held too long; `undeliverable` hears of it once for each sender. */
  tick(now: number, undeliverable: (from: Connection, peerId: string) => void): void;
}

export function createSwitchboard(now: () => number): Switchboard {
  const connections = new Set<Connection>();
  const peers = new Map<string, Connection>();
  const expected = new Map<string, Expected>();

  const sameSeat = (a: Connection, b: Connection): boolean => a.booking === b.booking && a.seat === b.seat;

  function forget(booking: string, seat: string): void {
    for (const [peerId, other] of expected) {
      if (other.booking === booking && other.seat === seat) expected.delete(peerId);
    }
  }

  return {
    add(connection) {
      const former = [...connections].filter((other) => sameSeat(other, connection) && other.kind === connection.kind);
      connections.add(connection);
      if (connection.kind === 'peerjs') {
        peers.set(connection.peerId, connection);
        const held = expected.get(connection.peerId)?.held ?? [];
        expected.delete(connection.peerId);
        for (const { message } of held) connection.send(message);
      }
      for (const other of former) other.close('replaced');
    },

    remove(connection) {
      connections.delete(connection);
      if (peers.get(connection.peerId) === connection) peers.delete(connection.peerId);
      return ![...connections].some(({ lease }) => lease === connection.lease);
    },

    expect({ booking, seat, peerId }) {
      forget(booking, seat);
      expected.set(peerId, { booking, seat, held: [] });
    },

    toPeer(from, peerId, message) {
      const to = peers.get(peerId) ?? expected.get(peerId);
      if (to?.booking !== from.booking || to.seat === from.seat) return false;
      if ('held' in to) {
        if (to.held.length >= HELD_AT_MOST) return false;
        to.held.push({ from, message, at: now() });
      } else to.send(message);
      return true;
    },

    toSeat(from, seat, message) {
      const to = [...connections].findLast(
        (other) => other.kind === 'native' && other.booking === from.booking && other.seat === seat,
      );
      if (to === undefined || to.seat === from.seat) return false;
      to.send(message);
      return true;
    },

    cut(lease, reason) {
      for (const connection of connections) {
        if (connection.lease !== lease) continue;
        forget(connection.booking, connection.seat);
        connection.close(reason);
      }
    },

    keep(leases) {
      for (const connection of connections) {
        if (!leases.has(connection.lease)) connection.close('seat-lost');
      }
    },

    tick(time, undeliverable) {
      for (const [peerId, { held }] of expected) {
        const first = held[0];
        if (first === undefined || time - first.at < HELD_FOR) continue;
        for (const from of new Set(held.splice(0).map((one) => one.from))) undeliverable(from, peerId);
      }
    },
  };
}
