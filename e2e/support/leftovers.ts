import type { BrowserContext, Page } from '@playwright/test';

/** What a page has not let go of. */
export interface Leftovers {
  /** Connections that are not closed. */
  readonly connections: number;
  /** Tracks of devices that run. */
  readonly tracks: number;
}

export const NOTHING: Leftovers = { connections: 0, tracks: 0 };

interface Watched {
  readonly watched: { connections: WeakRef<RTCPeerConnection>[]; tracks: WeakRef<MediaStreamTrack>[] };
}

/** Counts in every page of this context, and keeps nothing alive by it. */
export async function watchLeftovers(context: BrowserContext): Promise<void> {
  await context.addInitScript(watchInPage);
}

export function leftoversOf(page: Page): Promise<Leftovers> {
  return page.evaluate(() => {
    const { watched } = window as unknown as Watched;
    // The list of what was freed or is over must not grow either: it would pass for the page's own.
    const connections = watched.connections.filter((one) => (one.deref()?.signalingState ?? 'closed') !== 'closed');
    const tracks = watched.tracks.filter((one) => one.deref()?.readyState === 'live');
    Object.assign(watched, { connections, tracks });
    return { connections: connections.length, tracks: tracks.length };
  });
}

/** Runs in the page. */
function watchInPage(): void {
  const watched: Watched['watched'] = { connections: [], tracks: [] };
  Object.assign(window, { watched });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      watched.connections.push(new WeakRef(this));
    }
  };
  const { mediaDevices } = navigator as Partial<Navigator>;
  // An empty page is not secure, and has none.
  if (mediaDevices === undefined) return;
  const original = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    watched.tracks.push(...stream.getTracks().map((track) => new WeakRef(track)));
    return stream;
  };
}
