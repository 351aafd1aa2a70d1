import { SessionError } from '@active-session/core';
import type { Ticket } from '@active-session/core';
import { describe, expect, it } from 'vitest';
import { peerOptions } from './peer-options.js';

const engineGrant = { url: 'wss://care.example/api/signalling', token: 'a+b/c=', expiresAt: '2026-01-01T00:00:00Z' };
const ticket: Ticket = {
  ...{ bookingId: 1, seat: 'patient', engine: 'peerjs', peerId: 'a1b2', parties: [] },
  engineGrant,
  iceServers: [],
  expiresAt: '2026-01-01T00:00:00Z',
};
const at = (url: string): Ticket => ({ ...ticket, engineGrant: { ...engineGrant, url } });

function codeOf(work: () => unknown) {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return error instanceof SessionError ? error.code : error;
  }
}

describe('the options of PeerJS', () => {
  it('come from the ticket, all of them that have a public default', () => {
    expect(peerOptions(ticket)).toEqual({
      ...{ host: 'care.example', port: 443, path: '/api/signalling/', secure: true, token: 'a%2Bb%2Fc%3D' },
      config: { iceServers: [], iceTransportPolicy: 'all', bundlePolicy: 'max-bundle' },
    });
  });

  it('carry ICE servers and policy on', () => {
    const iceServers = [
      { urls: ['turns:turn.example:443'], username: 'u', credential: 'c' },
      { urls: 'stun:s.example' },
    ];
    const { config } = peerOptions({ ...ticket, iceServers, iceTransportPolicy: 'relay' });
    expect(config).toMatchObject({ iceServers, iceTransportPolicy: 'relay' });
  });

  it.each([
    ['ws://localhost:8080/s/', { host: 'localhost', port: 8080, path: '/s/', secure: false }],
    ['ws://localhost', { host: 'localhost', port: 80, path: '/', secure: false }],
    ['https://[::1]:8443/x', { host: '[::1]', port: 8443, path: '/x/', secure: true }],
  ])('read %s', (url, expected) => {
    expect(peerOptions(at(url))).toMatchObject(expected);
  });

  it.each([
    ['another engine', { ...ticket, engine: 'webrtc' as const }],
    ['a relative address', at('/signalling')],
    ['another scheme', at('ftp://care.example/')],
    ['no address', at('')],
    ['no grant', { ...ticket, engineGrant: undefined }],
    ['no token', { ...ticket, engineGrant: { ...engineGrant, token: '' } }],
    ['an id that PeerJS refuses', { ...ticket, peerId: 'a--b' }],
    ['an id that would change the URL', { ...ticket, peerId: 'a&token=x' }],
    ['no id', { ...ticket, peerId: '' }],
  ])('are refused with %s', (_, wrong) => {
    expect(codeOf(() => peerOptions(wrong))).toBe('video-unconfigured');
  });
});
