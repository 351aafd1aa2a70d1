import type { OperationId } from '../contract/operations.js';
import type { Backend, BookingsPort, NotesPort } from './backend.port.js';

/** What the backend offers this person; an element hides what it can't do. */
export interface Capabilities {
  readonly book: boolean;
  readonly cancel: boolean;
  readonly reschedule: boolean;
  readonly call: boolean;
  readonly end: boolean;
  readonly reopen: boolean;
  readonly admit: boolean;
  /** Inviting and removing guests. */
  readonly guests: boolean;
  readonly late: boolean;
  readonly noShow: boolean;
  readonly reassign: boolean;
  readonly writeNotes: boolean;
  readonly withdrawNotes: boolean;
  readonly history: boolean;
  readonly testNetwork: boolean;
  readonly keepDrafts: boolean;
}

/** The operations of a backend that has what the seed names, and nothing more. */
export const SEED_OPERATIONS: readonly OperationId[] = ['getActiveBooking', 'listNotes', 'addNote'];

/**
 * What works together: the ports that there are, less what the backend says it does not have.
 *
 * @param offers what it says that it has; undefined: everything
 */
export function capabilitiesOf(
  { bookings, notes, access }: Backend,
  hasVideo: boolean,
  offers: readonly string[] | undefined,
): Capabilities {
  const offered = (...operations: readonly OperationId[]): boolean =>
    offers === undefined || operations.every((operation) => offers.includes(operation));
  const books = (method: keyof BookingsPort, ...operations: readonly OperationId[]): boolean =>
    bookings[method] !== undefined && offered(...operations);
  const writes = (method: keyof NotesPort, operation: OperationId): boolean =>
    notes[method] !== undefined && offered(operation);
  return {
    book: books('book', 'book') && books('slots', 'listSlots') && books('providers', 'listProviders'),
    cancel: books('cancel', 'cancelBooking'),
    reschedule: books('reschedule', 'rescheduleBooking'),
    call: hasVideo && offered('takeSeat', 'join', 'reportPresence'),
    end: books('complete', 'completeBooking'),
    reopen: books('reopen', 'reopenBooking'),
    admit: access?.admit !== undefined && access.hold !== undefined && offered('admitPatient', 'holdPatient'),
    guests:
      access?.inviteGuest !== undefined && access.removeGuest !== undefined && offered('inviteGuest', 'removeGuest'),
    late: books('late', 'announceLate'),
    noShow: books('noShow', 'reportNoShow'),
    reassign: books('reassign', 'reassignBooking'),
    writeNotes: writes('add', 'addNote'),
    withdrawNotes: writes('withdraw', 'withdrawNote'),
    history: writes('history', 'listHistory'),
    testNetwork: access?.testNetwork !== undefined && offered('testNetwork'),
    keepDrafts: access?.draftKey !== undefined && offered('getDraftKey'),
  };
}
