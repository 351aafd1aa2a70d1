import type { Party } from '../booking/party.schema.js';
import type { Grant, NetworkTest, Ticket } from '../call/ticket.schema.js';
import type { SessionError } from '../errors.js';
import type { RequestOptions } from './backend.port.js';
import type { LocalMedia, StreamHandle } from './devices.port.js';

/** The backend's own channel between the parties of one booking; each grant opens it once. */
export interface SignallingPort {
  /** @throws SessionError `forbidden` for a grant that is used, expired or another's */
  open(grant: Grant, options: RequestOptions): Promise<SignallingChannel>;
}

export interface SignallingMessage {
  /** Seat of the other party: on the way out whom it is for, on the way in whom the server knows it is from. */
  readonly seat: string;
  readonly type: string;
  readonly payload: unknown;
}

export interface SignallingChannel {
  /** Dropped silently when the channel is closed; watch `subscribe`. */
  send(message: SignallingMessage): void;
  subscribe(listener: (message: SignallingMessage | { readonly type: 'closed' }) => void): () => void;
  /** Something does not arrive: finds out within 1.5 s whether the channel is still there, and closes it if not. */
  check?(): void;
  close(): void;
}

/**
 * - `waiting`: reachable, nobody to talk to yet
 * - `connecting`: the other is there, media is not
 * - `connected`: bytes of the other are arriving
 * - `interrupted`: was connected, nothing arrives now
 * - `closed`: over; `error` says why unless it was asked for
 */
export type VideoState = 'waiting' | 'connecting' | 'connected' | 'interrupted' | 'closed';

export interface RemoteMedia {
  readonly seat: string;
  readonly stream: StreamHandle;
  /** Whether anything of them arrives now; `connecting`: not yet. */
  readonly state: 'connecting' | 'connected' | 'interrupted';
}

/** How much of what this side wants to send its network carries. */
export type Carries = 'all' | 'small-video' | 'audio';

export interface VideoSnapshot {
  readonly state: VideoState;
  readonly remote: readonly RemoteMedia[];
  /** Whether this side can be reached for a new attempt. A call goes on without it. */
  readonly signalling: 'open' | 'lost';
  /** Left out: all. */
  readonly carries?: Carries;
  /** How often somebody called, or opened a channel, whom the backend did not name. All of it was dropped. Left out: never. */
  readonly strangers?: number;
  /** Why it is closed, or why signalling was lost; a new one each time that it is lost. */
  readonly error?: SessionError;
}

/** Numbers since the last reading, from the engine's own statistics. */
export interface VideoStats {
  /** Round trip of the media path in ms. */
  readonly roundTrip: number | null;
  /** Share of packets lost on the way in, 0 to 1. */
  readonly loss: number | null;
  /** bit/s */
  readonly inbound: number;
  readonly outbound: number;
  /** Video frames of the other decoded since the call began. */
  readonly framesDecoded: number;
  /** How loud the other arrives now, 0 to 1; null where nothing says it. */
  readonly audioLevel: number | null;
}

/** What a test of the network before a call found. */
export interface NetworkReport {
  /** Over which way media can go: from page to page, or over a relay only. */
  readonly path: 'direct' | 'relay';
  /** Round trip to the backend's signalling in ms; null where it was not tried. */
  readonly signalling: number | null;
}

export interface ProbeOptions extends RequestOptions {
  readonly signalling: SignallingPort | undefined;
}

/** One person's part in one call, over all attempts. The call machine decides when to retry; the engine does it. */
export interface VideoConnection {
  getSnapshot(): VideoSnapshot;
  subscribe(listener: (snapshot: VideoSnapshot) => void): () => void;
  /**
   * Who may be dialled and answered from now on; whoever is not listed is dropped. The dialling side dials whom it does
   * not have yet. Media of a listed party goes on while its `peerId` is null: its lease may have run out, not its call.
   */
  meet(parties: readonly Party[]): void;
  /** Makes itself reachable anew with a fresh ticket and builds the media again, keeping the old until the new one is connected. */
  restart(ticket: Ticket): void;
  stats(): Promise<VideoStats>;
  /** Hangs up and frees everything but the local media. Can be called twice. */
  close(): void;
}

export interface ConnectOptions extends RequestOptions {
  readonly media: LocalMedia;
  readonly signalling: SignallingPort | undefined;
}

/** A video engine. It takes ids, grant, addresses and ICE servers from the ticket only, and has no default for any. */
export interface VideoPort {
  /** @throws SessionError `video-unconfigured` when the ticket is not one for this engine or lacks something */
  connect(ticket: Ticket, options: ConnectOptions): VideoConnection;
  /**
   * Tries before a call what a call needs: the signalling, and a way for media. Where it is left out, nothing is tested.
   *
   * @throws SessionError `video-failed` where there is no way for media, `network` where signalling can't be reached
   */
  probe?(test: NetworkTest, options: ProbeOptions): Promise<NetworkReport>;
}
