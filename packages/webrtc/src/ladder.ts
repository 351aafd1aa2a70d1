import type { Carries } from '@active-session/core';
import { ladderAtFirst, ladderStep } from './ladder.rules.js';
import { holdTo } from './outbound.js';
import { createPathReader, type PathReader } from './outbound-stats.js';

export interface LadderOptions {
  /** All connections over which this person is sent, at this moment. */
  readonly connections: () => readonly RTCPeerConnection[];
  /** Whether their camera or screen is on. */
  readonly wantsVideo: () => boolean;
  /** Called after each step, when it is applied to every connection. */
  readonly onChange: (carries: Carries) => void;
}

/**
 * Keeps speech well on a weak network: sends a smaller picture, then none, and brings it back by itself. All connections
 * are on the same step, that of the worst one.
 */
export interface Ladder {
  /** How much of what this person sends the network carries. */
  readonly carries: Carries;
  /** Reads and changes nothing any more; what is sent stays as it is. Can be called twice. */
  close(): void;
}

/** ms */
const READ_EVERY = 1_000;

export function createLadder({ connections, wantsVideo, onChange }: LadderOptions): Ladder {
  const readers = new WeakMap<RTCPeerConnection, PathReader>();
  let memory = ladderAtFirst;
  let readAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  // `closed` can change while a reading is awaited, which the type checker does not see.
  const isClosed = () => closed;

  const readerOf = (pc: RTCPeerConnection): PathReader => {
    const reader = readers.get(pc) ?? createPathReader(pc);
    readers.set(pc, reader);
    return reader;
  };

  const read = async () => {
    const readings = await Promise.all(connections().map((pc) => readerOf(pc)().catch(() => null)));
    if (isClosed()) return;
    const now = performance.now();
    const { carries } = memory;
    memory = ladderStep(memory, {
      elapsed: now - readAt,
      wantsVideo: wantsVideo(),
      paths: readings.filter((reading) => reading !== null),
    });
    readAt = now;
    // Each time, for what changed meanwhile: a screen in place of a camera, one more in the call.
    for (const pc of connections()) holdTo(pc, memory.carries, connections().length);
    timer = setTimeout(run, READ_EVERY);
    if (memory.carries !== carries) onChange(memory.carries);
  };
  const run = () => void read();

  timer = setTimeout(run, READ_EVERY);

  return {
    get carries() {
      return memory.carries;
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
