import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.js';

const good = {
  ACTIVE_SESSION_JWT_SECRET: 'x'.repeat(32),
  ACTIVE_SESSION_JWT_AUDIENCE: 'portal',
  ACTIVE_SESSION_JWT_ISSUER: 'https://sign-in.test',
};

describe('loadConfig', () => {
  it('has defaults for what is no secret, and no ICE server', () => {
    expect(loadConfig(good)).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000/api/session/v1',
      iceServers: [],
      allowedOrigins: [],
      policy: { patient: { opensBeforeMinutes: 60, closesAfterMinutes: 120 } },
    });
  });

  it('reads what is set', () => {
    const config = loadConfig({
      ...good,
      ACTIVE_SESSION_JWT_SECRET: undefined,
      ACTIVE_SESSION_JWKS_URL: 'https://sign-in.test/keys',
      ACTIVE_SESSION_PUBLIC_URL: 'https://portal.test/session/',
      ACTIVE_SESSION_ALLOWED_ORIGINS: 'https://a.test, https://b.test:8443',
      ACTIVE_SESSION_ICE_SERVERS: '[{"urls":["turn:t.test"],"username":"u","credential":"c"}]',
    });
    expect(config).toMatchObject({
      auth: { key: { jwksUrl: new URL('https://sign-in.test/keys') } },
      publicUrl: 'https://portal.test/session',
      allowedOrigins: ['https://a.test', 'https://b.test:8443'],
      iceServers: [{ urls: ['turn:t.test'], username: 'u', credential: 'c' }],
    });
  });

  it('reads what is for clinics behind a proxy, with a relay, cookies and a number to call', () => {
    const config = loadConfig({
      ...good,
      ACTIVE_SESSION_COOKIE: '__Host-portal',
      ACTIVE_SESSION_TURN_URLS: 'turns:relay.test:443, turn:relay.test:3478?transport=udp',
      ACTIVE_SESSION_TURN_SECRET: 'shared with coturn',
      ACTIVE_SESSION_TURN_TTL: '600',
      ACTIVE_SESSION_RELAY_ONLY: 'true',
      ACTIVE_SESSION_CONTACT: '{"phone":"+1 555 0100"}',
      ACTIVE_SESSION_LIMITS: '{"person":{"burst":5,"perSecond":1}}',
      ACTIVE_SESSION_PROXIES: '1',
    });
    expect(config).toMatchObject({
      auth: { cookie: '__Host-portal' },
      turn: {
        urls: ['turns:relay.test:443', 'turn:relay.test:3478?transport=udp'],
        secret: 'shared with coturn',
        ttlSeconds: 600,
      },
      iceTransportPolicy: 'relay',
      contact: { phone: '+1 555 0100' },
      limits: { person: { burst: 5, perSecond: 1 }, address: { burst: 1_000 } },
      proxies: 1,
    });
  });

  it.each([
    ['ACTIVE_SESSION_COOKIE', 'a;b'],
    ['ACTIVE_SESSION_TURN_URLS', 'turn:relay.test'],
    ['ACTIVE_SESSION_CONTACT', '{"url":"javascript:alert(1)"}'],
    ['ACTIVE_SESSION_LIMITS', '{"person":{"burst":0,"perSecond":1}}'],
    ['ACTIVE_SESSION_PROXIES', '-1'],
  ])('names a setting beside %s that is wrong: %s', (variable, value) => {
    expect(() => loadConfig({ ...good, [variable]: value })).toThrow(/^ACTIVE_SESSION_\w+ must|can't be read/);
  });

  it('names the video engine in tickets, and lets pages connect early only where that can be', () => {
    const turn = { ACTIVE_SESSION_TURN_URLS: 'turn:relay.test', ACTIVE_SESSION_TURN_SECRET: 'shared' };
    const ice = { ACTIVE_SESSION_ICE_SERVERS: '[{"urls":["stun:s.test","turns:r.test:443"]}]' };
    const read = (engine?: string, preconnect?: string, more: object = {}): unknown => {
      const set = { ACTIVE_SESSION_ENGINE: engine, ACTIVE_SESSION_PRECONNECT: preconnect };
      const config = loadConfig({ ...good, ...set, ...more });
      return [config.engine, config.preconnect];
    };
    expect(read()).toEqual(['peerjs', undefined]);
    expect(read('', 'off')).toEqual(['peerjs', undefined]);
    expect(read('webrtc')).toEqual(['webrtc', undefined]);
    expect(read('webrtc', 'all')).toEqual(['webrtc', 'all']);
    expect(read('webrtc', 'relay', turn)).toEqual(['webrtc', 'relay']);
    expect(read('webrtc', 'relay', ice)).toEqual(['webrtc', 'relay']);
    expect(() => read('peerjs', 'all')).toThrow(/^ACTIVE_SESSION_PRECONNECT needs ACTIVE_SESSION_ENGINE=webrtc/);
    expect(() => read('webrtc', 'relay')).toThrow(/^ACTIVE_SESSION_PRECONNECT relay needs a relay/);
    const stun = { ACTIVE_SESSION_ICE_SERVERS: '[{"urls":"stun:s.test"}]' };
    expect(() => read('webrtc', 'relay', stun)).toThrow(/^ACTIVE_SESSION_PRECONNECT relay needs a relay/);
    expect(() => read('webrtc', 'on')).toThrow(/^ACTIVE_SESSION_PRECONNECT must be off or all or relay/);
    expect(() => read('WebRTC')).toThrow(/^ACTIVE_SESSION_ENGINE must be peerjs or webrtc/);
  });

  it.each([
    ['zero', 0],
    ['negative', -5],
    ['more than a month', 60 * 24 * 32],
    ['a word', '"soon"'],
    ['nothing', 'null'],
  ])('refuses a window that closes after %s minutes (W6)', (_, minutes) => {
    const role = `{"opensBeforeMinutes":60,"closesAfterMinutes":${minutes}}`;
    const policy = `{"patient":${role},"provider":${role},"returnMinutes":10}`;
    expect(() => loadConfig({ ...good, ACTIVE_SESSION_WINDOW_POLICY: policy })).toThrow(
      /^ACTIVE_SESSION_WINDOW_POLICY .*closesAfterMinutes/,
    );
  });

  it('hides addresses or not, as is written, and not where nothing is', () => {
    for (const [text, expected] of [
      ['true', 'relay'],
      ['false', undefined],
      ['', undefined],
      [undefined, undefined],
    ] as const) {
      const config = loadConfig({ ...good, ACTIVE_SESSION_RELAY_ONLY: text });
      expect([text, config.iceTransportPolicy]).toEqual([text, expected]);
    }
  });

  it('takes public keys over TLS, or from this machine', () => {
    const withKeys = (url: string): unknown =>
      loadConfig({ ...good, ACTIVE_SESSION_JWT_SECRET: undefined, ACTIVE_SESSION_JWKS_URL: url }).auth.key;
    for (const url of ['https://sign-in.test/keys', 'http://localhost:9/', 'http://127.0.0.1/', 'http://[::1]:9/']) {
      expect(withKeys(url)).toEqual({ jwksUrl: new URL(url) });
    }
    for (const url of ['http://sign-in.test/', 'http://127.evil.test/', 'http://localhost.evil.test/', 'ftp://x/']) {
      expect(() => withKeys(url)).toThrow(/^ACTIVE_SESSION_JWKS_URL /);
    }
  });

  it.each([
    ['ACTIVE_SESSION_JWT_SECRET', undefined],
    ['ACTIVE_SESSION_JWT_SECRET', ''],
    ['ACTIVE_SESSION_JWT_SECRET', 'x'.repeat(31)],
    ['ACTIVE_SESSION_JWT_AUDIENCE', undefined],
    ['ACTIVE_SESSION_JWT_ISSUER', ''],
    ['ACTIVE_SESSION_PORT', '70000'],
    ['ACTIVE_SESSION_PORT', '80a'],
    ['ACTIVE_SESSION_PUBLIC_URL', 'portal.test'],
    ['ACTIVE_SESSION_PUBLIC_URL', 'ftp://portal.test'],
    ['ACTIVE_SESSION_ALLOWED_ORIGINS', 'https://a.test/path'],
    ['ACTIVE_SESSION_ICE_SERVERS', 'stun:x'],
    ['ACTIVE_SESSION_ICE_SERVERS', '[{"url":"stun:x"}]'],
    ['ACTIVE_SESSION_WINDOW_POLICY', '{"patient":{}}'],
    ['ACTIVE_SESSION_RELAY_ONLY', '1'],
    ['ACTIVE_SESSION_RELAY_ONLY', 'TRUE'],
    ['ACTIVE_SESSION_RELAY_ONLY', 'relay'],
    [
      'ACTIVE_SESSION_WINDOW_POLICY',
      '{"patient":{"opensBeforeMinutes":-1,"closesAfterMinutes":5},"provider":{"opensBeforeMinutes":1,"closesAfterMinutes":5},"returnMinutes":1}',
    ],
  ])('names %s when it is %s', (variable, value) => {
    expect(() => loadConfig({ ...good, [variable]: value })).toThrow(ConfigError);
    expect(() => loadConfig({ ...good, [variable]: value })).toThrow(new RegExp(`^${variable} `));
  });
});
