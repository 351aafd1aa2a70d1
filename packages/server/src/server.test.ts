import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HOUR, MINUTE, START, startServer, type TestServer } from '../test-support/harness.js';

let folder: string;
let server: TestServer;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'active-session-'));
  file = join(folder, 'heads');
  // Opening it waits until somebody reads it, or writes to it, as a file on a mount that is gone waits.
  execFileSync('mkfifo', [file]);
  server = await startServer({ auditHeadFile: file });
});
afterEach(async () => {
  // Lets go of the thread that waits, and stays until everything that waited for it is over.
  const ends = await open(file, 'r+');
  const failed = (): number => server.log.filter(({ event }) => event === 'audit.head-unpublished').length;
  await vi.waitFor(() => expect(failed()).toBeGreaterThan(1));
  await ends.close();
  await rm(folder, { recursive: true, force: true });
});

it('a file of audit heads that hangs stops neither the sweep nor the stop', async () => {
  const { id } = await server.book('ana', START + HOUR);
  const { seat } = await server.enter('ana', id);
  server.now += 2 * MINUTE;
  await server.sweep();
  server.now += 2 * MINUTE;
  await server.sweep();
  expect((await server.report('ana', id, seat.lease, 'waiting')).status).toBe(409);
  await server.stop();
  expect(server.log).toContainEqual({ level: 'error', event: 'audit.head-unpublished' });
});
