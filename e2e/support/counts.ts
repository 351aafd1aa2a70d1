import type { Page } from '@playwright/test';

/** What a page has asked for, and what it holds now. */
export interface Counts {
  /** Requests by what they ask for, from the beginning: `events` `seat` `join` `leave`. */
  readonly events: number;
  readonly seat: number;
  readonly leave: number;
  /** Connections for media that were ever made, and those that are not closed. */
  readonly connections: number;
  readonly open: number;
  /** How often devices were opened, and how many tracks run. */
  readonly captures: number;
  readonly tracks: number;
  /** Locks that this page's origin holds or waits for, but for that of the tabs' shared stream: a page has it as long as it follows. */
  readonly locks: number;
}

/** Counts from the next page on. Call it before the page is opened. */
export async function count(page: Page): Promise<() => Promise<Counts>> {
  const asked = { events: 0, seat: 0, leave: 0 };
  page.on('request', (request) => {
    const name = /\/(events|seat|leave)(\?|$)/.exec(request.url())?.[1];
    if (name === 'events' || name === 'seat' || name === 'leave') asked[name] += 1;
  });
  await page.addInitScript(countInPage);
  return async () => ({
    ...asked,
    ...(await page.evaluate(() =>
      (window as unknown as { counted: () => Promise<Omit<Counts, keyof typeof asked>> }).counted(),
    )),
  });
}

/** Runs in the page. */
function countInPage(): void {
  const connections: RTCPeerConnection[] = [];
  const tracks: MediaStreamTrack[] = [];
  let captures = 0;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  const { mediaDevices } = navigator as Partial<Navigator>;
  const original = mediaDevices?.getUserMedia.bind(mediaDevices);
  if (mediaDevices !== undefined && original !== undefined) {
    mediaDevices.getUserMedia = async (constraints) => {
      captures += 1;
      const stream = await original(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
  }
  const counted = async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return {
      connections: connections.length,
      open: connections.filter(({ signalingState }) => signalingState !== 'closed').length,
      captures,
      tracks: tracks.filter(({ readyState }) => readyState === 'live').length,
      locks: [...held, ...pending].filter(({ name = '' }) => !name.startsWith('active-session:events:')).length,
    };
  };
  Object.assign(window, { counted });
}
