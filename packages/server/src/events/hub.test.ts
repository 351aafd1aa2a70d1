import { Writable } from 'node:stream';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBench, type Bench } from '../../test-support/records.js';
import { NOW } from '../../test-support/record-rows.js';
import { silentLog } from '../log.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';
import type { Store, StoreView } from '../store/store.js';
import { createEventHub, type EventHub } from './hub.js';

let bench: Bench;
let hub: EventHub;
beforeEach(async () => {
  bench = await openBench();
  hub = createEventHub({ store: bench.store, clock: { now: () => NOW }, log: silentLog });
});
afterEach(async () => {
  hub.close();
  await bench.close();
});

/** A connection that takes nothing until it is let. */
class SlowReader extends Writable {
  text = '';
  reads = false;
  #waiting: (() => void) | undefined;

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    const take = (): void => {
      this.text += chunk.toString();
      done();
    };
    if (this.reads) take();
    else this.#waiting = take;
  }

  read(): void {
    this.reads = true;
    this.#waiting?.();
  }

  get told(): number[] {
    return [...this.text.matchAll(/"i":(\d+)/g)].map(([, i]) => Number(i));
  }
}

const open = (reader: SlowReader, after?: string): Promise<void> =>
  // What the hub uses of a response is what every writable has.
  hub.open({ person: 'ana', expiresAt: Infinity, after, response: reader as unknown as ServerResponse });

/** Events to Ana of which the last one says what was meant for another. */
async function happen(from: number, to: number, secret?: string): Promise<void> {
  const told = { patient: 'ana', provider: null, type: 'note.added', booking: 'b' };
  await bench.store.transaction(async (view) => {
    for (let i = from; i < to; i++) {
      const payload = JSON.stringify({ i, note: { content: 'x'.repeat(1_000) } });
      await view.events.append({ ...told, note: `n${i}`, payload }, NOW);
    }
    if (secret === undefined) return;
    const payload = JSON.stringify({ i: to, note: { content: secret } });
    await view.events.append({ ...told, note: 'secret', booking: 'wrong', payload }, NOW);
  });
}

const first = (): string => `${bench.store.instance}-0`;
const stalled = (reader: SlowReader): Promise<void> =>
  vi.waitFor(() => {
    expect(reader.writableNeedDrain).toBe(true);
  });
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const takenBack: [string, (view: StoreView) => Promise<void>, number[]][] = [
  ['withdrawn', (view) => view.events.blankNote('wrong', 'secret', NOW), upTo(401)],
  ['erased', (view) => view.records.eraseContent(['wrong'], NOW), upTo(400)],
];

describe('a reader that is slow', () => {
  it.each(takenBack)('is not told, of what they missed, what was %s meanwhile', async (_, takeBack, told) => {
    await happen(0, 400, 'CANARY');
    const reader = new SlowReader();
    const opening = open(reader, first());
    await stalled(reader);
    // However much was missed, a connection that does not move costs little.
    expect(reader.writableLength).toBeLessThan(80_000);
    await bench.store.transaction(takeBack);
    reader.read();
    await opening;
    expect(reader.text).not.toContain('CANARY');
    expect(reader.told).toEqual(told);
    expect(reader.text).toMatch(/event: hello\n.*\n\n$/);
  });

  it.each(takenBack)('is not told, of what just happens, what was %s meanwhile', async (_, takeBack, told) => {
    const reader = new SlowReader();
    await open(reader, first());
    await happen(0, 400, 'CANARY');
    hub.wake();
    await stalled(reader);
    expect(reader.writableLength).toBeLessThan(80_000);
    await bench.store.transaction(takeBack);
    reader.read();
    await vi.waitFor(() => {
      expect(reader.told).toEqual(told);
    });
    expect(reader.text).not.toContain('CANARY');
    await happen(500, 501);
    hub.wake();
    await vi.waitFor(() => {
      expect(reader.told.at(-1)).toBe(500);
    });
  });

  it('is told to read everything anew where they missed more than is told one by one', async () => {
    await happen(0, 501);
    const reader = new SlowReader();
    reader.read();
    await open(reader, first());
    expect(reader.text).toContain('event: reset');
    expect(reader.told).toEqual([]);
  });

  it('misses and doubles nothing of what happens while they catch up', async () => {
    await happen(0, 100);
    const reader = new SlowReader();
    const opening = open(reader, first());
    await stalled(reader);
    await happen(100, 200);
    hub.wake();
    reader.read();
    await happen(200, 230);
    hub.wake();
    await opening;
    await vi.waitFor(() => {
      expect(reader.told).toEqual(upTo(230));
    });
  });
});

describe('an event that another process commits amid a look', () => {
  it('is told once', async () => {
    const other = await openSqliteStore({ dataFolder: bench.dataFolder, mustExist: true });
    const payload = JSON.stringify({ type: 'seat.taken', bookingId: 'b', seat: 'patient', lease: 'l' });
    const event = { patient: 'ana', provider: null, type: 'seat.taken', booking: 'b', note: null, payload };
    const torn: Store = {
      ...bench.store,
      read: (work) =>
        bench.store.read((view) => {
          const span = async (): ReturnType<typeof view.events.span> => {
            const seen = await view.events.span();
            await other.transaction((writing) => writing.events.append(event, NOW));
            return seen;
          };
          return work({ ...view, events: { ...view.events, span } });
        }),
    };
    const tornHub = createEventHub({ store: torn, clock: { now: () => NOW }, log: silentLog });
    const looks = [];
    for (let cursor = first(); looks.length < 3; cursor = looks.at(-1)!.cursor) {
      looks.push(await tornHub.poll('ana', cursor));
    }
    const told = looks.flatMap(({ events }) => events.map(({ id }) => id));
    expect(told).toEqual([1, 2].map((seq) => `${bench.store.instance}-${seq}`));
    await other.close();
  });
});
