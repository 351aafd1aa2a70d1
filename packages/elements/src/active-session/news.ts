import type { Booking, BookingId } from '@active-session/core';
import type { Localize } from '../shared/localize.controller.js';
import { announcement, lateSentence, standOf, type BookedView, type Stand } from './headline.js';

interface Known {
  readonly id: BookingId;
  readonly stand: Stand | null;
  readonly dateTime: string;
  readonly late: string;
}

/** Finds out what has changed by itself in the session on show, so that each change is said once to who can't see it. */
export class News {
  #known: Known | null = null;

  /** What is to be said now; empty for nothing. What is there when the page comes up is read, not announced. */
  notice(view: BookedView, localize: Localize, now: number): string {
    const before = this.#known;
    const { id, dateTime } = view.booking;
    const known: Known = { id, dateTime, late: lateKey(view.booking), stand: standOf(view) };
    this.#known = known;
    if (before === null) return '';
    const changed = before.id !== id || before.stand !== known.stand || before.dateTime !== dateTime;
    const late = known.late === before.late ? '' : lateSentence(view, localize, now);
    return [changed ? announcement(view, localize, now) : '', late].filter(Boolean).join(' ');
  }

  forget(): void {
    this.#known = null;
  }
}

function lateKey({ late }: Booking): string {
  return late === undefined ? '' : JSON.stringify([late.saidAt, late.minutes, late.message]);
}
