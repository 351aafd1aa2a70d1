import { describe, expect, it } from 'vitest';
import { originsOf } from './origins.js';

describe('a page of the server’s own origin', () => {
  const { own } = originsOf({ publicUrl: 'https://portal.test/api', allowedOrigins: [] });

  it.each([
    ['https://portal.test', 'portal.test'],
    ['https://portal.test', undefined],
    ['https://other-name.test', 'other-name.test'],
    ['https://other-name.test:8443', 'Other-Name.test:8443'],
    [undefined, 'portal.test'],
  ])('is %s, asking %s', (origin, host) => {
    expect(own(origin, host)).toBe(true);
  });

  it.each([
    ['null', undefined],
    ['null', 'portal.test'],
    ['null', 'null'],
    ['file://', ''],
    ['http://portal.test', 'portal.test'],
    ['https://portal.test:8443', 'portal.test'],
    ['https://evil.test', 'portal.test'],
    ['https://evil.test', undefined],
  ])('is not %s, asking %s', (origin, host) => {
    expect(own(origin, host)).toBe(false);
  });

  it('may be without TLS where the server is', () => {
    const local = originsOf({ publicUrl: 'http://localhost:3000/api', allowedOrigins: [] });
    expect(local.own('http://127.0.0.1:3000', '127.0.0.1:3000')).toBe(true);
  });
});
