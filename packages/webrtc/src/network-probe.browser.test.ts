import { SessionError, type NetworkTest, type SignallingChannel, type SignallingPort } from '@active-session/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { probeNetwork } from './network-probe.js';

const test = (iceServers: NetworkTest['iceServers'] = []): NetworkTest => ({
  iceServers,
  probe: { url: 'wss://example.invalid', token: 'probe', expiresAt: '2030-01-01T00:00:00.000Z' },
  expiresAt: '2030-01-01T00:00:00.000Z',
});
/** Nobody listens there, so what is asked for is never given. */
const NOBODY = '127.0.0.1:9';

let control: AbortController;
let closed: number;
let used: string[];
beforeEach(() => {
  control = new AbortController();
  closed = 0;
  used = [];
});

/** Signalling that answers a probe as it is told. */
function signalling(answer: (channel: Answer, message: { payload: unknown }) => void): SignallingPort {
  return {
    async open({ token }) {
      used.push(token);
      const listeners = new Set<Parameters<SignallingChannel['subscribe']>[0]>();
      return {
        send: (message) => answer((heard) => [...listeners].forEach((listener) => listener(heard)), message),
        subscribe(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        close: () => closed++,
      };
    },
  };
}
type Answer = (heard: { seat: string; type: string; payload: unknown } | { type: 'closed' }) => void;
const echoes = signalling((tell, { payload }) => tell({ seat: '', type: 'probe', payload }));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof SessionError ? error.code : error),
  );

describe('the network before a call', () => {
  it('two pages of one network reach each other, and the signalling answers', async () => {
    const report = await probeNetwork(test(), { signalling: echoes, signal: control.signal });
    expect(report.path).toBe('direct');
    expect(report.signalling).toBeGreaterThanOrEqual(0);
    expect([used, closed]).toEqual([['probe'], 1]);
  });

  it('is tried without signalling, where the backend has none', async () => {
    const report = await probeNetwork(test(), { signalling: undefined, signal: control.signal });
    expect(report).toEqual({ path: 'direct', signalling: null });
  });

  it('a page that is not seen from outside, and has no relay, has no way for media', async () => {
    const servers = [{ urls: `stun:${NOBODY}` }];
    const work = probeNetwork(test(servers), { signalling: echoes, signal: control.signal });
    expect(await codeOf(work)).toBe('video-failed');
    expect(closed).toBe(1);
  });

  it('a relay that does not answer is no way for media', async () => {
    const servers = [{ urls: [`turn:${NOBODY}?transport=udp`], username: 'name', credential: 'word' }];
    const work = probeNetwork(test(servers), { signalling: undefined, signal: control.signal });
    expect(await codeOf(work)).toBe('video-failed');
  });

  it('says when the signalling is not to be had', async () => {
    const refused: SignallingPort = { open: () => Promise.reject(new SessionError('network', 'No.')) };
    expect(await codeOf(probeNetwork(test(), { signalling: refused, signal: control.signal }))).toBe('network');
    const drops = signalling((tell) => tell({ type: 'closed' }));
    expect(await codeOf(probeNetwork(test(), { signalling: drops, signal: control.signal }))).toBe('network');
    expect(closed).toBe(1);
  });

  it('is given up by an abort, and leaves nothing open', async () => {
    const silent = signalling(() => control.abort());
    const servers = [{ urls: [`turn:${NOBODY}`], username: 'name', credential: 'word' }];
    const code = await codeOf(probeNetwork(test(servers), { signalling: silent, signal: control.signal }));
    expect(['aborted', 'network']).toContain(code);
    expect(closed).toBe(1);
  });
});
