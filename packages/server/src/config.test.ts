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
    [
      'ACTIVE_SESSION_WINDOW_POLICY',
      '{"patient":{"opensBeforeMinutes":-1,"closesAfterMinutes":5},"provider":{"opensBeforeMinutes":1,"closesAfterMinutes":5},"returnMinutes":1}',
    ],
  ])('names %s when it is %s', (variable, value) => {
    expect(() => loadConfig({ ...good, [variable]: value })).toThrow(ConfigError);
    expect(() => loadConfig({ ...good, [variable]: value })).toThrow(new RegExp(`^${variable} `));
  });
});
