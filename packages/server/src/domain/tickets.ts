import { toIso, type Grant, type IceServer, type Ticket } from '@active-session/core';
import { digest, randomId, randomSecret } from '../random.js';
import type { GrantKind, GrantRecord, LeaseRecord } from '../store/records.js';
import { publishPresence } from './parties.js';
import { enter, requireLease } from './seats.js';
import { requireOpen, verdictOf } from './own-booking.js';
import type { Unit } from './unit.js';

/** From the ticket to the first use of its grants. */
const GRANT_TTL = 60_000;

export interface SignallingAddress {
  /** Absolute `ws:` or `wss:` address of the signalling base, without a slash at its end. */
  readonly url: string;
  readonly iceServers: readonly IceServer[];
}

/**
 * A ticket for a seat that is held: a new peer id, which the other side is told, and a grant for one connection each.
 * What older tickets of this seat gave and nobody used is void.
 */
export async function join(
  unit: Unit,
  person: string,
  id: string,
  leaseId: string,
  address: SignallingAddress,
): Promise<Ticket> {
  const own = await enter(unit, person, id);
  requireOpen(unit, own);
  const held = await requireLease(unit, own, leaseId);
  const { booking, seat } = own;
  const peerId = randomId();
  await unit.view.seats.dropUnusedGrants(held);
  await unit.view.seats.renew(held, unit.now, { peerId });
  const engineGrant = await grant(unit, held, 'peerjs', peerId, address.url);
  const signalling = await grant(unit, held, 'native', peerId, address.url);
  unit.afterCommit((live) => live.expect({ booking: booking.id, seat, peerId }));
  return {
    bookingId: booking.id,
    seat,
    engine: 'peerjs',
    peerId,
    parties: await publishPresence(unit, booking),
    engineGrant,
    signalling,
    iceServers: [...address.iceServers],
    expiresAt: engineGrant.expiresAt,
  };
}

async function grant(unit: Unit, held: LeaseRecord, kind: GrantKind, peerId: string, url: string): Promise<Grant> {
  const token = randomSecret();
  const expiresAt = unit.now + GRANT_TTL;
  const { booking, seat, lease } = held;
  await unit.view.seats.putGrant({
    tokenHash: digest(token),
    kind,
    booking,
    seat,
    lease,
    peerId,
    expiresAt,
    usedAt: null,
  });
  return { url, token, expiresAt: toIso(expiresAt) };
}

/**
 * Uses a grant, once. Undefined when it is unknown, used, expired or for another id, or gives no access any more;
 * which of these is nobody's business.
 */
export async function redeem(
  unit: Unit,
  { kind, token, peerId }: { kind: GrantKind; token: string; peerId?: string },
): Promise<GrantRecord | undefined> {
  const { seats, bookings } = unit.view;
  const found = await seats.grant(digest(token));
  if (found?.kind !== kind || found.expiresAt <= unit.now) return undefined;
  if (peerId !== undefined && found.peerId !== peerId) return undefined;
  const held = await seats.lease(found.booking, found.seat);
  if (held?.lease !== found.lease || held.expiresAt <= unit.now) return undefined;
  const booking = await bookings.get(found.booking);
  if (booking === undefined || verdictOf(unit, booking, found.seat).phase !== 'open') return undefined;
  return (await seats.useGrant(found.tokenHash, unit.now)) ? found : undefined;
}
