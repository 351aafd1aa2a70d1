import type { BookingId, MediaRequest, SessionError, SessionView } from '@active-session/core';
import type { DeviceWish } from './device-problem.js';

export const BOTH: MediaRequest = { microphone: true, camera: true };

/** What this page knows of a session that the session itself does not say; forgotten with another one. */
export class CallMemory {
  /** What the last start asked for. */
  asked: MediaRequest = BOTH;
  /** Which device the person asked for last. */
  wish: DeviceWish | null = null;
  /** The problem that the person has put away. */
  closed: SessionError | null = null;
  /** The portal was asked to pass it on that the person needs help. */
  told = false;
  /** The person left only to come back at once. */
  rejoining = false;
  /** Letting the other one in did not work. */
  admitFailed = false;
  #id: BookingId | null = null;

  follow(id: BookingId | null, view: SessionView | undefined): void {
    if (id !== this.#id) this.forget();
    this.#id = id;
    if (view === undefined) return;
    const { call, lastCall, phase } = view;
    if (call?.state === 'connected') {
      this.told = false;
      this.admitFailed = false;
    }
    const isBack = call !== null && !['preparing', 'reconnecting', 'leaving'].includes(call.state);
    const isOff = phase !== 'open' || (call === null && lastCall !== null && lastCall.outcome !== 'left');
    if (isBack || isOff) this.rejoining = false;
  }

  forget(): void {
    this.asked = BOTH;
    this.wish = null;
    this.closed = null;
    this.told = false;
    this.rejoining = false;
    this.admitFailed = false;
  }
}
