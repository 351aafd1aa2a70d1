export type Verdict =
  | { readonly pass: true }
  /** `unavailable`: the server could not reach this peer. */
  | { readonly pass: false; readonly unavailable?: string; readonly isStrange?: true };

/** Candidates of one call that are let through; a call needs a dozen or two. */
const candidateLimit = 50;
/** Calls whose candidates are counted before the oldest is forgotten. */
const callLimit = 20;

/**
 * Decides what of the signalling server reaches PeerJS. PeerJS answers data offers by itself, throws on unknown
 * serializations, keeps candidates for calls that it does not know, and closes running calls on `LEAVE`; none of that is
 * wanted here.
 */
export function createSignallingFilter(): (message: unknown) => Verdict {
  const candidates = new Map<string, number>();
  const stop: Verdict = { pass: false };
  const go: Verdict = { pass: true };

  const countCandidate = (call: string): boolean => {
    const count = (candidates.get(call) ?? 0) + 1;
    candidates.delete(call);
    candidates.set(call, count);
    const [oldest] = candidates.keys();
    if (candidates.size > callLimit && oldest !== undefined) candidates.delete(oldest);
    return count <= candidateLimit;
  };

  return (message) => {
    if (!isRecord(message)) return stop;
    const { type, src, payload } = message;
    switch (type) {
      case 'OPEN':
      case 'ID-TAKEN':
      case 'INVALID-KEY':
        return go;
      case 'ERROR':
        return isRecord(payload) ? go : stop;
      case 'EXPIRE':
        return typeof src === 'string' ? { pass: false, unavailable: src } : stop;
      case 'OFFER':
        return typeof src === 'string' && isMedia(payload) && isRecord(payload['sdp'])
          ? go
          : { pass: false, isStrange: true };
      case 'ANSWER':
        return typeof src === 'string' && isMedia(payload) && isRecord(payload['sdp']) ? go : stop;
      case 'CANDIDATE':
        return typeof src === 'string' && isMedia(payload) && countCandidate(payload.connectionId) ? go : stop;
      default:
        return stop;
    }
  };
}

type MediaPayload = Readonly<Record<string, unknown>> & { readonly connectionId: string };

function isMedia(payload: unknown): payload is MediaPayload {
  return isRecord(payload) && payload['type'] === 'media' && typeof payload['connectionId'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
