import type { Frame } from '../frames.js';

/** What tabs of one person say to each other. `from` and `to` are one stream each. */
export type TabMessage =
  /** Who shares, goes on with me: I know everything up to each of these. */
  | { readonly type: 'join'; readonly from: string; readonly known: readonly string[] }
  /** What came; to one that has joined what it missed, to all (`to` is null) what is new. */
  | { readonly type: 'frames'; readonly from: string; readonly to: string | null; readonly frames: readonly Frame[] }
  /** From now on my stream is there for all. */
  | { readonly type: 'sharing'; readonly from: string }
  /** It is no more. */
  | { readonly type: 'over'; readonly from: string };

/** Anybody on this origin can post there: what does not have the form was not said. */
export function readTabMessage(data: unknown): TabMessage | null {
  if (!isRecord(data)) return null;
  const { type, from, to, known, frames } = data;
  if (typeof from !== 'string') return null;
  switch (type) {
    case 'sharing':
    case 'over':
      return { type, from };
    case 'join':
      return Array.isArray(known) && known.every((id) => typeof id === 'string') ? { type, from, known } : null;
    case 'frames':
      if (to !== null && typeof to !== 'string') return null;
      return Array.isArray(frames) && frames.every(isFrame) ? { type, from, to, frames } : null;
    default:
      return null;
  }
}

function isFrame(value: unknown): value is Frame {
  if (!isRecord(value)) return false;
  const { type, id, data } = value;
  return typeof type === 'string' && typeof data === 'string' && (id === undefined || typeof id === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
