import { createPeerVideo } from '@active-session/adapter-peerjs';
import { createWebRtcVideo } from '@active-session/adapter-webrtc';
import { createRestBackend, type GetToken } from '@active-session/adapter-rest';
import { createBrowserPlatform } from '@active-session/browser';
import { chooseVideo, createSessionClient, SessionError, type SessionClient } from '@active-session/core';
import { createMediaDevices } from '@active-session/webrtc';

/** ms that the portal's own answer may take. */
const TIMEOUT = 15_000;

export interface BrowserClientOptions {
  /** Where the backend's routes are, absolute or relative to the page. */
  readonly endpoint: string;
  /** Access tokens; left out: same-origin cookies. */
  readonly getToken?: GetToken;
}

/** A client for a page, with everything that this package brings: the browser, REST and PeerJS. */
export function createBrowserClient({ endpoint, getToken }: BrowserClientOptions): SessionClient {
  const { signalling, ...backend } = createRestBackend({ endpoint, ...(getToken === undefined ? {} : { getToken }) });
  return createSessionClient({
    backend,
    signalling,
    platform: createBrowserPlatform(),
    devices: createMediaDevices(),
    video: chooseVideo({ peerjs: createPeerVideo(), webrtc: createWebRtcVideo() }),
  });
}

/**
 * Reads tokens from an address of the portal's own that knows its user by a cookie. It answers with the token as text,
 * or as JSON in `token` or `access_token`.
 */
export function tokensFrom(address: string): GetToken {
  return async () => {
    const response = await fetch(address, {
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch((cause: unknown) => {
      // No network is not "signed out".
      throw new SessionError('network', 'The token endpoint can’t be reached.', { cause });
    });
    if (!response.ok) throw new Error(`The token endpoint answered ${String(response.status)}.`);
    const body = await response.text();
    if (!/json/i.test(response.headers.get('Content-Type') ?? '')) return body.trim();
    const { token, access_token: accessToken } = JSON.parse(body) as { token?: string; access_token?: string };
    return token ?? accessToken ?? null;
  };
}
