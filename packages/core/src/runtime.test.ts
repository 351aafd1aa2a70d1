import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { describe, expect, it, vi } from 'vitest';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..');

function problemsOf(source: string): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(folder, 'tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  );
  if (config === undefined) throw new Error('There is no tsconfig.json.');
  const file = join(folder, 'src/probe.ts');
  const host = ts.createCompilerHost(config.options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file, join(folder, 'src/runtime.d.ts')], config.options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('core runs anywhere', () => {
  it.each([
    'document',
    'window',
    'navigator',
    'indexedDB',
    'MediaStream',
    'fetch',
    'process',
    'Buffer',
    'setTimeout',
    'self',
  ])('%s does not compile in it', (name) => {
    expect(problemsOf(`export const probe = ${name};`).join()).toContain(`'${name}'`);
  });

  it('what every runtime has does', () => {
    const source = 'export const probe = [new AbortController().signal, crypto.getRandomValues, new Map()];';
    expect(problemsOf(source)).toEqual([]);
  });

  it('a page on plain http, which has no crypto.randomUUID, has its bookings and notes', async () => {
    vi.stubGlobal('crypto', { getRandomValues: (array: Uint8Array) => webcrypto.getRandomValues(array) });
    try {
      const { createClinic, createSimulatedClock } = await import('@active-session/testing');
      const clock = createSimulatedClock();
      const clinic = createClinic({ clock });
      const { id } = clinic.book({ startsIn: 0 });
      const session = clinic.open('dr-smith').watch(id);
      await clock.settle();
      session.shareNote(session.writeNote({ content: 'Drink more water.' }));
      await clock.settle();
      const ids = clinic.backend.notes(id).map((note) => note.id);
      expect(ids).toEqual([expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)]);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('its tests are not part of it', () => {
    const { exclude } = ts.readConfigFile(join(folder, 'tsconfig.json'), (file) => readFileSync(file, 'utf8'))
      .config as { exclude: string[] };
    expect(exclude).toContain('src/**/*.test.ts');
  });

  it('loading it, and a call with it, touches no global but those of runtime.d.ts', async () => {
    const declared = [...readFileSync(join(folder, 'src/runtime.d.ts'), 'utf8').matchAll(/declare const (\w+)/g)];
    const allowed = new Set(declared.map(([, name]) => name));
    expect(allowed).toEqual(new Set(['AbortController', 'AbortSignal', 'crypto', 'TextDecoder', 'TextEncoder']));
    const language = new Set(runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]);
    const foreign = Object.getOwnPropertyNames(globalThis).filter((name) => !language.has(name) && !allowed.has(name));
    expect(foreign).toEqual(expect.arrayContaining(['process', 'fetch', 'performance', 'setTimeout']));

    const touched = new Set<string>();
    const undo = foreign.map((name) => trap(name, touched));
    try {
      vi.resetModules();
      const { createClinic, createSimulatedClock } = await import('@active-session/testing');
      const clock = createSimulatedClock();
      const clinic = createClinic({ clock });
      const { id } = clinic.book({ startsIn: 0 });
      const session = clinic.open('ann').watch(id);
      await clock.settle();
      session.start();
      await clock.advance(60_000);
      expect(session.getSnapshot().call?.state).toBe('waiting');
    } finally {
      for (const restore of undo) restore();
    }
    expect([...touched]).toEqual([]);
  });
});

/** Notes who of core's own files reads a global of that name. */
function trap(name: string, touched: Set<string>): () => void {
  const own = Object.getOwnPropertyDescriptor(globalThis, name);
  if (own?.configurable !== true) return () => undefined;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      const caller = new Error().stack?.split('\n')[2] ?? '';
      if (caller.includes('/packages/core/src/') && !caller.includes('.test.ts'))
        touched.add(`${name} ${caller.trim()}`);
      return own.get === undefined ? (own.value as unknown) : (own.get.call(globalThis) as unknown);
    },
    set(value: unknown) {
      Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
    },
  });
  return () => void Object.defineProperty(globalThis, name, own);
}
