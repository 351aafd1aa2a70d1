import { SessionError, toSessionError } from '@active-session/core';
import type { Grant, SignallingChannel, SignallingPort } from '@active-session/core';
import { toCallMessage } from './call-message.js';
import type { CallMessage } from './call-message.js';

export interface WireEvents {
  readonly onOpen: () => void;
  /** It can't be used any more, or never could. Called once at most. */
  readonly onLost: (error: SessionError) => void;
  readonly onMessage: (seat: string, message: CallMessage) => void;
}

/** The backend's channel to the other seats under one grant, used until it is lost. */
export interface Wire {
  readonly open: boolean;
  /** Nothing while it is not open. */
  send(seat: string, message: CallMessage): void;
  /** Something does not arrive: finds out soon whether it is the wire. */
  check(): void;
  close(): void;
}

export function openWire(port: SignallingPort, grant: Grant, events: WireEvents): Wire {
  const ended = new AbortController();
  let channel: SignallingChannel | undefined;

  const lose = (error: SessionError) => {
    if (ended.signal.aborted) return;
    close();
    events.onLost(error);
  };
  const close = () => {
    ended.abort();
    channel?.close();
    channel = undefined;
  };
  const onOpen = (opened: SignallingChannel) => {
    if (ended.signal.aborted) {
      opened.close();
      return;
    }
    channel = opened;
    opened.subscribe((heard) => {
      if (ended.signal.aborted) return;
      if (!('seat' in heard)) {
        lose(new SessionError('network', 'The signalling channel was closed.'));
        return;
      }
      const message = toCallMessage(heard.type, heard.payload);
      if (message) events.onMessage(heard.seat, message);
    });
    events.onOpen();
  };
  port.open(grant, { signal: ended.signal }).then(onOpen, (error: unknown) => lose(toSessionError(error)));

  return {
    get open() {
      return channel !== undefined;
    },
    send: (seat, { type, ...payload }) => channel?.send({ seat, type, payload }),
    check: () => channel?.check?.(),
    close,
  };
}
