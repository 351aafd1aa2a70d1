import {
  DEFAULT_WINDOW_POLICY,
  MINUTE,
  sameId,
  toInstant,
  type Booking,
  type BookingId,
  type Instant,
  type WindowPolicy,
} from '@active-session/core';
import { createActor, type Actor } from './actor.js';
import { assert, NotCheckable, present } from './assert.js';
import { offersOf, type Need, type Reached } from './needs.js';
import type { RuleNumber } from './rules.js';

/** One promise of a backend. */
export interface ContractTest {
  readonly name: string;
  /** Of `RULES`; left out where it is about the form of the contract. */
  readonly rule?: RuleNumber;
  /** All of them must be offered for it. */
  readonly needs: readonly Need[];
  /** Rejects where the promise is not kept; with `NotCheckable` where that can't be found out here. */
  readonly run: () => Promise<void>;
}

/** A patient and a provider on one backend, and others who have nothing to do with them. */
export interface BackendPair {
  readonly patient: Reached;
  readonly provider: Reached;
  /** Another patient. */
  readonly stranger: Reached;
  readonly providerId: string;
  /** Another provider, who has no booking with the patient. */
  readonly otherProvider?: { readonly id: string; readonly backend: Reached } | undefined;
  /** What is offered; where left out, all that the provider's backend has methods for. */
  readonly offers?: ReadonlySet<Need>;
  /** The backend as who came by a guest's link sees it; left out: that can't be had here. */
  readonly asGuest?: ((token: string) => Reached) | undefined;
  /** The server's clock. */
  readonly now: () => Instant;
  /**
   * A scheduled booking of the two, each at a time of its own. `startsIn`: ms from now; below 0 it has begun. A backend
   * that can only be booked by its own routes gives another time, as long as it is as much open, or as much ahead.
   * `shared`: one that was there before will do.
   *
   * @throws NotCheckable where there can be none
   */
  readonly makeBooking: (options: { startsIn: number; shared?: true }) => Promise<Booking>;
  /** Told of every booking that a test makes by itself. */
  readonly made?: (booking: Booking) => void;
  /** Lets what is under way go on for a moment. It is called again and again until something is so. */
  readonly pause: () => Promise<void>;
  /** Moves the server's clock. */
  readonly advance?: ((ms: number) => Promise<void>) | undefined;
  /** Cuts the patient's stream of events, until the function that it gives is called. */
  readonly cutEvents?: (() => () => void) | undefined;
  readonly dispose?: () => Promise<void>;
}

export interface BackendHarness {
  /** A fresh backend, or the same people on a running one. */
  setUp(): Promise<BackendPair>;
}

/** What one test works with. */
export interface ContractContext extends Pick<BackendPair, 'providerId' | 'now' | 'makeBooking'> {
  readonly patient: Actor;
  readonly provider: Actor;
  readonly stranger: Actor;
  readonly signal: AbortSignal;
  /** The other provider. @throws NotCheckable */
  readonly other: () => { readonly id: string; readonly actor: Actor };
  /** Who came by a link. @throws NotCheckable */
  readonly guest: (token: string) => Actor;
  readonly offers: (need: Need) => boolean;
  readonly policy: () => Promise<WindowPolicy>;
  /** One that is open now. */
  readonly openBooking: (options?: { shared?: true }) => Promise<Booking>;
  /** One of the days to come. */
  readonly laterBooking: () => Promise<Booking>;
  /** A booking as somebody reads it. */
  readonly read: (actor: Actor, id: BookingId) => Promise<Booking>;
  /** Remembers a booking that the test made by itself. */
  readonly made: (booking: Booking) => Booking;
  /** @throws NotCheckable */
  readonly advance: (ms: number) => Promise<void>;
  /** To so many ms after (below 0: before) a moment. @throws NotCheckable */
  readonly advanceTo: (at: Instant) => Promise<void>;
  /** A moment goes by, so that what is done twice is done at two times. */
  readonly timePasses: () => Promise<void>;
  /** @throws NotCheckable */
  readonly cutEvents: () => () => void;
  /** Waits until it is so. */
  readonly eventually: (what: string, isSo: () => boolean | Promise<boolean>) => Promise<void>;
}

export interface Promised {
  readonly rule?: RuleNumber;
  readonly needs: readonly Need[];
}

export type Suite = (name: string, of: Promised, run: (context: ContractContext) => Promise<void>) => ContractTest;

export const HOUR = 60 * MINUTE;
const PATIENCE = 200;

/** Makes the tests of one part of the contract. */
export function suite(harness: BackendHarness, part: string): Suite {
  return (name, { rule, needs }, run) => ({
    name: `${part}: ${name}`,
    ...(rule === undefined ? {} : { rule }),
    needs,
    async run() {
      const pair = await harness.setUp();
      const ended = new AbortController();
      try {
        await run(contextOf(pair, ended.signal));
      } finally {
        ended.abort();
        await pair.dispose?.();
      }
    },
  });
}

function contextOf(pair: BackendPair, signal: AbortSignal): ContractContext {
  const { now, makeBooking } = pair;
  const offered = pair.offers ?? offersOf(pair.provider);
  const patient = createActor(pair.patient, signal);
  const advance = async (ms: number): Promise<void> => {
    if (pair.advance === undefined) throw new NotCheckable('the server’s clock can not be moved here');
    if (ms > 0) await pair.advance(ms);
  };
  return {
    providerId: pair.providerId,
    now,
    makeBooking,
    signal,
    patient,
    provider: createActor(pair.provider, signal),
    stranger: createActor(pair.stranger, signal),
    other() {
      if (pair.otherProvider === undefined) throw new NotCheckable('there is no second provider here');
      return { id: pair.otherProvider.id, actor: createActor(pair.otherProvider.backend, signal) };
    },
    guest(token) {
      if (pair.asGuest === undefined) throw new NotCheckable('nobody can come by a link here');
      return createActor(pair.asGuest(token), signal);
    },
    offers: (need) => offered.has(need),
    policy: async () => (offered.has('getMe') ? (await patient.me()).policy : DEFAULT_WINDOW_POLICY),
    openBooking: (options) => makeBooking({ startsIn: 10 * MINUTE, ...options }),
    laterBooking: () => makeBooking({ startsIn: 26 * HOUR }),
    read: (actor, id) => read(offered, actor, id),
    made(booking) {
      pair.made?.(booking);
      return booking;
    },
    advance,
    advanceTo: (at) => advance(at - now()),
    timePasses: () => (pair.advance === undefined ? pair.pause() : pair.advance(1_000)),
    cutEvents() {
      if (pair.cutEvents === undefined) throw new NotCheckable('a stream of events can not be cut here');
      return pair.cutEvents();
    },
    async eventually(what, isSo) {
      for (let turn = 0; turn < PATIENCE; turn += 1) {
        if (await isSo()) return;
        await pair.pause();
      }
      assert(await isSo(), `expected, in the end: ${what}`);
    },
  };
}

async function read(offered: ReadonlySet<Need>, actor: Actor, id: BookingId): Promise<Booking> {
  if (offered.has('getBooking')) return actor.get(id);
  if (offered.has('listBookings')) {
    const booking = (await actor.all()).find((candidate) => sameId(candidate.id, id));
    return present(booking, `booking ${String(id)} in the list of who it belongs to`);
  }
  const { booking } = await actor.active();
  if (booking !== null && sameId(booking.id, id)) return booking;
  throw new NotCheckable('only the active booking can be read here');
}

/** Where the window of a booking stands, for its patient. */
export async function windowOfBooking(
  context: ContractContext,
  { dateTime }: Booking,
): Promise<{ readonly opensAt: Instant; readonly closesAt: Instant; readonly returnMinutes: number }> {
  const { patient, returnMinutes } = await context.policy();
  const start = toInstant(dateTime);
  return {
    opensAt: start - patient.opensBeforeMinutes * MINUTE,
    closesAt: start + patient.closesAfterMinutes * MINUTE,
    returnMinutes,
  };
}
