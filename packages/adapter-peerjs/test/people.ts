import { cdp } from 'vitest/browser';
import type { LocalMedia, MediaRequest, Party, Ticket, VideoConnection, VideoSnapshot } from '@active-session/core';
import { createMediaDevices } from '@active-session/webrtc';
import { createPeerVideo } from '../src/index.js';

export type Seat = 'provider' | 'patient';

/** A row of the parties; the provider dials. */
export function party(seat: Seat, peerId: string | null): Party {
  const presence = peerId === null ? 'away' : 'waiting';
  return { seat, role: seat, name: seat, peerId, dials: seat === 'provider', presence, since: null };
}

export function ticketFor(seat: Seat, peerId: string, url: string, parties: readonly Party[] = []): Ticket {
  const expiresAt = '2099-01-01T00:00:00Z';
  return {
    bookingId: 1,
    seat,
    engine: 'peerjs',
    peerId,
    parties: [...parties],
    engineGrant: { url, token: `token of ${peerId}`, expiresAt },
    iceServers: [],
    expiresAt,
  };
}

export interface Person {
  readonly media: LocalMedia;
  readonly stream: MediaStream;
  readonly connection: VideoConnection;
  /** Every snapshot since the connection was made. */
  readonly history: VideoSnapshot[];
  readonly abort: AbortController;
  snapshot(): VideoSnapshot;
  /** The stream of the other; throws where there is none. */
  remote(): MediaStream;
  frames(): Promise<number>;
  leave(): void;
}

export async function join(
  ticket: Ticket,
  request: MediaRequest = { camera: true, microphone: true },
): Promise<Person> {
  const abort = new AbortController();
  const media = await createMediaDevices().open(request, abort);
  const connection = createPeerVideo().connect(ticket, { media, signalling: undefined, signal: abort.signal });
  const history: VideoSnapshot[] = [];
  connection.subscribe((snapshot) => history.push(snapshot));
  return {
    media,
    stream: media.stream as MediaStream,
    connection,
    history,
    abort,
    snapshot: () => connection.getSnapshot(),
    remote() {
      const stream = connection.getSnapshot().remote[0]?.stream;
      if (!(stream instanceof MediaStream)) throw new Error('There is no remote stream.');
      return stream;
    },
    frames: async () => (await connection.stats()).framesDecoded,
    leave() {
      connection.close();
      media.close();
    },
  };
}

/** Waits until the question is answered with yes, for as long as a loaded machine may need. */
export async function until(what: string, question: () => boolean | Promise<boolean>, within = 15_000): Promise<void> {
  const end = performance.now() + within;
  while (!(await question())) {
    if (performance.now() > end) throw new Error(`Not in time: ${what}`);
    await pause(50);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Mean brightness of what a stream shows now, 0 to 255. */
export async function brightness(stream: MediaStream): Promise<number> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  const canvas = new OffscreenCanvas(16, 9);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  context.drawImage(video, 0, 0, 16, 9);
  video.srcObject = null;
  const { data } = context.getImageData(0, 0, 16, 9);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0)) / 3;
  return sum / (16 * 9);
}

/** What the page holds on to, in bytes and event listeners, after the browser has freed all that it can. */
export async function memoryUse(): Promise<{ heap: number; listeners: number }> {
  const session = cdp() as unknown as CdpSession;
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = (await session.send('Performance.getMetrics')) as {
    metrics: readonly { name: string; value: number }[];
  };
  const value = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return { heap: value('JSHeapUsedSize'), listeners: value('JSEventListeners') };
}

interface CdpSession {
  send(method: string): Promise<unknown>;
}
