import { describe, expect, it } from 'vitest';
import { clientAddress } from './limits.js';

const from = (address: string): string => clientAddress(address, undefined, 0);

describe('the address that a request comes from', () => {
  it.each([
    ['2001:db8::a:1:2:3', '2001:db8::b:1:2:3'],
    ['2001:db8::1', '2001:0db8:0:0:ffff:ffff:ffff:ffff'],
    ['::1', '0:0:0:0:8::'],
    ['fe80::1%eth0', 'FE80::2'],
    ['[2001:db8::1]:4711', '2001:db8::2'],
    ['[2001:db8::1]', '2001:db8::2'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
  ])('is the same for %s and %s', (one, other) => {
    expect(from(one)).toBe(from(other));
  });

  it.each([
    ['2001:db8:0:1::1', '2001:db8:0:2::1'],
    ['2001:db8::1', '2001:db8:1::1'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.8'],
    ['203.0.113.7:1', '203.0.113.8:1'],
    ['::1', '127.0.0.1'],
  ])('is another one for %s and %s', (one, other) => {
    expect(from(one)).not.toBe(from(other));
  });

  it('may be anything that a proxy writes, but nothing long', () => {
    expect(clientAddress('127.0.0.1', '203.0.113.9, _hidden', 1)).toBe('_hidden');
    expect(clientAddress('127.0.0.1', 'x'.repeat(10_000), 1)).toHaveLength(64);
    for (const text of ['', ' , ', ':', '[', '[]', '%', '::::', '[::1', '1.2.3.4.5:6']) {
      expect(clientAddress('127.0.0.1', text, 1)).toEqual(expect.any(String));
    }
    expect(clientAddress(undefined, undefined, 0)).toBe('unknown');
  });
});
