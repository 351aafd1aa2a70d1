import { createHmac } from 'node:crypto';
import {
  GUEST_SEATS,
  toIso,
  windowOf,
  type Guest,
  type GuestRequest,
  type Invitation,
  type Party,
} from '@active-session/core';
import { digest, randomId, randomSecret } from '../random.js';
import type { BookingRecord, GuestRecord } from '../store/records.js';
import { once } from './idempotency.js';
import { audienceOfGuest, mayDo, ownBooking } from './own-booking.js';
import { participantVerdict, asParticipant } from './participants.js';
import { publishPresence } from './parties.js';
import { Problem } from './problem.js';
import { dropLease, enter } from './seats.js';
import { readUnit, type Domain, type ReadUnit, type Unit } from './unit.js';

/** By this a guest's token is known from those of people. */
export const GUEST_TOKEN = 'guest_';
/** After the window, in a call that goes on, a guest signs in anew so often; ms. */
const SIGNED_IN_FOR = 60_000;

export interface InviteOptions {
  readonly person: string;
  readonly id: string;
  readonly key: string;
}

/**
 * A seat and a link for somebody without an account. The token is not kept, and not remembered with the answer either:
 * for who asks again it is made anew, of what is remembered and of the idempotency key, of which only a digest is.
 *
 * @throws Problem `conflict` where every seat is taken
 */
export async function invite(
  unit: Unit,
  { person, id, key }: InviteOptions,
  request: GuestRequest,
): Promise<Invitation> {
  const repeatable = {
    person,
    route: `guest ${id}`,
    key: digest(key),
    request,
    retold: () => ({ actor: person, action: 'booking.read', booking: id }) as const,
  };
  const { guest, salt } = await once(unit, repeatable, () => seated(unit, { person, id, key }, request));
  return { guest, token: tokenFrom(salt, key) };
}

interface Seated {
  /** Names the booking in what is remembered, so that an erasure finds it. */
  readonly bookingId: string;
  readonly guest: Guest;
  readonly salt: string;
}

async function seated(unit: Unit, { person, id, key }: InviteOptions, request: GuestRequest): Promise<Seated> {
  const own = await ownBooking(unit.view, id, person);
  await mayDo(unit, own, 'invite');
  const { booking } = own;
  const taken = (await unit.view.guests.of(booking.id)).map(({ seat }) => seat);
  const seat = GUEST_SEATS.find((candidate) => !taken.includes(candidate));
  const salt = randomSecret();
  const guest: GuestRecord = {
    id: `guest:${randomId()}`,
    booking: booking.id,
    seat: seat ?? '',
    ...request,
    invitedAt: unit.now,
    removedAt: null,
    tokenHash: digest(tokenFrom(salt, key)),
    admission: 'asking',
    message: null,
    joinedAt: null,
    leftAt: null,
  };
  if (seat === undefined || !(await unit.view.guests.insert(guest))) {
    throw new Problem('conflict', 'All seats for guests are taken.', { booking });
  }
  await unit.audit({ actor: person, action: 'guest.invited', booking: booking.id, subject: guest.id });
  await publishPresence(unit, booking);
  return { bookingId: booking.id, guest: guestOf(unit, booking, guest), salt };
}

function tokenFrom(salt: string, key: string): string {
  return GUEST_TOKEN + createHmac('sha256', salt).update(key).digest('hex');
}

function guestOf({ policy }: ReadUnit, booking: BookingRecord, { seat, name, kind, invitedAt }: GuestRecord): Guest {
  const { closesAt } = windowOf(booking, policy, 'patient');
  return { seat, name, kind, invitedAt: toIso(invitedAt), expiresAt: toIso(closesAt) };
}

/** Takes a guest's seat and link away. A seat that nobody has is as it shall be. */
export async function removeGuest(unit: Unit, person: string, id: string, seat: string): Promise<Party[]> {
  const own = await enter(unit, person, id);
  await mayDo(unit, own, 'remove-guest');
  const guest = (await unit.view.guests.of(id)).find((one) => one.seat === seat);
  if (guest !== undefined) {
    const { booking } = own;
    const held = await unit.view.seats.lease(booking.id, seat);
    if (held !== undefined) await dropLease(unit, booking, held, { reason: 'seat-lost', actor: person });
    await unit.audit({ actor: person, action: 'guest.removed', booking: booking.id, subject: guest.id });
    await dismiss(unit, guest);
    await unit.publish({ type: 'booking.removed', bookingId: booking.id }, audienceOfGuest(guest));
  }
  return (await publishPresence(unit, own.booking))('provider');
}

/** The session is over: every link into it is void, for ever. */
export async function dismissGuests(unit: Unit, booking: BookingRecord): Promise<void> {
  for (const guest of await unit.view.guests.of(booking.id)) await dismiss(unit, guest);
}

async function dismiss(unit: Unit, { id }: GuestRecord): Promise<void> {
  await unit.view.guests.change(id, { removedAt: unit.now });
  unit.afterCommit((live) => live.dismissed(id));
}

export interface GuestSignIn {
  readonly guest: GuestRecord;
  /** Epoch ms from which they have to sign in anew. */
  readonly expiresAt: number;
}

/**
 * Whom a guest's token names. Who was invited and is not any more is told why; undefined for a token that nobody was given.
 *
 * @throws Problem `forbidden`, `session-ended`, `session-cancelled` or `outside-window`
 */
export async function signInGuest(domain: Domain, token: string): Promise<GuestSignIn | undefined> {
  return readUnit(domain, async (unit) => {
    const guest = await unit.view.guests.byToken(digest(token));
    const booking = guest && (await unit.view.bookings.get(guest.booking));
    if (guest === undefined || booking === undefined) return undefined;
    const { phase, closesAt } = participantVerdict(unit, booking, asParticipant(guest));
    if (booking.status === 'completed') throw new Problem('session-ended', 'This session has ended.');
    if (booking.status === 'cancelled') throw new Problem('session-cancelled', 'This booking is cancelled.');
    if (guest.removedAt !== null) throw new Problem('forbidden', 'This link is not good any more.');
    if (phase !== 'open' && phase !== 'upcoming') {
      throw new Problem('outside-window', 'The time of this session is over.');
    }
    return { guest, expiresAt: unit.now < closesAt ? closesAt : unit.now + SIGNED_IN_FOR };
  });
}
