import { SessionError } from '@active-session/core';
import type { ConnectOptions, Ticket, VideoPort } from '@active-session/core';
import { probeNetwork } from '@active-session/webrtc';
import { createVideoConnection } from './video-connection.js';

/**
 * The video engine on PeerJS, for tickets whose `engineGrant` is for a server that speaks the PeerJS protocol. PeerJS is
 * loaded with the first connection. It never contacts a host, STUN or TURN server that the ticket does not name.
 *
 * `connect` throws a `SessionError`: `video-unconfigured` when the ticket is for another engine or lacks an absolute
 * address, a token or a usable peer id; `not-supported` without WebRTC; `invalid` for media that is not a `MediaStream`.
 */
export function createPeerVideo(): VideoPort {
  return {
    connect(ticket: Ticket, { media, signal }: ConnectOptions) {
      if (typeof RTCPeerConnection === 'undefined') {
        throw new SessionError('not-supported', 'This browser has no WebRTC.');
      }
      if (!(media.stream instanceof MediaStream)) {
        throw new SessionError('invalid', 'The local media is not a MediaStream of this page.');
      }
      return createVideoConnection({ ticket, media, stream: media.stream, signal });
    },
    async probe(test, options) {
      if (typeof RTCPeerConnection === 'undefined')
        throw new SessionError('video-failed', 'This browser has no WebRTC.');
      return probeNetwork(test, options);
    },
  };
}
