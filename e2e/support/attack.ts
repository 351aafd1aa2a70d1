import type { Ticket } from '@active-session/core';
import type { Page, WebSocket as PageSocket } from '@playwright/test';

/** What a page shows to who can look into its sockets and answers: all that an attacker could ever have learned. */
export interface Known {
  readonly calls: Set<string>;
  /** A description that a page really sent. */
  sdp: string;
  /** Grants that pages have used. */
  readonly grants: { readonly url: string; readonly token: string; readonly peerId: string }[];
}

type Json = Readonly<Record<string, unknown>>;

export function spy(page: Page, known: Known): void {
  page.on('websocket', (socket: PageSocket) => {
    socket.on('framesent', ({ payload }) => learn(known, payload));
    socket.on('framereceived', ({ payload }) => learn(known, payload));
  });
  page.on('response', (response) => {
    if (!response.url().endsWith('/join') || !response.ok()) return;
    void response.json().then(
      ({ engineGrant, signalling, peerId }: Ticket) => {
        for (const grant of [engineGrant, signalling]) if (grant !== undefined) known.grants.push({ ...grant, peerId });
      },
      () => undefined,
    );
  });
}

function learn(known: Known, frame: string | Buffer): void {
  const { payload } = JSON.parse(frame.toString()) as { payload?: Json };
  if (payload === undefined) return;
  for (const key of ['call', 'connectionId']) {
    const call = payload[key];
    if (typeof call === 'string') known.calls.add(call);
  }
  const sdp = typeof payload['sdp'] === 'object' ? (payload['sdp'] as Json | null)?.['sdp'] : payload['sdp'];
  if (typeof sdp === 'string' && known.sdp === '') known.sdp = sdp;
}

/** Whom the attack is about: one who is spoken to, and one in whose name. */
export interface Targets {
  readonly seat: string;
  readonly peerId: string;
  readonly asSeat: string;
  readonly asPeerId: string;
}

const CANDIDATE = { candidate: 'candidate:1 1 udp 2122260223 127.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 };

/** Everything that can be said about a call on the backend's channel, in the name of another. */
export function nativeLies({ seat, peerId, asSeat, asPeerId }: Targets, { calls, sdp }: Known): Json[] {
  const forged = { src: asPeerId, from: asSeat, role: 'provider', metadata: { role: 'provider', seat: asSeat } };
  const frame = (type: string, payload: Json): Json => ({
    ...forged,
    seat,
    type,
    payload: { ...forged, seat: asSeat, ...payload },
  });
  const about = (call: string): Json[] => [
    frame('offer', { call, round: 1, sdp, from: asPeerId, to: peerId }),
    frame('offer', { call, round: 99, sdp, from: asPeerId, to: peerId }),
    ...[1, 2, 3, 99].map((round) => frame('answer', { call, round, sdp })),
    frame('candidate', { call, candidate: CANDIDATE }),
    ...['ask', 'still', 'here', 'gone'].map((type) => frame(type, { call })),
  ];
  return [...[...calls, crypto.randomUUID()].flatMap(about), frame('hello', {}), frame('toString', {})];
}

/** The same in PeerJS's words. */
export function peerLies({ peerId, asPeerId }: Targets, { calls, sdp }: Known): Json[] {
  const frame = (type: string, payload?: Json): Json => ({ type, src: asPeerId, dst: peerId, payload });
  const about = (connectionId: string): Json[] => [
    ...['media', 'data'].map((type) =>
      frame('OFFER', {
        ...{ type, connectionId, label: connectionId, reliable: true, serialization: 'json' },
        ...{ sdp: { type: 'offer', sdp }, metadata: { role: 'provider' } },
      }),
    ),
    frame('ANSWER', { type: 'media', connectionId, sdp: { type: 'answer', sdp } }),
    frame('CANDIDATE', { type: 'media', connectionId, candidate: CANDIDATE }),
  ];
  return [...[...calls, 'mc_attack'].flatMap(about), frame('LEAVE'), frame('EXPIRE'), frame('OPEN'), frame('ID-TAKEN')];
}

/** What the calls of a page show, but for times, notes and words of a weak network, which move by themselves. Runs in the page. */
export function shownIn(): string {
  const skipped =
    'provider-notes, [role=timer], [role=status], [part=quality], time, [data-notice$=weak], [data-notice=quality]';
  const callsIn = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => {
      if (element.localName === 'session-call') return [element];
      return element.shadowRoot === null ? [] : callsIn(element.shadowRoot);
    });
  const write = (node: Node): string => {
    if (node instanceof Text) return node.data.trim().replaceAll(/\d+/g, '#');
    if (!(node instanceof Element) || node.matches(skipped)) return '';
    const inner = [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(write).join('');
    if (node.matches('[part=notices]') && inner === '') return '';
    const names = [...node.attributes]
      .filter(({ name }) => name !== 'style')
      .map(({ name, value }) => `${name}=${value}`);
    return `<${[node.localName, ...names].join(' ')}>${inner}</>\n`;
  };
  const calls = callsIn(document);
  if (calls.length !== 1) throw new Error(`One call is to be seen, not ${calls.length}.`);
  return calls.map(write).join('\n');
}
