import type { BookingId, Party, Role, Seat, Ticket } from '@active-session/core';
import type { Actor, Heard } from './actor.js';
import { equal, present } from './assert.js';
import type { ContractContext } from './harness.js';
import type { Need } from './needs.js';

/** What it takes to be in a session. */
export const SESSION = ['takeSeat', 'join', 'reportPresence', 'leave'] as const satisfies readonly Need[];

/** Somebody with a seat and a ticket for it. */
export interface Seated {
  readonly seat: Seat;
  readonly ticket: Ticket;
}

export async function join(actor: Actor, id: BookingId, holder?: string): Promise<Seated> {
  const seat = await actor.sit(id, holder);
  return { seat, ticket: await actor.ticket(id, seat) };
}

/** Both are in the waiting room, and the patient was let in. */
export async function bothWait(
  { patient, provider, policy }: ContractContext,
  id: BookingId,
): Promise<{ readonly patients: Seated; readonly providers: Seated }> {
  const patients = await join(patient, id);
  const providers = await join(provider, id);
  if ((await policy()).admission === 'provider') await provider.admit(id);
  return { patients, providers };
}

/** Both are in the call. */
export async function meet(context: ContractContext, id: BookingId): Promise<{ patients: Seated; providers: Seated }> {
  const both = await bothWait(context, id);
  await context.patient.report(id, both.patients.seat, 'in-call');
  const { parties } = await context.provider.report(id, both.providers.seat, 'in-call');
  equal(
    parties.map(({ presence }) => presence),
    ['in-call', 'in-call'],
    'presence of two who are in the call',
  );
  return both;
}

export function party(parties: readonly Party[] | undefined, role: Role): Party {
  return present(
    parties?.find((candidate) => candidate.role === role),
    `a ${role} among the parties`,
  );
}

/** A stream that has said that it is live, of somebody who has read what there is, as a page does first. */
export async function live(context: ContractContext, actor: Actor, until?: AbortSignal): Promise<Heard> {
  await actor.active();
  const heard = actor.follow(until);
  await context.eventually('the stream is live', () =>
    heard.messages.some(
      (message) => message.type === 'connection' && (message.state === 'live' || message.state === 'polling'),
    ),
  );
  return heard;
}
