import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { AUDIENCE, ISSUER, SECRET } from './people.js';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface ServerProcess {
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  output(): string;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** The real server in a process of its own, from its sources, as its environment says. */
export function spawnServer(env: Record<string, string>): ServerProcess {
  const args = ['--conditions=@active-session/source', '--import', path('ts-hooks.mjs'), path('../src/main.ts')];
  const child = spawn(process.execPath, args, {
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

/** A started one, with the address of its routes. */
export async function startProcess(dataFolder: string, port = 0): Promise<ServerProcess & { url: string }> {
  const process = spawnServer({ ACTIVE_SESSION_DATA_FOLDER: dataFolder, ACTIVE_SESSION_PORT: String(port) });
  for (;;) {
    const started = /"address":"([^"]+)"/.exec(process.output());
    if (started?.[1] !== undefined) return { ...process, url: `${started[1]}/api/session/v1` };
    if (process.child.exitCode !== null) throw new Error(`The server did not start: ${process.output()}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
