import { SessionError } from '@active-session/core';
import type { VideoPort } from '@active-session/core';
import { createVideo } from '@active-session/webrtc';
import { createWireLine } from './wire-line.js';

/**
 * The video engine on the browser's own `RTCPeerConnection`: perfect negotiation over the backend's signalling channel,
 * and no other server. For tickets with `engine: 'webrtc'` and a `signalling` grant. Where the ticket says `preconnect`, two
 * who are in the waiting room are connected before they are let in, without camera and microphone.
 *
 * `connect` throws a `SessionError`: `video-unconfigured` when the ticket is for another engine or the backend has no
 * channel; `not-supported` without WebRTC; `invalid` for media that is not a `MediaStream`.
 */
export function createWebRtcVideo(): VideoPort {
  return createVideo({
    preconnects: true,
    register(ticket, wire, events) {
      if (ticket.engine !== 'webrtc') {
        throw new SessionError('video-unconfigured', `The ticket is for the engine "${ticket.engine}".`);
      }
      if (wire === null) {
        throw new SessionError('video-unconfigured', 'The ticket or the backend has no signalling channel.');
      }
      return createWireLine(ticket, wire, events);
    },
  });
}
