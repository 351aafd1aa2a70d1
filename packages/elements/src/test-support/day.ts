import { toIso, type Booking, type JudgedBooking, type Party } from '@active-session/core';
import { fakeClient, type FakeClient, type FakeClientOptions } from './fake-client.js';
import { AT, BOOKING, clientView, judged, MET, party } from './fixtures.js';

const MINUTE = 60_000;

/** 10:14: the second session of the day should have begun. */
export const NOW = AT.talking;

export const SAM: Booking = { ...BOOKING, patientName: 'Sam Rivera' };
/** As the seed has it: nobody says who the patient is. */
export const NAMELESS: Booking = { ...BOOKING, id: 3, dateTime: '2026-01-07T11:00:00.000Z' };
export const LEE: Booking = { ...BOOKING, id: 4, patientName: 'Lee Kim', dateTime: '2026-01-07T15:00:00.000Z' };
export const ANA: Booking = {
  ...MET,
  id: 1,
  patientName: 'Ana Petrova',
  dateTime: '2026-01-07T08:30:00.000Z',
  status: 'completed',
  completedAt: '2026-01-07T08:52:00.000Z',
};

export function patient(change: Partial<Party> = {}, since = NOW - 4 * MINUTE - 5_000): Party {
  return { ...party('patient', 'waiting', since), ...change };
}

/** A session of the day with who is in it. */
export function today(booking: Booking, parties: readonly Party[] = [], now = NOW): JudgedBooking {
  return judged(booking, now, 'provider', parties);
}

export interface DayOptions extends Omit<FakeClientOptions, 'view' | 'bookings' | 'role'> {
  readonly view?: FakeClientOptions['view'];
}

/** A provider's client with this day. */
export function dayClient(queue: readonly JudgedBooking[], { view, ...options }: DayOptions = {}): FakeClient {
  const bookings = queue.map(({ booking }) => booking);
  return fakeClient({ now: NOW, ...options, bookings, role: 'provider', view: { ...clientView(queue), ...view } });
}

/** Twelve of them, each in a state of its own. */
export function fullDay(): readonly JudgedBooking[] {
  const at = (hour: number, minute: number): string => toIso(Date.UTC(2026, 0, 7, hour, minute));
  const one = (id: number, patientName: string, dateTime: string, change: Partial<Booking> = {}): Booking => ({
    ...BOOKING,
    id,
    patientName,
    dateTime,
    ...change,
  });
  return [
    today(ANA),
    today(one(12, 'Noor Haddad', at(8, 0), { status: 'cancelled', cancelReason: 'no-show' })),
    today(
      one(13, 'Jo Okafor', at(9, 0), { status: 'cancelled', cancelledBy: 'patient', cancelReason: 'I am better.' }),
    ),
    today(one(14, 'Mia Chen', at(9, 30), { attendance: MET.attendance ?? [] }), [patient({ presence: 'in-call' })]),
    today(SAM, [patient({ devices: { microphone: 'denied', camera: 'works' } })]),
    today(one(15, 'Priya Natarajan-Whitfield', at(10, 5))),
    today(one(16, 'Tom Brandt', at(10, 10)), [patient({ admission: 'asking' }, NOW - 20_000)]),
    today(one(17, 'Olu Adeyemi', at(10, 20)), [patient({ admission: 'held', message: 'Two minutes.' })]),
    today(one(18, 'Eva Lind', at(10, 20), { late: { minutes: 15, saidAt: at(10, 0) } })),
    today(NAMELESS),
    today(one(19, 'Max Reuter', at(13, 0))),
    today(LEE),
  ];
}
