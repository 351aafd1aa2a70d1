import type { BookingId } from '../booking/booking.schema.js';
import type { NoteKind } from '../notes/note.schema.js';
import type { MediaRequest } from '../ports/devices.port.js';
import type { Readable } from '../readable.js';
import type { SessionView } from './session.view.js';

/** A note as its writer gives it. */
export interface NoteDraft {
  readonly content: string;
  readonly kind?: NoteKind;
}

/**
 * The session of one booking, shared by every element that shows it. Commands that do not apply now do nothing: a view
 * shows what applies (`canStart`, `canEnd`, `canWrite`).
 */
export interface Session extends Readable<SessionView> {
  readonly bookingId: BookingId;
  /** Takes the seat, opens the devices and waits for the other. Both devices where `media` is not given. */
  start(media?: MediaRequest): void;
  /** Like `start`, but takes the seat from the tab or device that has it. */
  continueHere(media?: MediaRequest): void;
  /** Hangs up; coming back is `start`. */
  leave(): void;
  /** Completes the session for both, for good. Tried again until the backend has answered. */
  end(): void;
  setMicrophone(on: boolean): void;
  setCamera(on: boolean): void;
  /** Sends the screen in place of the camera; the browser asks which one. */
  setSharing(on: boolean): void;
  /** Shares a note with the patient. It stands in `outbox` until the backend has it. */
  shareNote(draft: NoteDraft): void;
  /** Sends a refused note again, under the same key. */
  retryNote(id: string): void;
  /** Takes a note that was refused out of the outbox and gives its text back. */
  discardNote(id: string): NoteDraft | null;
  /** Reads the booking and its notes anew. */
  refresh(): void;
}
