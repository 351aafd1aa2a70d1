import type { IceServer } from '@active-session/core';

/** As `RTCPeerConnection` takes them: what is not there is left out, not undefined. */
export function toRtcIceServers(servers: readonly IceServer[]): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  }));
}
