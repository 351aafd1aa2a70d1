import type { BookingId } from '@active-session/core';

/** What a provider wants to do with a note that they shared: ids, and nothing of what it says. */
abstract class NoteRequestEvent extends Event {
  readonly bookingId: BookingId;
  readonly noteId: string;

  constructor(type: string, bookingId: BookingId, noteId: string) {
    super(type, { bubbles: true, composed: true, cancelable: true });
    this.bookingId = bookingId;
    this.noteId = noteId;
  }
}

/** The provider wants to correct a note by a further one. A portal with a way of its own for that cancels the event. */
export class NoteAmendRequestEvent extends NoteRequestEvent {
  constructor(bookingId: BookingId, noteId: string) {
    super('note-amend-request', bookingId, noteId);
  }
}

/** The provider has said that the patient is to see a note no longer. Cancelled, the note stays shared. */
export class NoteWithdrawRequestEvent extends NoteRequestEvent {
  constructor(bookingId: BookingId, noteId: string) {
    super('note-withdraw-request', bookingId, noteId);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'note-amend-request': NoteAmendRequestEvent;
    'note-withdraw-request': NoteWithdrawRequestEvent;
  }
}
