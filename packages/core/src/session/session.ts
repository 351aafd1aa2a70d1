import type { BookingId } from '../booking/booking.schema.js';
import type { NoteDraft } from '../notes/outbox.machine.js';
import type { MediaRequest } from '../ports/devices.port.js';
import type { Readable } from '../readable.js';
import type { SessionView } from './session.view.js';

/**
 * The session of one booking, shared by every element that shows it. Commands that do not apply now do nothing: a view
 * shows what applies (`canStart`, `canEnd`, `canWrite`).
 */
export interface Session extends Readable<SessionView> {
  readonly bookingId: BookingId;
  /**
   * Takes the seat, opens the devices and waits for the other. Both devices where `media` is not given. A call that runs
   * in another session of this page is left first.
   */
  start(media?: MediaRequest): void;
  /** Like `start`, but takes the seat from the tab or device that has it. */
  continueHere(media?: MediaRequest): void;
  /** Hangs up; coming back is `start`. */
  leave(): void;
  /** Completes the session for all, for good. Tried again until the backend has answered. Not for a guest. */
  end(): void;
  setMicrophone(on: boolean): void;
  setCamera(on: boolean): void;
  /** Sends the screen in place of the camera; the browser asks which one. */
  setSharing(on: boolean): void;
  /**
   * Writes on a draft, which nobody but its writer sees; it is kept on their device with every stroke.
   *
   * @param id which one; left out: a new one
   * @returns the id of the draft
   */
  writeNote(change: Partial<NoteDraft>, id?: string): string;
  /** Shares a draft with the patient. It stands in `outbox` until the backend has it. A blank one is not shared. */
  shareNote(id: string): void;
  /** Sends a refused note again, as it is. */
  retryNote(id: string): void;
  /** Makes a draft again of a note that was refused or still waits. @returns the id of the draft; null where it is too late */
  reviseNote(id: string): string | null;
  /** Throws a draft or a refused note away, for good. */
  discardNote(id: string): void;
  /** Reads the booking and its notes anew. */
  refresh(): void;
}
