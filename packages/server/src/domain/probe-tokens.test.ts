import { expect, it } from 'vitest';
import { createProbeTokens } from './probe-tokens.js';

const token = (person: string, expiresAt = 60_000): { person: string; expiresAt: number } => ({ person, expiresAt });

it('is good once, until it expires', () => {
  const tokens = createProbeTokens();
  tokens.add('a', token('ana'), 0);
  tokens.add('b', token('ana'), 0);
  expect([tokens.use('a', 59_999), tokens.use('a', 59_999), tokens.use('none', 0)]).toEqual([true, false, false]);
  expect(tokens.use('b', 60_000)).toBe(false);
});

it('keeps a few of each person, and no more than fit, the latest', () => {
  const tokens = createProbeTokens();
  tokens.add('other', token('ben'), 0);
  for (let i = 0; i < 100; i++) tokens.add(`a${i}`, token('ana'), 0);
  expect([tokens.use('a94', 1), tokens.use('a95', 1), tokens.use('a99', 1), tokens.use('other', 1)]).toEqual([
    false,
    true,
    true,
    true,
  ]);
  for (let i = 0; i <= 10_000; i++) tokens.add(`p${i}`, token(`p${i}`), 0);
  expect([tokens.use('a96', 1), tokens.use('p0', 1), tokens.use('p1', 1), tokens.use('p10000', 1)]).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
