import type { BookingId } from '@active-session/core';
import { operations, type OperationId } from '@active-session/core/contract';
import { UsageError, type Tokens } from './options.js';
import type { Raw, RawRequest } from './raw.js';

export type Offer = 'offered' | 'missing' | 'unknown';

/** What is known before the first test. */
export interface Offers {
  readonly of: ReadonlyMap<OperationId, Offer>;
  /** Said by `offers` in `GET /me`; else found out by asking. */
  readonly saidByItself: boolean;
}

export interface Known {
  readonly tokens: Tokens;
  /** A booking of the two, and whether it was made for this. */
  readonly booking: { readonly id: BookingId; readonly isOwn: boolean } | undefined;
  readonly patientId: string | undefined;
  readonly providerId: string | undefined;
}

/** No such route here, or not for this. */
const MISSING = [404, 405, 501];

/** What the backend says of itself. @throws UsageError where nobody answers, or the tokens are not good */
export async function readMe(
  raw: Raw,
  token: string,
  whose: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const answer = await raw('/me', { token }).catch((cause: unknown) => {
    throw new UsageError(`The endpoint can not be reached: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
  if (answer.status === 401) throw new UsageError(`The ${whose}’s token was refused.`);
  const isThere = answer.status === 200 && typeof answer.body === 'object' && answer.body !== null;
  return isThere ? (answer.body as Record<string, unknown>) : null;
}

/**
 * Which operations there are: as the backend says, else by requests that do nothing where it keeps the contract. Each
 * is refused for its form or for who asks; of a route that is not there, for a booking that is, the answer is 404.
 */
export async function findOffers(raw: Raw, said: readonly string[] | undefined, known: Known): Promise<Offers> {
  const of = new Map<OperationId, Offer>();
  for (const id of Object.keys(operations) as OperationId[]) {
    if (said !== undefined) of.set(id, said.includes(id) ? 'offered' : 'missing');
    else of.set(id, await probe(raw, id, known));
  }
  return { of, saidByItself: said !== undefined };
}

async function probe(raw: Raw, id: OperationId, known: Known): Promise<Offer> {
  const asked = PROBES[id](known);
  if (asked === null) return 'unknown';
  const [path, request] = asked;
  const { status } = await raw(path, { method: operations[id].method, ...request });
  if (MISSING.includes(status)) return 'missing';
  return request.token === undefined && status === 401 ? 'unknown' : 'offered';
}

type Ask = (known: Known) => readonly [path: string, request: RawRequest] | null;

const plain =
  (path: string, who: 'patient' | 'provider' = 'patient', body?: unknown): Ask =>
  ({ tokens }) => [path, { token: tokens[who], body, headers: { 'Idempotency-Key': crypto.randomUUID() } }];

const ofBooking =
  (action: string, body?: unknown, who: 'patient' | 'provider' = 'patient'): Ask =>
  (known) =>
    known.booking === undefined
      ? null
      : plain(`/bookings/${encodeURIComponent(known.booking.id)}${action}`, who, body)(known);

/** Completion has no form to be wrong in, so that of a booking that is somebody’s it is asked for by nobody. */
const completion: Ask = (known) => {
  const asked = ofBooking('/complete')(known);
  return asked === null || known.booking?.isOwn === true ? asked : [asked[0], {}];
};

const day = (): string => new Date().toISOString();

const PROBES: Readonly<Record<OperationId, Ask>> = {
  getMe: plain('/me'),
  getDraftKey: plain('/me/draft-key', 'provider'),
  listProviders: plain('/providers'),
  listSlots: (known) =>
    known.providerId === undefined
      ? null
      : plain(`/providers/${encodeURIComponent(known.providerId)}/slots?from=${day()}&to=${day()}`)(known),
  listBookings: plain('/bookings'),
  getActiveBooking: plain('/bookings/active'),
  book: plain('/bookings', 'patient', {}),
  getBooking: ofBooking(''),
  cancelBooking: ofBooking('/cancel', { reason: 0 }),
  rescheduleBooking: ofBooking('/reschedule', {}),
  completeBooking: completion,
  reopenBooking: ofBooking('/reopen'),
  admitPatient: ofBooking('/admit'),
  holdPatient: ofBooking('/hold', { message: 0 }),
  inviteGuest: ofBooking('/guests', {}),
  removeGuest: ofBooking('/guests/guest-1/remove'),
  announceLate: ofBooking('/late', {}),
  reportNoShow: ofBooking('/no-show'),
  reassignBooking: ofBooking('/reassign', {}),
  takeSeat: ofBooking('/seat', {}),
  join: ofBooking('/join', {}),
  reportPresence: ofBooking('/presence', {}),
  leave: ofBooking('/leave', {}),
  listNotes: ofBooking('/notes'),
  addNote: ofBooking('/notes', {}),
  withdrawNote: ofBooking('/notes/no-such-note/withdraw'),
  listHistory: (known) =>
    known.patientId === undefined || known.booking === undefined
      ? null
      : plain(`/patients/${encodeURIComponent(known.patientId)}/history`, 'provider')(known),
  testNetwork: plain('/network-test'),
  followEvents: plain('/events'),
  getOpenApi: plain('/openapi.json'),
  getHealth: plain('/healthz'),
  getReadiness: plain('/readyz'),
};
