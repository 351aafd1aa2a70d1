import { createHash, randomBytes } from 'node:crypto';

/**
 * 128 random bits that nobody can guess or count up to. Hexadecimal, because it must also pass as a PeerJS id, which
 * starts and ends with a letter or digit, and stand in a URL unescaped.
 */
export function randomId(): string {
  return randomBytes(16).toString('hex');
}

/** 256 random bits for a secret that opens something. */
export function randomSecret(): string {
  return randomBytes(32).toString('hex');
}

/** What is stored of a secret or compared of a request body. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
