import type { Frame } from '../frames.js';

/** So many places are remembered; who comes from farther back reads everything anew. */
const REMEMBERED = 300;

/** What came through a stream of this page lately, for tabs that go on with it. */
export interface FrameMemory {
  add(frame: Frame): void;
  /**
   * What a tab missed that knows everything up to each of `known`, then a greeting. Where none of them is remembered: a
   * `reset`, because something may have been missed. Empty while the stream has not greeted.
   */
  answer(known: readonly string[]): readonly Frame[];
}

/** A place in the order of events, and what happened there; null: nothing that this person may know of. */
interface Place {
  readonly id: string | undefined;
  readonly frame: Frame | null;
}

/** @param startId the stream was opened behind it */
export function createFrameMemory(startId: string | null): FrameMemory {
  let places: Place[] = startId === null ? [] : [{ id: startId, frame: null }];
  let clock: Frame | null = null;
  const newest = (): string | undefined => places.findLast(({ id }) => id !== undefined)?.id;

  return {
    add(frame) {
      const id = frame.id === '' ? undefined : frame.id;
      const isClock = frame.type === 'hello' || frame.type === 'heartbeat';
      if (isClock) clock = frame;
      if (frame.type === 'reset') places = [{ id, frame: null }];
      else if (!isClock) places.push({ id, frame });
      else if (id !== undefined && id !== newest()) places.push({ id, frame: null });
      if (places.length > REMEMBERED) places.shift();
    },
    answer(known) {
      if (clock === null) return [];
      const ids = new Set<string | undefined>(known);
      const common = places.findLastIndex(({ id }) => id !== undefined && ids.has(id));
      const missed = common === -1 ? [] : places.slice(common + 1).flatMap(({ frame }) => frame ?? []);
      const place = { id: newest(), data: clock.data };
      if (common === -1) missed.push({ type: 'reset', ...place });
      return [...missed, { type: 'hello', ...place }];
    },
  };
}
