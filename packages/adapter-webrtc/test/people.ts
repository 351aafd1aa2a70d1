import type { LocalMedia, Party, Ticket, VideoConnection, VideoSnapshot } from '@active-session/core';
import type { SignallingHub } from '@active-session/testing';
import { createMediaDevices } from '@active-session/webrtc';
import { createWebRtcVideo } from '../src/index.js';

export interface Page {
  readonly seat: string;
  readonly connection: VideoConnection;
  readonly media: LocalMedia;
  readonly history: readonly VideoSnapshot[];
  readonly strangers: () => number;
  snapshot(): VideoSnapshot;
  stream(): MediaStream;
  frames(): Promise<number>;
  leave(): void;
}

let serial = 0;

export function ticketFor(hub: SignallingHub, seat: string): Ticket {
  return {
    ...{ bookingId: 1, seat, engine: 'webrtc', peerId: `${seat}-${String(++serial)}`, parties: [], iceServers: [] },
    signalling: hub.grant(seat),
    expiresAt: '2099-01-01T00:00:00Z',
  };
}

export function party(seat: 'provider' | 'patient', peerId: string | null): Party {
  const presence = peerId === null ? 'away' : 'waiting';
  return { seat, role: seat, name: seat, peerId, dials: seat === 'provider', presence, since: null };
}

export async function open(hub: SignallingHub, ticket: Ticket): Promise<Page> {
  const abort = new AbortController();
  const media = await createMediaDevices().open({ camera: true, microphone: true }, abort);
  const connection = createWebRtcVideo().connect(ticket, { media, signalling: hub.port, signal: abort.signal });
  const history: VideoSnapshot[] = [];
  connection.subscribe((snapshot) => history.push(snapshot));
  return {
    ...{ seat: ticket.seat, connection, media, history },
    snapshot: () => connection.getSnapshot(),
    strangers: () => connection.getSnapshot().strangers ?? 0,
    stream() {
      const stream = connection.getSnapshot().remote[0]?.stream;
      if (stream instanceof MediaStream) return stream;
      throw new Error('Nobody arrives.');
    },
    frames: async () => (await connection.stats()).framesDecoded,
    leave() {
      connection.close();
      media.close();
    },
  };
}
