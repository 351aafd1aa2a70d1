import { createSignallingHub, recordConnections } from '@active-session/testing';
import { videoContract } from '@active-session/testing/contracts';
import { createMediaDevices } from '@active-session/webrtc';
import { describe, it } from 'vitest';
import { createWebRtcVideo } from './index.js';

describe('the engine on the browser’s own WebRTC keeps the contract:', () => {
  const hub = createSignallingHub();
  const connections = recordConnections();
  let serial = 0;

  const contract = videoContract({
    engine: createWebRtcVideo,
    media: (request) => createMediaDevices().open(request, new AbortController()),
    ticket: (seat, options) => ({
      ...{ bookingId: 1, seat, engine: 'webrtc', peerId: `${seat}-${String(++serial)}`, parties: [], iceServers: [] },
      signalling: hub.grant(seat),
      expiresAt: '2099-01-01T00:00:00Z',
      ...options,
    }),
    signalling: hub.port,
    loseSignalling: (seat) => hub.lose(seat),
    refuseSignalling: (refused) => hub.refuse(refused),
    openConnections: () => connections.open().length,
    can: ['mends', 'preconnects'],
    reset() {
      hub.refuse(false);
      hub.swallow(null);
      connections.forget();
    },
  });
  it.each(contract)('$name', (test) => test.run());
});
