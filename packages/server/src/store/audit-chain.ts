import { digest } from '../random.js';
import type { AuditHead, AuditRecord } from './records.js';

/** What the first entry is chained to. */
export const CHAIN_START: AuditHead = { seq: 0, hash: '' };

/** SHA-256 over everything in an entry and the hash of the one before, in hexadecimal. */
export function auditHash(entry: Omit<AuditRecord, 'hash'>): string {
  const { seq, at, actor, action, booking, subject, previous } = entry;
  return digest(JSON.stringify([seq, at, actor, action, booking, subject, previous]));
}

/**
 * An id as the trail keeps it. Whatever can't be an id, because it is long or has spaces in it, is kept as its digest:
 * no name and no text gets in, whoever calls.
 */
export function auditId(id: string): string {
  return /^[^\s\p{C}]{1,200}$/u.test(id) ? id : `sha256:${digest(id)}`;
}
