import type { Backend, BookingsPort, NotesPort, AccessPort, SignallingPort } from '@active-session/core';
import type { OperationId } from '@active-session/core/contract';

/** What a test asks a backend to offer: operations of the contract, and its own signalling channel. */
export type Need = OperationId | 'signalling';

/** A backend, and its signalling channel where it has one of its own. */
export interface Reached extends Backend {
  readonly signalling?: SignallingPort;
}

const BOOKINGS: Readonly<Record<keyof BookingsPort, Need>> = {
  active: 'getActiveBooking',
  list: 'listBookings',
  get: 'getBooking',
  providers: 'listProviders',
  slots: 'listSlots',
  book: 'book',
  cancel: 'cancelBooking',
  complete: 'completeBooking',
  reschedule: 'rescheduleBooking',
  reopen: 'reopenBooking',
  late: 'announceLate',
  noShow: 'reportNoShow',
  reassign: 'reassignBooking',
};

const NOTES: Readonly<Record<keyof NotesPort, Need>> = {
  list: 'listNotes',
  add: 'addNote',
  withdraw: 'withdrawNote',
  history: 'listHistory',
};

const ACCESS: Readonly<Record<Exclude<keyof AccessPort, 'leaveNow'>, Need>> = {
  me: 'getMe',
  takeSeat: 'takeSeat',
  join: 'join',
  presence: 'reportPresence',
  leave: 'leave',
  admit: 'admitPatient',
  hold: 'holdPatient',
  inviteGuest: 'inviteGuest',
  removeGuest: 'removeGuest',
  testNetwork: 'testNetwork',
  draftKey: 'getDraftKey',
};

/** What a backend offers, by the ports and methods that it has. */
export function offersOf({ bookings, notes, access, events, signalling }: Reached): ReadonlySet<Need> {
  return new Set([
    ...methodsOf(bookings, BOOKINGS),
    ...methodsOf(notes, NOTES),
    ...methodsOf(access, ACCESS),
    ...(events === undefined ? [] : (['followEvents'] as const)),
    ...(signalling === undefined ? [] : (['signalling'] as const)),
  ]);
}

function methodsOf(port: object | undefined, needs: Readonly<Record<string, Need>>): readonly Need[] {
  if (port === undefined) return [];
  return Object.entries(needs).flatMap(([method, need]) => (Reflect.get(port, method) === undefined ? [] : [need]));
}
