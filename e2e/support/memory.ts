import { expect, type CDPSession, type Page } from '@playwright/test';

/** How many of one constructor there are, and the bytes of all of them. */
interface Kind {
  readonly count: number;
  readonly bytes: number;
}

/** What a page holds once the browser has freed all that it can. */
export interface Memory {
  /**
   * Bytes of what scripts hold: objects, closures, strings, buffers. Not the code that the browser compiles for as long
   * as it runs, which outgrows a small leak, nor what its developer tools and its timeline remember.
   */
  readonly held: number;
  readonly listeners: number;
  readonly nodes: number;
  /** Connections that nobody has freed, closed ones too. */
  readonly connections: number;
  readonly kinds: ReadonlyMap<string, Kind>;
}

/** Objects of the browser that it frees only when no script holds them. */
const PRECIOUS =
  /^(RTCPeerConnection|RTCDataChannel|MediaStream|MediaStreamTrack|AudioContext|WebSocket|Worker|MessagePort)$/;
const HELD = new Set([
  'object',
  'closure',
  'array',
  'string',
  'concatenated string',
  'sliced string',
  'regexp',
  'symbol',
  'bigint',
]);
const BUFFER = 'system / JSArrayBufferData';

export async function openMemory(page: Page): Promise<() => Promise<Memory>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const read = async (): Promise<Memory> => {
    // What is freed at one collection lets go of more that only the next one finds.
    for (let times = 0; times < 2; times += 1) await devtools.send('HeapProfiler.collectGarbage');
    const kinds = kindsOf(await takeSnapshot(devtools));
    const { metrics } = await devtools.send('Performance.getMetrics');
    const value = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
    return {
      held: [...kinds.values()].reduce((sum, { bytes }) => sum + bytes, 0),
      listeners: value('JSEventListeners'),
      nodes: value('Nodes'),
      connections: kinds.get('RTCPeerConnection')?.count ?? 0,
      kinds,
    };
  };
  return async () => {
    let memory = await read();
    // The browser lets go of a connection some time after it was closed.
    for (let times = 0; times < 5 && memory.connections > 0; times += 1) memory = await read();
    return memory;
  };
}

export interface Growth {
  readonly bytes: number;
  /** Closed, and not freed. */
  readonly connections: number;
  /** Of the document, with their listeners. */
  readonly nodes: number;
  readonly listeners: number;
}

/** Less than so much more. */
export function expectFlat(before: Memory, after: Memory, less: Growth): void {
  const of = ({ held, listeners, nodes, connections }: Memory): string =>
    JSON.stringify({ held, listeners, nodes, connections });
  const told = [`${of(before)} → ${of(after)}`, ...growth(before, after)].join('\n');
  if (process.env['CHURN_VERBOSE']) console.log(told);
  expect(after.connections - before.connections, `connections: ${told}`).toBeLessThan(less.connections);
  expect(after.listeners - before.listeners, `listeners: ${told}`).toBeLessThan(less.listeners);
  expect(after.nodes - before.nodes, `nodes: ${told}`).toBeLessThan(less.nodes);
  expect(after.held - before.held, `bytes: ${told}`).toBeLessThan(less.bytes);
}

/** What there is more of than before, most bytes first: where to look for a leak. */
function growth(before: Memory, after: Memory): string[] {
  return [...after.kinds]
    .map(([name, { count, bytes }]) => {
      const earlier = before.kinds.get(name) ?? { count: 0, bytes: 0 };
      return { name, count: count - earlier.count, bytes: bytes - earlier.bytes };
    })
    .filter(({ count, bytes }) => count > 0 || bytes > 0)
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, 12)
    .map(({ name, count, bytes }) => `${name}: ${String(count)} more, ${String(bytes)} bytes`);
}

/** Of V8's format: each node is so many numbers in a row, named by `node_fields`. */
interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

async function takeSnapshot(devtools: CDPSession): Promise<Snapshot> {
  const chunks: string[] = [];
  const collect = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', collect);
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  devtools.off('HeapProfiler.addHeapSnapshotChunk', collect);
  return JSON.parse(chunks.join('')) as Snapshot;
}

function kindsOf({ snapshot, nodes, strings }: Snapshot): ReadonlyMap<string, Kind> {
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  if (type === undefined || name === undefined || size === undefined) throw new Error('A snapshot of another format.');
  const kinds = new Map<string, Kind>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = kindOf(types[0][nodes[at + type] ?? -1] ?? '', strings[nodes[at + name] ?? -1] ?? '');
    if (kind === null) continue;
    const { count, bytes } = kinds.get(kind) ?? { count: 0, bytes: 0 };
    kinds.set(kind, { count: count + 1, bytes: bytes + (nodes[at + size] ?? 0) });
  }
  return kinds;
}

/** Null: nothing that a script holds. */
function kindOf(type: string, name: string): string | null {
  if (type === 'native') return name === BUFFER || PRECIOUS.test(name) ? name : null;
  if (!HELD.has(type)) return null;
  if (type === 'object') return name.split(' / ')[0] ?? name;
  return type === 'closure' ? `function ${name}` : type;
}
