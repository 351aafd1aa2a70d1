/**
 * What two pages say to each other over the backend's channel about one connection, named by `call`. The server says from
 * whose seat it is; nothing in a message says who somebody is.
 *
 * - `offer`, `answer`, `candidate`: WebRTC's own; `round` counts the offers of the side that made them. The first offer of a
 *   call names the registrations between which it is, so that one for a page that is gone reaches nobody.
 * - `ask`: nothing arrives here, offer a new path. Answered by an offer, or by `gone`
 * - `still`: do you have this connection? Answered by `here`, or by `gone`
 * - `hello`: my channel is open, what you sent before did not reach me
 */
export type CallMessage =
  | (Signal & { readonly type: 'offer'; readonly sdp: string; readonly from?: string; readonly to?: string })
  | (Signal & { readonly type: 'answer'; readonly sdp: string })
  | { readonly type: 'candidate'; readonly call: string; readonly candidate: RTCIceCandidateInit }
  | { readonly type: 'ask' | 'still' | 'here' | 'gone'; readonly call: string }
  | { readonly type: 'hello'; readonly call?: undefined };

interface Signal {
  readonly call: string;
  readonly round: number;
}

/** Null for what no page of ours sends. */
export function toCallMessage(type: string, payload: unknown): CallMessage | null {
  if (type === 'hello') return { type };
  if (!isRecord(payload)) return null;
  const { call, round, sdp, candidate, from, to } = payload;
  if (typeof call !== 'string' || call.length > 100) return null;
  if (type === 'ask' || type === 'still' || type === 'here' || type === 'gone') return { type, call };
  if (type === 'candidate' && isRecord(candidate)) return { type, call, candidate: toCandidate(candidate) };
  if (typeof round !== 'number') return null;
  if (type === 'offer' && typeof sdp === 'string') {
    const route = typeof from === 'string' && typeof to === 'string' ? { from, to } : {};
    return { type, call, round, sdp, ...route };
  }
  return type === 'answer' && typeof sdp === 'string' ? { type, call, round, sdp } : null;
}

function toCandidate(value: Readonly<Record<string, unknown>>): RTCIceCandidateInit {
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = value;
  return {
    candidate: typeof candidate === 'string' ? candidate : '',
    sdpMid: typeof sdpMid === 'string' ? sdpMid : null,
    sdpMLineIndex: typeof sdpMLineIndex === 'number' ? sdpMLineIndex : null,
    usernameFragment: typeof usernameFragment === 'string' ? usernameFragment : null,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
