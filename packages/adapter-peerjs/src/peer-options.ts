import { SessionError } from '@active-session/core';
import type { Ticket } from '@active-session/core';
import { configurationOf } from '@active-session/webrtc';
import type { PeerOptions } from 'peerjs';

/** PeerJS refuses other ids, and puts them into a URL as they are. */
const peerIdPattern = /^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/;

/** Everything that PeerJS has a public default for. */
export type CompletePeerOptions = Required<Pick<PeerOptions, 'host' | 'port' | 'path' | 'secure' | 'token'>> & {
  readonly config: RTCConfiguration;
};

/** @throws SessionError `video-unconfigured` */
export function peerOptions(ticket: Ticket): CompletePeerOptions {
  if (ticket.engine !== 'peerjs') throw unconfigured(`The ticket is for the engine "${ticket.engine}".`);
  if (!isPeerId(ticket.peerId)) throw unconfigured('The ticket has no peer id that PeerJS can use.');
  const { url, token } = ticket.engineGrant ?? {};
  if (!url || !token) throw unconfigured('The ticket has no address or no token of the signalling server.');
  return { ...address(url), token: encodeURIComponent(token), config: configurationOf(ticket) };
}

export function isPeerId(id: string): boolean {
  return peerIdPattern.test(id);
}

/** PeerJS appends `peerjs?key=peerjs&id=…&token=…&version=…` to the path. */
function address(text: string): Pick<CompletePeerOptions, 'host' | 'port' | 'path' | 'secure'> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^(wss?|https?):$/.test(url.protocol) || url.hostname === '') {
    throw unconfigured('The ticket has no absolute signalling address.');
  }
  const secure = url.protocol === 'wss:' || url.protocol === 'https:';
  return {
    host: url.hostname,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`,
    secure,
  };
}

function unconfigured(message: string): SessionError {
  return new SessionError('video-unconfigured', message);
}
