import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const WITHIN = 10_000;

/** Runs `ip`. @returns what it prints @throws Error with what it complains of */
export function ip(...args: readonly string[]): string {
  return call('ip', args);
}

/** Runs a script of `nft` inside a namespace. */
export function nft(namespace: string, script: string): void {
  call('ip', ['netns', 'exec', namespace, 'nft', script]);
}

function call(command: string, args: readonly string[]): string {
  const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  return execFileSync(command, args, {
    encoding: 'utf8',
    timeout: WITHIN,
    env: { ...process.env, PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Deletes a namespace, its links with it, and ends what still runs in it. */
export function deleteNamespace(name: string): void {
  try {
    endAllIn(name);
    ip('netns', 'delete', name);
  } catch {
    // Somebody else was faster, or it never was.
  }
}

export function endAllIn(name: string): void {
  for (const pid of ip('netns', 'pids', name).split('\n').filter(Boolean)) endProcess(Number(pid));
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** What a run names its namespaces by: whose they are can be read off them. */
export function prefixOf(pid: number): string {
  return `as-${String(pid)}-`;
}

/** Takes down what runs left that were killed: only what has our name, and whose process is gone. */
export function deleteLeftovers(): void {
  for (const line of ip('netns', 'list').split('\n')) {
    const [name = ''] = line.split(' ');
    const owner = /^as-(\d+)-/.exec(name)?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) deleteNamespace(name);
  }
}
