import { instantSchema, toInstant } from '@active-session/core';
import type { Clock } from '../clock.js';
import { dataFolderIn } from '../config.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';
import type { Store } from '../store/store.js';

/** What a command works with. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Lines of the answer. */
  readonly out: (line: string) => void;
  /** Lines of what went wrong. */
  readonly err: (line: string) => void;
}

/** 0: done. 1: it was not done, or what was looked for is wrong. 2: the command was not understood. */
export type ExitCode = 0 | 1 | 2;

export type Command = (args: readonly string[], context: CommandContext) => Promise<ExitCode>;

/** The command was not given as it must be. The message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Does `work` on the database of this environment's data folder, beside a server that may be running on it. */
export async function withStore<T>({ env }: CommandContext, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore({ dataFolder: dataFolderIn(env), mustExist: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** @throws UsageError unless it is an ISO 8601 instant with Z or an offset, and in the past */
export function pastInstant(option: string, text: string, now: number): number {
  if (!instantSchema.safeParse(text).success) {
    throw new UsageError(`${option} must be an instant like 2024-01-31T00:00:00Z; it is ${JSON.stringify(text)}.`);
  }
  const instant = toInstant(text);
  if (instant > now) throw new UsageError(`${option} must be in the past.`);
  return instant;
}

export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
