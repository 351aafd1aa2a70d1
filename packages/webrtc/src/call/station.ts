import type { SessionError, SignallingPort, Ticket } from '@active-session/core';
import { toRtcIceServers } from '../ice-servers.js';
import type { CallMessage } from './call-message.js';
import type { Engine, IncomingCall, Line } from './engine.js';
import type { LinkView } from './link.js';
import { openWire } from './wire.js';
import type { Wire } from './wire.js';

export interface StationEvents {
  /** One of its two ways has opened. */
  readonly onOpen: () => void;
  /** Some of it can't be used any more, or never could. */
  readonly onLost: (error: SessionError) => void;
  readonly onCall: (call: IncomingCall) => void;
  readonly onMessage: (seat: string, message: CallMessage) => void;
  readonly onUnavailable: (peerId: string) => void;
  readonly onStranger: () => void;
}

/** Where this page can be reached under one ticket: the engine's registration, and the backend's channel. */
export interface Station {
  readonly line: Line;
  readonly wire: Wire | null;
  /** All of it can be used. */
  readonly open: boolean;
  /** Whether who is not let in may be connected with. */
  readonly preconnects: boolean;
  /** How somebody is reached from here, who is let in or not yet. */
  waysTo(held: boolean): Pick<LinkView, 'line' | 'wire' | 'configuration'>;
  close(): void;
}

/** @throws SessionError `video-unconfigured` */
export function openStation(
  engine: Engine,
  ticket: Ticket,
  signalling: SignallingPort | undefined,
  events: StationEvents,
): Station {
  let closed = false;
  const close = () => {
    closed = true;
    line.close();
    wire?.close();
  };
  const opened = () => {
    if (!closed) events.onOpen();
  };
  const lose = (error: SessionError) => {
    if (closed) return;
    close();
    events.onLost(error);
  };
  const wire =
    ticket.signalling && signalling
      ? openWire(signalling, ticket.signalling, { onOpen: opened, onLost: lose, onMessage: events.onMessage })
      : null;
  const register = () => {
    try {
      return engine.register(ticket, wire, {
        onOpen: opened,
        onLost: lose,
        onCall: events.onCall,
        onUnavailable: events.onUnavailable,
        onStranger: events.onStranger,
      });
    } catch (error) {
      wire?.close();
      throw error;
    }
  };
  const line = register();

  return {
    line,
    wire,
    get open() {
      return line.open && wire?.open !== false;
    },
    preconnects: engine.preconnects && ticket.preconnect !== undefined,
    waysTo(held) {
      return { line, wire, configuration: configurationOf(ticket, held && ticket.preconnect === 'relay') };
    },
    close,
  };
}

export function configurationOf(ticket: Ticket, relayOnly = false): RTCConfiguration {
  return {
    iceServers: toRtcIceServers(ticket.iceServers),
    iceTransportPolicy: relayOnly ? 'relay' : (ticket.iceTransportPolicy ?? 'all'),
    bundlePolicy: 'max-bundle',
  };
}
