import { toInstant, verdictToWire, type Page } from '@active-session/core';
import type { operations, OperationId } from '@active-session/core/contract';
import type { Schema } from '../memory/checked.js';
import type { PersonalBackend } from '../memory/personal.js';

type Operations = typeof operations;
type Parsed<Id extends OperationId, Part extends 'body' | 'query'> =
  Operations[Id] extends Readonly<Record<Part, Schema<infer T>>> ? T : undefined;

/** One call of an operation, with everything that it names read and valid. */
export interface Call<Id extends OperationId> {
  readonly own: PersonalBackend;
  /** The `{id}`, `{note}` and `{seat}` of the path; empty where it has none. */
  readonly id: string;
  readonly note: string;
  readonly seat: string;
  readonly body: Parsed<Id, 'body'>;
  readonly query: Parsed<Id, 'query'>;
  /** The idempotency key. */
  readonly key: string;
  /** The version in `If-Match`. */
  readonly version: number;
  readonly signal: AbortSignal;
}

/** What is not answered with JSON, or not here. */
export type Apart = 'followEvents' | 'getOpenApi';
export type Answered = Exclude<OperationId, Apart>;

/** What each operation is answered with; undefined: nothing. */
export const answers: { readonly [Id in Answered]: (call: Call<Id>) => Promise<unknown> } = {
  getMe: ({ own, signal }) => own.access.me({ signal }),
  getDraftKey: ({ own, signal }) => own.access.draftKey({ signal }),
  listProviders: async ({ own, signal }) => ({ items: await own.bookings.providers({ signal }) }),
  async listSlots({ own, id, query, signal }) {
    const from = instant(query.from) ?? Date.now();
    const range = { from, to: instant(query.to) ?? from + DEFAULT_RANGE };
    return { items: await own.bookings.slots(id, range, { signal }) };
  },
  async listBookings({ own, query, signal }) {
    const { status, cursor } = query;
    const wanted = given({ status, cursor, from: instant(query.from), to: instant(query.to) });
    return pageOf(await own.bookings.list(wanted, { signal, ...limitOf(query) }));
  },
  async getActiveBooking({ own, signal }) {
    const { booking, verdict } = await own.bookings.active({ signal });
    return { booking, verdict: verdict && verdictToWire(verdict) };
  },
  book: ({ own, body, key, signal }) => own.bookings.book(body, { signal, idempotencyKey: key }),
  getBooking: ({ own, id, signal }) => own.bookings.get(id, { signal }),
  cancelBooking: ({ own, id, body, signal }) => own.bookings.cancel(id, body.reason, { signal }),
  rescheduleBooking: ({ own, id, body, version, signal }) => own.bookings.reschedule(id, body, { signal, version }),
  completeBooking: ({ own, id, signal }) => own.bookings.complete(id, { signal }),
  reopenBooking: ({ own, id, signal }) => own.bookings.reopen(id, { signal }),
  admitPatient: async ({ own, id, body, signal }) => ({ parties: await own.access.admit(id, body, { signal }) }),
  holdPatient: async ({ own, id, body, signal }) => ({ parties: await own.access.hold(id, body, { signal }) }),
  inviteGuest: ({ own, id, body, key, signal }) => own.access.inviteGuest(id, body, { signal, idempotencyKey: key }),
  removeGuest: async ({ own, id, seat, signal }) => ({ parties: await own.access.removeGuest(id, seat, { signal }) }),
  announceLate: ({ own, id, body, signal }) => own.bookings.late(id, body, { signal }),
  reportNoShow: ({ own, id, signal }) => own.bookings.noShow(id, { signal }),
  reassignBooking: ({ own, id, body, version, signal }) => own.bookings.reassign(id, body, { signal, version }),
  takeSeat: ({ own, id, body, signal }) => own.access.takeSeat(id, body, { signal }),
  join: ({ own, id, body, signal }) => own.access.join(id, seatWith(body.lease), { signal }),
  reportPresence: ({ own, id, body, signal }) => own.access.presence(id, body, { signal }),
  leave: ({ own, id, body, signal }) => own.access.leave(id, seatWith(body.lease), { signal }),
  listNotes: async ({ own, id, query, signal }) =>
    pageOf(await own.notes.list(id, query.cursor, { signal, ...limitOf(query) })),
  addNote: ({ own, id, body, key, signal }) => own.notes.add(id, body, { signal, idempotencyKey: key }),
  withdrawNote: ({ own, id, note, signal }) => own.notes.withdraw(id, note, { signal }),
  async listHistory({ own, id, query, signal }) {
    const { kind, cursor } = query;
    const wanted = given({ kind, cursor, from: instant(query.from), to: instant(query.to) });
    return pageOf(await own.notes.history(id, wanted, { signal, ...limitOf(query) }));
  },
  testNetwork: ({ own, signal }) => own.access.testNetwork({ signal }),
  getHealth: async () => ({ status: 'ok' }),
  getReadiness: async () => ({ status: 'ready' }),
};

const DEFAULT_RANGE = 14 * 24 * 60 * 60_000;

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is undefined. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

function instant(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : toInstant(iso);
}

function limitOf({ limit }: { readonly limit?: string | undefined }): { limit?: number } {
  return limit === undefined ? {} : { limit: Number(limit) };
}

/** What could not be read stays here: a backend of one's own writes nothing that can't be. */
function pageOf({ items, cursor }: Page<unknown>): unknown {
  return { items, cursor };
}

/** On the wire a seat is named by its lease alone. */
function seatWith(lease: string): Parameters<PersonalBackend['access']['join']>[1] {
  return { seat: '', lease, expiresAt: '', renewEvery: 0 };
}
