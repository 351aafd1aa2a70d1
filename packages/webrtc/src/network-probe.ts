import { SessionError } from '@active-session/core';
import { toRtcIceServers } from './ice-servers.js';
import type { NetworkReport, NetworkTest, ProbeOptions, SignallingChannel, SignallingPort } from '@active-session/core';

/** ms that a way for media may take, and a message to the signalling and back. */
const MEDIA_WITHIN = 10_000;
const ECHO_WITHIN = 5_000;

/**
 * Tries what a call needs, with the servers that a call would get. A way over a relay is tried end to end, because that
 * one always works if it works here. Where there is no relay, the page has to be seen from outside (by STUN); with neither,
 * two pages of one network are all that can be promised.
 *
 * @throws SessionError `video-failed`, `network`, `aborted`
 */
export async function probeNetwork(test: NetworkTest, { signalling, signal }: ProbeOptions): Promise<NetworkReport> {
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  try {
    const [echo, path] = await Promise.all([
      signalling === undefined ? null : timeOfEcho(signalling, test, either),
      wayFor(test, either),
    ]);
    return { signalling: echo, path };
  } finally {
    done.abort();
  }
}

async function wayFor({ iceServers, iceTransportPolicy = 'all' }: NetworkTest, signal: AbortSignal) {
  const urls = iceServers.flatMap((server) => server.urls);
  const has = (scheme: string) => urls.some((url) => url.startsWith(scheme));
  const config = { iceServers: toRtcIceServers(iceServers) };
  if (has('turn')) {
    const seen = await connectHere({ ...config, iceTransportPolicy: 'relay' }, signal);
    return iceTransportPolicy === 'all' && seen.has('srflx') ? 'direct' : 'relay';
  }
  const seen = await connectHere(config, signal);
  if (has('stun') && !seen.has('srflx') && !seen.has('prflx')) throw noWay();
  return 'direct';
}

/** Connects two ends on this page. What kinds of candidates were found on the way. */
function connectHere(config: RTCConfiguration, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const ends = [new RTCPeerConnection(config), new RTCPeerConnection(config)] as const;
  const [one, other] = ends;
  const kinds = new Set<string>();
  return new Promise<ReadonlySet<string>>((resolve, reject) => {
    const gathered = Promise.all(ends.map(whenGathered));
    const timer = setTimeout(() => reject(noWay()), MEDIA_WITHIN);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(new SessionError('aborted', 'The network test was given up.'));
      },
      { once: true },
    );
    for (const [from, to] of [ends, [other, one] as const]) {
      from.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.type) kinds.add(candidate.type);
        // Of a connection that was closed meanwhile.
        if (candidate) to.addIceCandidate(candidate).catch(() => undefined);
      });
      from.addEventListener('connectionstatechange', () => {
        if (from.connectionState === 'failed') reject(noWay());
        if (ends.every(({ connectionState }) => connectionState === 'connected')) {
          void gathered.then(() => {
            clearTimeout(timer);
            resolve(kinds);
          });
        }
      });
    }
    negotiate(one, other).catch(reject);
  }).finally(() => {
    for (const end of ends) end.close();
  });
}

async function negotiate(one: RTCPeerConnection, other: RTCPeerConnection): Promise<void> {
  one.createDataChannel('probe');
  await one.setLocalDescription();
  if (one.localDescription) await other.setRemoteDescription(one.localDescription);
  await other.setLocalDescription();
  if (other.localDescription) await one.setRemoteDescription(other.localDescription);
}

function whenGathered(end: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    end.addEventListener('icegatheringstatechange', () => {
      if (end.iceGatheringState === 'complete') resolve();
    });
  });
}

/** ms */
async function timeOfEcho(port: SignallingPort, { probe }: NetworkTest, signal: AbortSignal): Promise<number> {
  const channel = await port.open(probe, { signal });
  try {
    return await echo(channel, signal);
  } finally {
    channel.close();
  }
}

function echo(channel: SignallingChannel, signal: AbortSignal): Promise<number> {
  const payload = String(Math.random());
  return new Promise((resolve, reject) => {
    const sentAt = performance.now();
    const fail = () => {
      clearTimeout(timer);
      reject(new SessionError('network', 'The signalling does not answer.'));
    };
    const timer = setTimeout(fail, ECHO_WITHIN);
    channel.subscribe((message) => {
      if (message.type === 'closed') fail();
      if (message.type !== 'probe' || !('payload' in message) || message.payload !== payload) return;
      clearTimeout(timer);
      resolve(performance.now() - sentAt);
    });
    signal.addEventListener('abort', fail, { once: true });
    channel.send({ seat: '', type: 'probe', payload });
  });
}

function noWay(): SessionError {
  return new SessionError('video-failed', 'There is no way for media on this network.');
}
