import type { Page } from '@active-session/core';
import { invalidField } from './checked.js';

/** Which part of a list. */
export interface PageRequest {
  readonly cursor: string | undefined;
  /** Most items that the asker wants. */
  readonly limit: number | undefined;
}

export function page<T>(all: readonly T[], { cursor = '0', limit = Infinity }: PageRequest, size: number): Page<T> {
  if (!/^\d+$/.test(cursor)) throw invalidField('cursor', 'not one that this backend gave');
  const start = Number(cursor);
  const end = start + Math.min(size, limit);
  return { items: all.slice(start, end), problems: [], ...(end < all.length ? { cursor: String(end) } : {}) };
}
