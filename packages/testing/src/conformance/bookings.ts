import { judge, MINUTE, type Booking, type Instant, type WindowPolicy } from '@active-session/core';
import { NotCheckable } from '../contracts/assert.js';
import type { BackendPair } from '../contracts/harness.js';
import type { Need } from '../contracts/needs.js';
import type { Fixtures } from './fixtures.js';
import type { People, ServerClock } from './people.js';

const DAY = 24 * 60 * MINUTE;

export interface BookingSource {
  readonly people: People;
  readonly clock: ServerClock;
  readonly offers: ReadonlySet<Need>;
  readonly fixtures: Fixtures | undefined;
  readonly policy: WindowPolicy;
  readonly patientId: string | undefined;
  readonly providerId: string | undefined;
}

type MakeBooking = BackendPair['makeBooking'];

/** How this backend comes to a booking: by its fixtures, by its own routes, or by one that is there. */
export function bookingMaker(
  source: BookingSource,
  signal: AbortSignal,
  made: (booking: Booking) => void,
): MakeBooking {
  let count = 0;
  return async ({ startsIn, shared }) => {
    const { people, clock, offers, fixtures, patientId, providerId } = source;
    count += 1;
    if (fixtures !== undefined && patientId !== undefined && providerId !== undefined) {
      // Whole seconds, each another one.
      const start = Math.round((clock.now() + startsIn) / 1_000 + count) * 1_000;
      return keep(await fixtures.book({ patient: patientId, provider: providerId, start }), made);
    }
    if (providerId !== undefined && offers.has('book') && offers.has('listSlots')) {
      const dateTime = await freeTime(source, startsIn, signal);
      const request = { provider: providerId, dateTime, notes: '' };
      return keep(await people.patient.bookings.book(request, { signal, idempotencyKey: crypto.randomUUID() }), made);
    }
    if (shared === true) return thereAlready(source, signal);
    throw new NotCheckable('a booking of its own is needed: neither can one be booked here, nor are there fixtures');
  };
}

function keep(booking: Booking, made: (booking: Booking) => void): Booking {
  made(booking);
  return booking;
}

/** One that opens at once is within the time before the start at which sessions open. */
async function freeTime(
  { people, clock, policy, providerId = '' }: BookingSource,
  startsIn: number,
  signal: AbortSignal,
): Promise<string> {
  if (startsIn < 0) throw new NotCheckable('a booking that has begun is needed: nobody can book one, fixtures can');
  const opensBefore = Math.min(policy.patient.opensBeforeMinutes, policy.provider.opensBeforeMinutes) * MINUTE;
  const now = clock.now();
  const isOpen = startsIn < opensBefore;
  const find = async (from: Instant, to: Instant): Promise<string | undefined> =>
    (await people.patient.bookings.slots(providerId, { from, to }, { signal }))[0]?.start;
  const range = isOpen
    ? ([now, now + opensBefore - MINUTE] as const)
    : ([now + startsIn, now + startsIn + 14 * DAY] as const);
  const start = (isOpen ? await find(now + startsIn, range[1]) : undefined) ?? (await find(...range));
  if (start !== undefined) return start;
  throw new NotCheckable(
    isOpen
      ? `a free time within the next ${opensBefore / MINUTE} minutes is needed (one for each booking of a test)`
      : 'a free time within two weeks is needed',
  );
}

async function thereAlready({ people, clock, policy }: BookingSource, signal: AbortSignal): Promise<Booking> {
  const { booking, verdict } = await people.patient.bookings.active({ signal });
  if (booking === null) throw new NotCheckable('the patient has no booking, and none can be made');
  const { attendance = [] } = booking;
  const { phase } = verdict ?? judge({ booking, attendance, now: clock.now(), policy, role: 'patient' });
  if (phase !== 'open') throw new NotCheckable('the patient’s booking is not open now, and no other can be made');
  return booking;
}

/** Ends what a test began, so that its time is free for the next one. */
export async function tidyUp({ people, offers }: BookingSource, bookings: readonly Booking[]): Promise<void> {
  const { signal } = new AbortController();
  for (const { id } of bookings) {
    for (const { bookings: port } of [people.provider, people.patient, ...others(people), people.stranger]) {
      try {
        if (offers.has('reopenBooking')) await port.reopen(id, { signal }).catch(() => undefined);
        if (offers.has('cancelBooking')) await port.cancel(id, undefined, { signal });
        else if (offers.has('completeBooking')) await port.complete(id, { signal });
        break;
      } catch {
        // Somebody else's, or over already.
      }
    }
  }
}

function others({ otherProvider }: People): readonly People['provider'][] {
  return otherProvider === undefined ? [] : [otherProvider];
}
