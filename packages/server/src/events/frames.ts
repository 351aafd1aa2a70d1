import { toIso, type Instant } from '@active-session/core';
import type { EventRecord } from '../store/records.js';

/** One server-sent event. JSON has no line breaks, so data is one line. */
export function frame(type: string, data: string, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${data}\n\n`;
}

/** Says the time, and within how many ms the next frame comes: who hears nothing for longer is cut off. */
export function clockFrame(type: 'hello' | 'heartbeat', now: Instant, every: number, id?: string): string {
  return frame(type, JSON.stringify({ serverTime: toIso(now), every }), id);
}

/** Ids name the database they are of, so that one of a former database is known as foreign. */
export interface EventIds {
  of(seq: number): string;
  /** Undefined for anything that this database never gave. */
  seq(id: string): number | undefined;
}

export function eventIds(instance: string): EventIds {
  return {
    of: (seq) => `${instance}-${seq}`,
    seq(id) {
      const [, of, digits] = /^(\w+)-(\d{1,15})$/.exec(id) ?? [];
      return of === instance ? Number(digits) : undefined;
    },
  };
}

export function eventFrame(event: EventRecord, ids: EventIds): string {
  return frame(event.type, event.payload, ids.of(event.seq));
}
