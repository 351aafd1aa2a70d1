import { createReadStream } from 'node:fs';
import { appendFile, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import type { Clock } from './clock.js';
import { describeError, type Log } from './log.js';
import type { AuditHead } from './store/records.js';
import type { Store } from './store/store.js';

const PUBLISH_EVERY = 60_000;

const headSchema = z.object({
  seq: z.int().check(z.minimum(0)),
  hash: z.string().check(z.regex(/^([0-9a-f]{64})?$/)),
});

export interface HeadPublisherOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Gets each head too, one JSON object a line. It proves something where who can write the database can't write it. */
  readonly file?: string | undefined;
}

/** Says outside of the database how far the audit trail has come, so that a cut or rewritten one is known as such. */
export interface HeadPublisher {
  /** Publishes the head if it has changed, at most every minute. */
  tick(): Promise<void>;
  /** Publishes it for the last time. */
  close(): Promise<void>;
}

export function createHeadPublisher({ store, clock, log, file }: HeadPublisherOptions): HeadPublisher {
  let published = 0;
  let publishedAt = -Infinity;
  let isFirst = true;
  let isPublishing = false;
  let last: Promise<void> = Promise.resolve();

  async function publish(): Promise<void> {
    const { seq, hash } = await store.read((view) => view.audit.head());
    if (seq === published) return;
    const line = JSON.stringify({ time: new Date(clock.now()).toISOString(), seq, hash });
    if (file !== undefined) {
      // A crash can have left half a line.
      const gap = isFirst && (await endsInside(file)) ? '\n' : '';
      await appendFile(file, `${gap}${line}\n`, { mode: 0o600, flush: true });
      isFirst = false;
    }
    published = seq;
    log({ level: 'info', event: 'audit.head', seq, hash });
  }

  function inTurn(): Promise<void> {
    isPublishing = true;
    last = last
      .then(publish)
      .catch((error: unknown) => {
        log({ level: 'error', event: 'audit.head-unpublished', ...describeError(error) });
      })
      .finally(() => {
        isPublishing = false;
      });
    return last;
  }

  return {
    async tick() {
      if (isPublishing || Math.abs(clock.now() - publishedAt) < PUBLISH_EVERY) return;
      publishedAt = clock.now();
      await inTurn();
    },
    close: inTurn,
  };
}

/** Heads that were published into a file, and the numbers of lines that are none. */
export async function readHeads(file: string): Promise<{ heads: AuditHead[]; broken: number[] }> {
  const heads: AuditHead[] = [];
  const broken: number[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const head = headIn(line);
    if (head === undefined) broken.push(number);
    else heads.push(head);
  }
  return { heads, broken };
}

function headIn(line: string): AuditHead | undefined {
  try {
    const result = headSchema.safeParse(JSON.parse(line));
    return result.success ? { seq: result.data.seq, hash: result.data.hash } : undefined;
  } catch {
    return undefined;
  }
}

async function endsInside(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return false;
  try {
    const { size } = await handle.stat();
    if (size === 0) return false;
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] !== 0x0a;
  } finally {
    await handle.close();
  }
}
