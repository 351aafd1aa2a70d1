import type { SessionError, Ticket } from '@active-session/core';
import type { Opening } from '../outgoing.js';
import type { CallMessage } from './call-message.js';
import type { Negotiation } from './negotiation.js';
import type { Wire } from './wire.js';

/**
 * What differs between video engines: where a page can be dialled, and how two pages make their first connection. All
 * else, from the watch over what arrives to mending a path, is the same for every engine.
 */
export interface Engine {
  /** Whether it can connect two before media may flow between them. */
  readonly preconnects: boolean;
  /**
   * Makes this page reachable under the ticket's peer id. `wire` is the backend's own channel, where there is one.
   *
   * @throws SessionError `video-unconfigured` when the ticket is for another engine or lacks something
   */
  register(ticket: Ticket, wire: Wire | null, events: LineEvents): Line;
}

export interface LineEvents {
  readonly onOpen: () => void;
  /** It can't be used any more, or never could. Called once at most. */
  readonly onLost: (error: SessionError) => void;
  readonly onCall: (call: IncomingCall) => void;
  /** The server can't reach this peer now. */
  readonly onUnavailable: (peerId: string) => void;
  /** Something came that nobody of ours sends. It was dropped. */
  readonly onStranger: () => void;
}

/**
 * One registration under one id, used until it is lost and never reconnected. Calls that were made over it do not need it
 * once they are connected.
 */
export interface Line {
  readonly open: boolean;
  /** Null while it can't. Throws what the browser throws when it makes no more connections. */
  dial(to: Callee, opening: Opening): PeerCall | null;
  /** A message about a call that no link knows; whether it was one of use here. */
  hear?(from: string, message: CallMessage): boolean;
  close(): void;
}

export interface Callee {
  readonly peerId: string;
  /** Servers, and whether only relays may be used: for as long as they are not let in, or always. */
  readonly configuration: RTCConfiguration;
}

/** Somebody calls. Until it is answered there is no connection behind it. */
export interface IncomingCall {
  readonly peerId: string;
  /** From whose seat it is, where the server says that too: a peer id is known to all parties, and each could name it. */
  readonly seat?: string;
  answer(opening: Opening, configuration: RTCConfiguration): PeerCall;
  drop(): void;
}

/** A connection that an engine has begun. */
export interface PeerCall {
  /** Known to both sides, and to nobody else. */
  readonly id: string;
  readonly pc: RTCPeerConnection;
  /** Closes when the other side closes the connection. One that the other side makes is found without it. */
  readonly helper?: RTCDataChannel | undefined;
  /** The engine's way to make the first connection, where that is this channel's. */
  begin?(negotiation: Negotiation): void;
  /** Lets go of what the engine has around the connection. */
  close(): void;
}
