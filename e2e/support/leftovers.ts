import type { BrowserContext, CDPSession, Page } from '@playwright/test';

/** What a page has not let go of. */
export interface Leftovers {
  /** Connections that are not closed. */
  readonly connections: number;
  /** Tracks of devices that run. */
  readonly tracks: number;
}

interface Watched {
  readonly watchedConnections: WeakRef<RTCPeerConnection>[];
  readonly watchedTracks: WeakRef<MediaStreamTrack>[];
}

/** Counts in every page of this context, and keeps nothing alive by it. */
export async function watchLeftovers(context: BrowserContext): Promise<void> {
  await context.addInitScript(watchInPage);
}

export function leftoversOf(page: Page): Promise<Leftovers> {
  return page.evaluate(() => {
    const { watchedConnections, watchedTracks } = window as unknown as Watched;
    const alive = <T extends object>(all: readonly WeakRef<T>[]): T[] =>
      all.flatMap((one) => {
        const target = one.deref();
        return target === undefined ? [] : [target];
      });
    return {
      connections: alive(watchedConnections).filter(({ signalingState }) => signalingState !== 'closed').length,
      tracks: alive(watchedTracks).filter(({ readyState }) => readyState === 'live').length,
    };
  });
}

/** Runs in the page. */
function watchInPage(): void {
  const watchedConnections: WeakRef<RTCPeerConnection>[] = [];
  const watchedTracks: WeakRef<MediaStreamTrack>[] = [];
  Object.assign(window, { watchedConnections, watchedTracks });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      watchedConnections.push(new WeakRef(this));
    }
  };
  const { mediaDevices } = navigator as Partial<Navigator>;
  // An empty page is not secure, and has none.
  if (mediaDevices === undefined) return;
  const original = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    watchedTracks.push(...stream.getTracks().map((track) => new WeakRef(track)));
    return stream;
  };
}

export interface Memory {
  /** Bytes in use. */
  readonly heap: number;
  readonly listeners: number;
  readonly nodes: number;
}

/** What a page holds once the browser has freed all that it can. */
export async function openMemory(page: Page): Promise<() => Promise<Memory>> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  return async () => {
    // What is freed at one collection lets go of more that only the next one finds.
    for (let times = 0; times < 3; times += 1) await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const value = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
    return { heap: value('JSHeapUsedSize'), listeners: value('JSEventListeners'), nodes: value('Nodes') };
  };
}
