import type { OperationId } from '@active-session/core/contract';

/** What a backend can have, in the words of who embeds it, and the operations that it takes. */
export const CAPABILITIES = {
  'the active booking': ['getActiveBooking'],
  'reading notes': ['listNotes'],
  'writing notes': ['addNote'],
  'who is signed in': ['getMe'],
  'lists of bookings': ['listBookings', 'getBooking'],
  booking: ['listProviders', 'listSlots', 'book'],
  cancelling: ['cancelBooking'],
  rescheduling: ['rescheduleBooking'],
  'the call': ['takeSeat', 'join', 'reportPresence', 'leave'],
  'ending a session': ['completeBooking'],
  'reopening a session': ['reopenBooking'],
  'admission to the call': ['admitPatient', 'holdPatient'],
  guests: ['inviteGuest', 'removeGuest'],
  'running late': ['announceLate'],
  'no-shows': ['reportNoShow'],
  'handing over': ['reassignBooking'],
  'withdrawing notes': ['withdrawNote'],
  'a patient’s history': ['listHistory'],
  'live events': ['followEvents'],
  'the check before the call': ['testNetwork'],
  'drafts kept on the device': ['getDraftKey'],
} as const satisfies Record<string, readonly OperationId[]>;

export type CapabilityName = keyof typeof CAPABILITIES;

/** What the seed names: without these there is nothing to show. */
export const USABLE_WITH: readonly OperationId[] = ['getActiveBooking', 'listNotes'];
