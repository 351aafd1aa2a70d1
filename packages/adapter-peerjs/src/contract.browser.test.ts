import type { Grant } from '@active-session/core';
import { createSignallingHub, recordConnections } from '@active-session/testing';
import { videoContract } from '@active-session/testing/contracts';
import type { VideoAbility } from '@active-session/testing/contracts';
import { createMediaDevices } from '@active-session/webrtc';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { installRelay } from '../test/relay.js';
import type { Relay } from '../test/relay.js';
import { createPeerVideo } from './index.js';

describe.each<[string, readonly VideoAbility[]]>([
  ['with the backend’s channel', ['mends']],
  ['with a server of its own only', []],
])('the engine on PeerJS keeps the contract, %s:', (_, can) => {
  let relay: Relay;
  let connections: ReturnType<typeof recordConnections>;
  const hub = createSignallingHub();
  const peerIds = new Map<string, string>();
  let serial = 0;

  beforeAll(() => {
    relay = installRelay();
    connections = recordConnections();
  });
  afterAll(() => {
    connections.stop();
    relay.uninstall();
  });

  const grant = (peerId: string): Grant => ({ url: relay.url, token: peerId, expiresAt: '2099-01-01T00:00:00Z' });
  const contract = videoContract({
    engine: createPeerVideo,
    media: (request) => createMediaDevices().open(request, new AbortController()),
    ticket(seat) {
      const peerId = `${seat}-${String(++serial)}`;
      peerIds.set(seat, peerId);
      return {
        ...{ bookingId: 1, seat, engine: 'peerjs', peerId, parties: [], iceServers: [] },
        engineGrant: grant(peerId),
        ...(can.includes('mends') && { signalling: hub.grant(seat) }),
        expiresAt: '2099-01-01T00:00:00Z',
      };
    },
    signalling: hub.port,
    loseSignalling(seat) {
      relay.cut(peerIds.get(seat) ?? '');
      hub.lose(seat);
    },
    refuseSignalling(refused) {
      hub.refuse(refused);
      relay.refuse(refused);
    },
    openConnections: () => connections.open().length,
    can,
    reset() {
      hub.refuse(false);
      relay.refuse(false);
      connections.forget();
    },
  });
  it.each(contract.filter(({ needs }) => needs.every((need) => can.includes(need))))('$name', (test) => test.run());
});
