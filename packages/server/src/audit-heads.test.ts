import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBench, type Bench } from '../test-support/records.js';
import { NOW } from '../test-support/record-rows.js';
import { createHeadPublisher, readHeads } from './audit-heads.js';
import { verifyAudit } from './domain/audit.js';
import type { LogEntry } from './log.js';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

async function write(count: number): Promise<void> {
  await bench.store.transaction(async (view) => {
    for (let i = 0; i < count; i++) await view.audit.append({ actor: 'lee', action: 'notes.read' }, NOW);
  });
}

describe('the head of the audit trail', () => {
  const log: LogEntry[] = [];
  const clock = { time: NOW, now: () => clock.time };
  const publisher = (file?: string): ReturnType<typeof createHeadPublisher> =>
    createHeadPublisher({ store: bench.store, clock, file, log: (entry) => void log.push(entry) });
  beforeEach(() => {
    log.splice(0);
    clock.time = NOW;
  });
  const MINUTE = 60_000;

  it('is published at the start, at most every minute when it has changed, and at the stop', async () => {
    await write(3);
    const heads = publisher();
    await heads.tick();
    await write(1);
    clock.time += MINUTE - 1;
    await heads.tick();
    expect(log.map(({ seq }) => seq)).toEqual([3]);
    clock.time += 1;
    await heads.tick();
    clock.time += MINUTE;
    await heads.tick();
    expect(log.map(({ seq }) => seq)).toEqual([3, 4]);
    await write(1);
    await heads.close();
    expect(log).toMatchObject([
      {},
      {},
      { level: 'info', event: 'audit.head', ...(await bench.store.read((view) => view.audit.head())) },
    ]);
  });

  it('is appended to a file that the next run goes on with, after half a line too', async () => {
    const file = join(bench.dataFolder, 'heads.jsonl');
    await write(2);
    await publisher(file).close();
    await writeFile(file, '{"time":"2026-', { flag: 'a' });
    await write(2);
    const next = publisher(file);
    await next.tick();
    await write(2);
    await next.close();
    const { heads, broken } = await readHeads(file);
    expect(heads.map(({ seq }) => seq)).toEqual([2, 4, 6]);
    expect(broken).toEqual([2]);
    expect((await readFile(file, 'utf8')).endsWith('\n')).toBe(true);
    expect(await verifyAudit(bench.store, heads)).toMatchObject({ confirmed: 3 });
  });

  it('is published later where the file cannot be written now', async () => {
    const file = join(bench.dataFolder, 'away', 'heads.jsonl');
    const heads = publisher(file);
    await write(1);
    await heads.tick();
    expect(log).toMatchObject([{ level: 'error', event: 'audit.head-unpublished', code: 'ENOENT' }]);
    await heads.close();
    expect(log).toHaveLength(2);
  });
});
