import { describe, expect, it } from 'vitest';
import { untouched, watchStep } from './watch.rules.js';
import type { WatchMemory } from './watch.rules.js';

interface Flow {
  readonly media?: boolean;
  readonly path?: boolean;
  readonly connection?: RTCPeerConnectionState;
}

/** `ms` of half-second samples in which media, the path, or nothing flows. */
function run(start: WatchMemory, ms: number, flow: Flow, elapsed = 500): WatchMemory {
  let memory = start;
  for (let time = 0; time < ms; time += elapsed) {
    memory = watchStep(memory, {
      connection: flow.connection ?? 'connected',
      elapsed,
      rtpBytesReceived: memory.rtp + (flow.media ? 1000 : 0),
      pathActivity: memory.path + (flow.media || flow.path ? 10 : 0),
    });
  }
  return memory;
}

const talking = run(untouched, 3_000, { media: true });

describe('the watch', () => {
  it('is connecting until something arrives, whatever the transport says', () => {
    expect(run(untouched, 5_000, { connection: 'connecting' }).state).toBe('connecting');
    expect(run(untouched, 5_000, {}).state).toBe('connecting');
    expect(run(untouched, 500, { media: true, connection: 'connecting' }).state).toBe('connecting');
    expect(run(untouched, 500, { media: true }).state).toBe('connected');
  });

  it('takes a path that is alive for connected when the other sends no media', () => {
    expect(run(untouched, 1_000, { path: true }).state).toBe('connecting');
    expect(run(untouched, 2_000, { path: true }).state).toBe('connected');
  });

  it('is interrupted where a path was there, brought nothing yet, and is gone', () => {
    const silent = run(untouched, 1_000, { path: true });
    expect(run(silent, 5_500, {}).state).toBe('connecting');
    expect(run(silent, 6_000, {}).state).toBe('interrupted');
  });

  it('is interrupted after 2 s of nothing, and connected with the next byte', () => {
    expect(run(talking, 1_500, {}).state).toBe('connected');
    const cut = run(talking, 2_000, {});
    expect(cut.state).toBe('interrupted');
    expect(run(cut, 60_000, {}).state).toBe('interrupted');
    expect(run(cut, 500, { media: true }).state).toBe('connected');
  });

  it('tells once that media come again, where pictures of a second or more are missing', () => {
    const moment = { media: true } as const;
    expect(talking.resumed).toBe(false);
    expect(run(run(talking, 500, {}), 500, moment).resumed).toBe(false);
    const back = run(run(talking, 1_000, {}), 500, moment);
    expect(back.resumed).toBe(true);
    expect(run(back, 500, moment).resumed).toBe(false);
    expect(run(run(talking, 60_000, {}), 500, moment).resumed).toBe(true);
    expect(run(run(untouched, 5_000, {}), 500, moment).resumed).toBe(false);
  });

  it('does not wait for the browser, which says "connected" or "disconnected" meanwhile', () => {
    expect(run(talking, 2_000, { connection: 'disconnected' }).state).toBe('interrupted');
    expect(run(talking, 2_000, { media: true, connection: 'disconnected' }).state).toBe('connected');
  });

  it('does not call a call interrupted in which the other turned all off', () => {
    let memory = run(talking, 2_000, { path: true });
    for (let minute = 0; minute < 24; minute++) {
      memory = run(memory, 2_500, {});
      expect(memory.state).toBe('connected');
      memory = run(memory, 500, { path: true });
    }
    expect(run(memory, 6_000, {}).state).toBe('interrupted');
  });

  it('counts a gap of its own as little: a sleeping tab saw no silence', () => {
    const woken = run(talking, 60_000, {}, 60_000);
    expect(woken.state).toBe('connected');
    expect(run(woken, 1_000, {}).state).toBe('interrupted');
  });

  it('has failed when the browser gave up, until bytes come over a repaired path', () => {
    const failed = run(talking, 500, { connection: 'failed' });
    expect(failed.state).toBe('failed');
    expect(run(failed, 1_000, { connection: 'connecting' }).state).toBe('failed');
    expect(run(failed, 500, { media: true }).state).toBe('connected');
  });
});
