import type { CutReason } from '../domain/unit.js';
import type { Connection, Seated } from './connection.js';
import { createRefusals, type Refusal, type Refused } from './refusals.js';

/** For how long, and how much, is kept for a peer that has its ticket and is not connected yet. */
const HELD_FOR = 5_000;
const HELD_AT_MOST = 60;
/** As long as a ticket can be used. */
const EXPECTED_FOR = 60_000;
/** What is on its way when somebody is asked to wait, or leaves, is nobody's fault. */
const PARTING = 5_000;

const SEAT = /^(?:patient|provider|guest-\d+)$/;

type Place = Pick<Seated, 'booking' | 'seat' | 'lease'>;

interface Expected extends Place {
  readonly since: number;
  readonly held: { readonly from: Connection; readonly message: unknown; readonly at: number }[];
}

/** The open signalling sockets, by whom they speak for. One process has all sockets of a booking. */
export interface Switchboard {
  /** A new connection of a seat; the seat's former one of the same kind is closed now that this one works. */
  add(connection: Connection): void;
  /** True when the seat has no other socket left. */
  remove(connection: Connection): boolean;
  expect(peer: Place & { readonly peerId: string }): void;
  /** Only what two admitted seats send each other passes; a lease of which nothing was said is not admitted. */
  admit(lease: string, isAdmitted: boolean): void;
  /** Sends to a peer of the same booking; false when there is none by that id, or it may not pass. */
  toPeer(from: Connection, peerId: string, message: unknown): boolean;
  /** Sends to another seat of the same booking on its native channel. */
  toSeat(from: Connection, seat: string, message: unknown): boolean;
  cut(lease: string, reason: CutReason): void;
  /** Forgets every lease that is not among these. */
  keep(leases: ReadonlySet<string>): void;
  /** Gives up what was held too long; `undeliverable` hears of it once for each sender. */
  tick(undeliverable: (from: Connection, peerId: string) => void): void;
}

export interface SwitchboardOptions {
  /** Whether patient and provider may meet on the native channel before the patient is admitted. */
  readonly preconnects: boolean;
  /** Somebody sent what they may not; told once for each socket and kind, never with what they sent. */
  readonly denied: (from: Connection, refused: Refused) => void;
}

export function createSwitchboard(now: () => number, { preconnects, denied }: SwitchboardOptions): Switchboard {
  const rooms = new Map<string, Set<Connection>>();
  const peers = new Map<string, Connection>();
  const expected = new Map<string, Expected>();
  const admitted = new Set<string>();
  /** Leases that lost what they had just now, and when. */
  const parted = new Map<string, number>();
  const refusals = createRefusals(now, denied);

  const inRoom = (booking: string): Connection[] => [...(rooms.get(booking) ?? [])];
  /** The clock can step back. */
  const isPast = (since: number, time: number): boolean => Math.abs(now() - since) >= time;

  function refusalOf(from: Place, to: Place): Refusal | undefined {
    if (from.booking !== to.booking) return 'another-booking';
    if (from.seat === to.seat) return 'own-seat';
    return admitted.has(from.lease) && admitted.has(to.lease) ? undefined : 'not-admitted';
  }

  function passes(from: Place, to: Place): boolean {
    return refusalOf(from, to) === undefined;
  }

  function hasParted({ lease }: Place): boolean {
    const at = parted.get(lease);
    return at !== undefined && !isPast(at, PARTING);
  }

  function refuse(from: Connection, to: Place): false {
    const what = refusalOf(from, to);
    const isParting = what === 'not-admitted' && (hasParted(from) || hasParted(to));
    if (what !== undefined && !isParting) refusals.note(from, { what, booking: to.booking });
    return false;
  }

  function part(lease: string): void {
    if (admitted.delete(lease)) parted.set(lease, now());
  }

  /** Never a guest: whoever found their link would learn where the others are. */
  function mayPreconnect(from: Place, to: Place): boolean {
    return preconnects && from.booking === to.booking && from.seat !== to.seat && isBooked(from) && isBooked(to);
  }

  function forgetExpected(isOver: (peer: Expected) => boolean): void {
    for (const [peerId, peer] of expected) if (isOver(peer)) expected.delete(peerId);
  }

  function deliverHeld(connection: Connection): void {
    const held = expected.get(connection.peerId)?.held ?? [];
    expected.delete(connection.peerId);
    for (const { from, message } of held) if (passes(from, connection)) connection.send(message);
  }

  return {
    add(connection) {
      const { booking, seat, kind } = connection;
      const former = inRoom(booking).filter((other) => other.seat === seat && other.kind === kind);
      rooms.set(booking, (rooms.get(booking) ?? new Set()).add(connection));
      if (kind === 'peerjs') {
        peers.set(connection.peerId, connection);
        deliverHeld(connection);
      }
      for (const other of former) other.close('replaced');
    },

    remove(connection) {
      const room = rooms.get(connection.booking);
      room?.delete(connection);
      if (room?.size === 0) rooms.delete(connection.booking);
      if (peers.get(connection.peerId) === connection) peers.delete(connection.peerId);
      return !inRoom(connection.booking).some(({ lease }) => lease === connection.lease);
    },

    expect({ peerId, ...place }) {
      forgetExpected((other) => other.booking === place.booking && other.seat === place.seat);
      expected.set(peerId, { ...place, since: now(), held: [] });
    },

    admit(lease, isAdmitted) {
      if (isAdmitted) admitted.add(lease);
      else part(lease);
    },

    toPeer(from, peerId, message) {
      const to = peers.get(peerId) ?? expected.get(peerId);
      if (to === undefined) {
        refusals.note(from, { what: 'unknown-peer', booking: from.booking }, peerId);
        return false;
      }
      if (!passes(from, to)) return refuse(from, to);
      if ('held' in to) {
        if (to.held.length >= HELD_AT_MOST) return false;
        to.held.push({ from, message, at: now() });
      } else to.send(message);
      return true;
    },

    toSeat(from, seat, message) {
      const to = inRoom(from.booking).findLast((other) => other.kind === 'native' && other.seat === seat);
      if (to === undefined) {
        // A seat that there is may be empty just now.
        if (!SEAT.test(seat)) refusals.note(from, { what: 'unknown-seat', booking: from.booking });
        return false;
      }
      if (!(passes(from, to) || mayPreconnect(from, to))) return refuse(from, to);
      to.send(message);
      return true;
    },

    cut(lease, reason) {
      part(lease);
      forgetExpected((peer) => peer.lease === lease);
      for (const room of rooms.values()) {
        for (const connection of room) if (connection.lease === lease) connection.close(reason);
      }
    },

    keep(leases) {
      for (const lease of admitted) if (!leases.has(lease)) part(lease);
      forgetExpected((peer) => !leases.has(peer.lease));
      for (const room of rooms.values()) {
        for (const connection of room) if (!leases.has(connection.lease)) connection.close('seat-lost');
      }
    },

    tick(undeliverable) {
      for (const [peerId, { held }] of expected) {
        const first = held[0];
        if (first === undefined || !isPast(first.at, HELD_FOR)) continue;
        for (const from of new Set(held.splice(0).map((one) => one.from))) undeliverable(from, peerId);
      }
      forgetExpected(({ since }) => isPast(since, EXPECTED_FOR));
      for (const [lease, at] of parted) if (isPast(at, PARTING)) parted.delete(lease);
    },
  };
}

function isBooked({ seat }: Place): boolean {
  return seat === 'patient' || seat === 'provider';
}
