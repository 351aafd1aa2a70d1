import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meSchema, parse } from '@active-session/core';
import { MINUTE, START, startServer, tokenFor, type TestServer } from '../test-support/harness.js';
import { AUDIENCE, ISSUER, SECRET } from '../test-support/people.js';

let server: TestServer;
afterEach(() => server.stop());

const status = async (authorization?: string): Promise<number> => {
  const headers = authorization === undefined ? {} : { Authorization: authorization };
  return (await fetch(`${server.url}/me`, { headers })).status;
};

describe('sign-in', () => {
  it('says who one is', async () => {
    server = await startServer();
    const { status, body } = await server.get('lee', '/me');
    expect(status).toBe(200);
    expect(parse(meSchema, body, 'answer')).toEqual(body);
    expect(body).toMatchObject({ id: 'lee', role: 'provider', name: 'Dr. Mina Lee' });
    expect(body.serverTime).toBe(new Date(START).toISOString());
  });

  it('is asked for everywhere but at the two health routes, and every refusal is alike', async () => {
    server = await startServer();
    const past = Math.floor(START / 1000) - 10;
    const claims = { role: 'patient', aud: AUDIENCE, iss: ISSUER, sub: 'ana', exp: past + 1000 };
    const unsigned = new UnsecuredJWT(claims).encode();
    const bad = [
      undefined,
      'Bearer',
      'Bearer x.y.z',
      `Basic ${await tokenFor('ana')}`,
      `Bearer ${await tokenFor('ana')}x`,
      `Bearer ${unsigned}`,
      `Bearer ${unsigned}x`,
      `Bearer ${await tokenFor('ana', { aud: 'elsewhere' })}`,
      `Bearer ${await tokenFor('ana', { iss: 'https://evil.test' })}`,
      `Bearer ${await tokenFor('ana', { exp: past })}`,
      `Bearer ${await tokenFor('ana', { role: 'admin' })}`,
      `Bearer ${await tokenFor('ana', {}, new TextEncoder().encode('y'.repeat(40)))}`,
      `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS512' }).sign(new TextEncoder().encode(SECRET))}`,
    ];
    for (const authorization of bad) expect([authorization, await status(authorization)]).toEqual([authorization, 401]);
    const { body, headers } = await server.call(null, 'GET', '/nothing/here');
    expect(body.type).toBe('urn:active-session:problem:unauthenticated');
    expect(headers.get('WWW-Authenticate')).toBe('Bearer');
    expect((await server.call(null, 'GET', '/healthz')).status).toBe(200);
    expect((await server.call(null, 'GET', '/readyz')).status).toBe(200);
    expect((await server.get('ana', '/nothing/here')).status).toBe(404);
    expect((await server.get('nobody', '/me')).status).toBe(403);
  });
});

describe('the public keys of an issuer', () => {
  const HOUR = 3_600_000;
  let asked = 0;
  let up = true;
  let issuer: Server;
  let token: string;

  beforeEach(async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' };
    [asked, up] = [0, true];
    issuer = createServer((_, response) => {
      asked += 1;
      response.writeHead(up ? 200 : 503).end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((done) => issuer.listen(0, '127.0.0.1', done));
    const jwksUrl = new URL(`http://127.0.0.1:${(issuer.address() as AddressInfo).port}/keys`);
    server = await startServer({ auth: { key: { jwksUrl }, audience: AUDIENCE, issuer: ISSUER } });
    token = await signed(privateKey, 'k1');
  });
  afterEach(goAway);

  type KeyInput = Parameters<SignJWT['sign']>[0];
  const signed = async (key: KeyInput, kid: string): Promise<string> =>
    `Bearer ${await new SignJWT({ role: 'patient' })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject('ana')
      .setAudience(AUDIENCE)
      .setIssuer(ISSUER)
      .setExpirationTime('20y')
      .sign(key)}`;
  function goAway(): void {
    issuer.closeAllConnections();
    issuer.close();
  }

  it('are taken, and no shared secret beside them', async () => {
    up = false;
    expect(await status(token)).toBe(503);
    up = true;
    expect(await status(token)).toBe(200);
    expect(await status(`Bearer ${await tokenFor('ana')}`)).toBe(401);
  });

  it('are asked for anew every ten minutes, and good for twelve hours where nobody answers', async () => {
    expect(await status(token)).toBe(200);
    server.now += 9 * MINUTE;
    expect([await status(token), asked]).toEqual([200, 1]);
    server.now += MINUTE;
    expect([await status(token), asked]).toEqual([200, 2]);
    goAway();
    server.now += 11 * MINUTE;
    expect(await status(token)).toBe(200);
    expect(server.log).toContainEqual(expect.objectContaining({ level: 'warn', event: 'sign-in.keys-unreachable' }));
    server.now += 11 * HOUR;
    expect(await status(token)).toBe(200);
    server.now += HOUR;
    expect(await status(token)).toBe(503);
  });

  it('are not asked for with every request while the issuer refuses, and taken again when it is back', async () => {
    expect(await status(token)).toBe(200);
    up = false;
    server.now += 11 * MINUTE;
    for (let i = 0; i < 5; i += 1) expect(await status(token)).toBe(200);
    expect(asked).toBe(2);
    up = true;
    server.now += 30_000;
    for (let i = 0; i < 5; i += 1) expect(await status(token)).toBe(200);
    expect(asked).toBe(3);
  });

  it('do not let in who signs with a key that it never had, whether it answers or not', async () => {
    expect(await status(token)).toBe(200);
    const { privateKey } = await generateKeyPair('ES256');
    const forged = [await signed(privateKey, 'k1'), await signed(privateKey, 'k2')];
    for (const one of forged) expect(await status(one)).toBe(401);
    goAway();
    server.now += HOUR;
    for (const one of forged) expect(await status(one)).toBe(401);
  });
});
