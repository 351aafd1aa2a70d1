import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { AUDIENCE, ISSUER, NO_LIMIT, SECRET } from './people.js';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface ServerProcess {
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  output(): string;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

export interface SpawnOptions {
  readonly args?: readonly string[];
  /** Kilobytes that no file may outgrow, until `growFiles`: to the server that is a full disk. Linux only. */
  readonly filesUpTo?: number;
}

/** The real server in a process of its own, from its sources, as its environment says. */
export function spawnServer(env: Record<string, string>, { args = [], filesUpTo }: SpawnOptions = {}): ServerProcess {
  const node = [process.execPath, '--conditions=@active-session/source', '--import', path('ts-hooks.mjs')];
  const command = [...node, path('../src/main.ts'), ...args];
  // The signal must be ignored for the failed write to come back as an error.
  const limited = ['bash', '-c', `trap '' XFSZ; ulimit -S -f ${filesUpTo}; exec "$@"`, '-', ...command];
  const [program = '', ...rest] = filesUpTo === undefined ? command : limited;
  const child = spawn(program, rest, {
    env: {
      PATH: process.env['PATH'] ?? '',
      ACTIVE_SESSION_JWT_SECRET: SECRET,
      ACTIVE_SESSION_JWT_AUDIENCE: AUDIENCE,
      ACTIVE_SESSION_JWT_ISSUER: ISSUER,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    child,
    output: () => text,
    async kill(signal) {
      const exit = once(child, 'exit');
      child.kill(signal);
      const [code] = (await exit) as [number | null];
      return code;
    },
  };
}

/** Takes the limit off: there is room on the disk again. */
export function growFiles({ child }: ServerProcess): void {
  execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']);
}

/** A started one, with the address of its routes. */
export async function startProcess(
  dataFolder: string,
  { port = 0, env: more = {}, ...options }: SpawnOptions & { port?: number; env?: Record<string, string> } = {},
): Promise<ServerProcess & { url: string }> {
  const env = {
    ACTIVE_SESSION_DATA_FOLDER: dataFolder,
    ACTIVE_SESSION_PORT: String(port),
    ACTIVE_SESSION_LIMITS: JSON.stringify({ person: NO_LIMIT, address: NO_LIMIT, refused: NO_LIMIT }),
    ...more,
  };
  const process = spawnServer(env, options);
  for (;;) {
    const started = /"address":"([^"]+)"/.exec(process.output());
    if (started?.[1] !== undefined) return { ...process, url: `${started[1]}/api/session/v1` };
    if (process.child.exitCode !== null) throw new Error(`The server did not start: ${process.output()}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
