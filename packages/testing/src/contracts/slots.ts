import { toInstant, type Booking, type Slot } from '@active-session/core';
import type { Actor } from './actor.js';
import { present } from './assert.js';
import { HOUR, type ContractContext } from './harness.js';

/** An idempotency key that was never used. */
export function fresh(): string {
  return crypto.randomUUID();
}

/** A free time a day ahead or more; `after`: another one than those up to there. */
export async function freeSlot(
  { patient, providerId, now }: ContractContext,
  after = now() + 24 * HOUR,
  provider = providerId,
): Promise<Slot> {
  const [slot] = await patient.slots(provider, after, after + 14 * 24 * HOUR);
  return present(slot, 'a free time within two weeks');
}

export async function isFree({ patient, providerId }: ContractContext, { start }: Slot): Promise<boolean> {
  const at = toInstant(start);
  return (await patient.slots(providerId, at, at + 1)).some((slot) => toInstant(slot.start) === at);
}

export function request({ providerId }: ContractContext, actor: Actor, slot: Slot, key: string): Promise<Booking> {
  return actor.book({ provider: providerId, dateTime: slot.start, notes: 'Hello' }, key);
}
