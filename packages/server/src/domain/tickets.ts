import { createHmac } from 'node:crypto';
import { toIso, type Grant, type IceServer, type NetworkTest, type Ticket } from '@active-session/core';
import { digest, randomId, randomSecret } from '../random.js';
import type { BookingRecord, GrantKind, GrantRecord, LeaseRecord } from '../store/records.js';
import { mayEnter, participantsOf, participantVerdict } from './participants.js';
import { isAdmitted, publishPresence } from './parties.js';
import { comeIn, requireLease } from './seats.js';
import { commit, readUnit, type Domain, type ReadUnit, type Unit } from './unit.js';

/** From the ticket to the first use of its grants. */
const GRANT_TTL = 60_000;

export interface SignallingAddress {
  readonly engine: Ticket['engine'];
  readonly preconnect?: Ticket['preconnect'];
  /** Absolute `ws:` or `wss:` address of the signalling base, without a slash at its end. */
  readonly url: string;
  readonly iceServers: readonly IceServer[];
  readonly iceTransportPolicy?: 'all' | 'relay' | undefined;
  /** A relay that knows the same secret: each ticket gets credentials of its own, good for `ttlSeconds`. */
  readonly turn?:
    { readonly urls: readonly string[]; readonly secret: string; readonly ttlSeconds: number } | undefined;
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
  const own = await comeIn(unit, person, id);
  await mayEnter(unit, own);
  const held = await requireLease(unit, own, leaseId);
  const { booking } = own;
  const { seat } = own.self;
  const peerId = randomId();
  await unit.view.seats.dropUnusedGrants(held);
  await unit.view.seats.renew(held, unit.now, { peerId });
  const { engine, preconnect, url } = address;
  const engineGrant = engine === 'peerjs' ? await grant(unit, held, 'peerjs', peerId, url) : undefined;
  const signalling = await grant(unit, held, 'native', peerId, url);
  const admitted = await isAdmitted(unit, booking, seat);
  unit.afterCommit((live) => {
    live.admit(held.lease, admitted);
    live.expect({ booking: booking.id, seat, lease: held.lease, peerId });
  });
  await unit.audit({ actor: person, action: 'ticket.given', booking: booking.id });
  return {
    bookingId: booking.id,
    seat,
    engine,
    peerId,
    parties: (await publishPresence(unit, booking))(seat),
    ...(engineGrant === undefined ? {} : { engineGrant }),
    signalling,
    ...(preconnect === undefined ? {} : { preconnect }),
    ...relaysOf(address, unit.now),
    expiresAt: signalling.expiresAt,
  };
}

async function grant(unit: Unit, held: LeaseRecord, kind: GrantKind, peerId: string, url: string): Promise<Grant> {
  const token = randomSecret();
  const expiresAt = unit.now + GRANT_TTL;
  const { booking, seat, lease } = held;
  const kept = { tokenHash: digest(token), kind, booking, seat, lease, peerId, expiresAt, usedAt: null };
  await unit.view.seats.putGrant(kept);
  return { url, token, expiresAt: toIso(expiresAt) };
}

/** What a check before the call can try: the relays, and a connection that only echoes. */
export async function testNetwork(
  { clock, probes }: Domain,
  person: string,
  address: SignallingAddress,
): Promise<NetworkTest> {
  const token = randomSecret();
  const now = clock.now();
  const expiresAt = now + GRANT_TTL;
  probes.add(digest(token), { person, expiresAt }, now);
  const probe = { url: address.url, token, expiresAt: toIso(expiresAt) };
  return { ...relaysOf(address, now), probe, expiresAt: probe.expiresAt };
}

function relaysOf(
  { iceServers, iceTransportPolicy, turn }: SignallingAddress,
  now: number,
): Pick<Ticket, 'iceServers' | 'iceTransportPolicy'> {
  const relays = turn === undefined ? [] : [timeLimited(turn, now)];
  return {
    iceServers: [...iceServers, ...relays],
    ...(iceTransportPolicy === undefined ? {} : { iceTransportPolicy }),
  };
}

/** The relay checks the time and the signature, and needs no list of users. The name says nothing about whose it is. */
function timeLimited({ urls, secret, ttlSeconds }: NonNullable<SignallingAddress['turn']>, now: number): IceServer {
  const username = `${Math.floor(now / 1000) + ttlSeconds}:${randomId()}`;
  return { urls: [...urls], username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

/** What somebody who connects shows. */
export interface Shown {
  readonly kind: GrantKind;
  readonly token: string;
  readonly peerId?: string;
}

/** What it gives: a seat's part in a call, or an echo. */
export type Redeemed = (GrantRecord & { readonly person: string }) | { readonly kind: 'probe' };

/**
 * Uses a grant, once. Undefined when it is unknown, used, expired or for another id, or gives no access any more;
 * which of these is nobody's business. Nothing is written for a token that is unknown.
 */
export async function redeem(domain: Domain, { kind, token, peerId }: Shown): Promise<Redeemed | undefined> {
  const tokenHash = digest(token);
  if (kind === 'native' && domain.probes.use(tokenHash, domain.clock.now())) return { kind: 'probe' };
  const found = await readUnit(domain, ({ view }) => view.seats.grant(tokenHash));
  if (found?.kind !== kind || (peerId !== undefined && found.peerId !== peerId)) return undefined;
  return commit(domain, (unit) => redeemGrant(unit, tokenHash));
}

async function redeemGrant(unit: Unit, tokenHash: string): Promise<Redeemed | undefined> {
  const { seats } = unit.view;
  const found = await seats.grant(tokenHash);
  if (found === undefined) return undefined;
  const { booking: id, kind, seat, lease } = found;
  if (found.usedAt !== null) {
    // It is known as used once more, and is unknown from then on.
    await seats.dropGrant(tokenHash);
    await unit.audit({ actor: null, action: 'access.denied', booking: id, subject: 'signalling' });
    return undefined;
  }
  const holder = await holderOf(unit, found);
  if (holder === undefined || !(await seats.useGrant(tokenHash, unit.now))) return undefined;
  const admitted = await isAdmitted(unit, holder.booking, seat);
  unit.afterCommit((live) => live.admit(lease, admitted));
  await unit.audit({ actor: holder.person, action: 'signalling.opened', booking: id, subject: kind });
  return { ...found, person: holder.person };
}

/** Who a grant still gives access for. */
async function holderOf(
  unit: ReadUnit,
  { booking: id, seat, lease, expiresAt }: GrantRecord,
): Promise<{ booking: BookingRecord; person: string } | undefined> {
  const held = await unit.view.seats.lease(id, seat);
  if (expiresAt <= unit.now || held?.lease !== lease || held.expiresAt <= unit.now) return undefined;
  const booking = await unit.view.bookings.get(id);
  const self = booking && (await participantsOf(unit.view, booking)).find((one) => one.person === held.person);
  if (booking === undefined || self === undefined) return undefined;
  if (participantVerdict(unit, booking, self).phase !== 'open') return undefined;
  if ((await unit.view.people.gone([held.person])).length > 0) return undefined;
  return { booking, person: held.person };
}
