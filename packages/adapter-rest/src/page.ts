import { SessionError, toIso, type Instant } from '@active-session/core';

/** One page of a list on the wire: `{ items, cursor? }`, or a bare list, which is the whole of it. */
export function pageOf(value: unknown): { items: unknown; cursor: string | undefined } {
  if (Array.isArray(value)) return { items: value, cursor: undefined };
  if (typeof value !== 'object' || value === null || !('items' in value)) {
    throw new SessionError('malformed', 'Expected a list, or an object with items.');
  }
  const cursor = 'cursor' in value && typeof value.cursor === 'string' ? value.cursor : '';
  return { items: value.items, cursor: cursor === '' ? undefined : cursor };
}

/** Half-open: `from` included, `to` not. */
export function range({ from, to }: { from?: Instant; to?: Instant }): Record<'from' | 'to', string | undefined> {
  return { from: iso(from), to: iso(to) };
}

function iso(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : toIso(instant);
}
