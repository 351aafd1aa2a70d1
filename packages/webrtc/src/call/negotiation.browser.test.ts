import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallMessage } from './call-message.js';
import { createNegotiation } from './negotiation.js';
import type { Negotiation } from './negotiation.js';

interface Side {
  readonly pc: RTCPeerConnection;
  readonly negotiation: Negotiation;
  /** Whether what this side sends is lost now. */
  lost: (message: CallMessage) => boolean;
  heard: number;
}

type Sent = CallMessage & { readonly by: 'dialler' | 'callee' };

/** Two ends in one page, and a channel between them that carries messages in order, when it does. */
function createPair(): { readonly dialler: Side; readonly callee: Side; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const side = (offers: boolean, other: () => Side): Side => {
    const pc = new RTCPeerConnection();
    pc.createDataChannel('alive', { negotiated: true, id: 0 });
    const own: Side = {
      pc,
      lost: () => false,
      heard: 0,
      negotiation: createNegotiation({
        ...{ pc, call: 'c', offers },
        send(message) {
          sent.push({ ...message, by: offers ? 'dialler' : 'callee' });
          if (!own.lost(message)) setTimeout(() => other().negotiation.hear(message), 1);
        },
        onHeard() {
          own.heard++;
        },
      }),
    };
    return own;
  };
  const dialler: Side = side(true, () => callee);
  const callee: Side = side(false, () => dialler);
  return { dialler, callee, sent };
}

const fragment = (pc: RTCPeerConnection) => /a=ice-ufrag:(.*)/.exec(pc.localDescription?.sdp ?? '')?.[1];

describe('the negotiation of one connection', () => {
  let pair: ReturnType<typeof createPair>;
  const both = () => [pair.dialler, pair.callee];
  const settled = () =>
    expect
      .poll(() => both().map(({ pc }) => [pc.signalingState, pc.connectionState].join()), { timeout: 15_000 })
      .toEqual(['stable,connected', 'stable,connected']);
  const isOnePath = () => {
    const of = (text: string | undefined) => /a=ice-ufrag:(.*)/.exec(text ?? '')?.[1];
    const { dialler, callee } = pair;
    expect(of(dialler.pc.remoteDescription?.sdp)).toBe(fragment(callee.pc));
    expect(of(callee.pc.remoteDescription?.sdp)).toBe(fragment(dialler.pc));
  };

  beforeEach(async () => {
    pair = createPair();
    pair.dialler.negotiation.begin({ from: 'a', to: 'b' });
    await settled();
  });
  afterEach(() =>
    both().forEach(({ pc, negotiation }) => {
      negotiation.close();
      pc.close();
    }),
  );

  it.each(['dialler', 'callee'] as const)('finds a new path when the %s wants one', async (who) => {
    const before = fragment(pair[who].pc);
    pair[who].negotiation.restart({});
    await expect.poll(() => fragment(pair[who].pc)).not.toBe(before);
    await settled();
    isOnePath();
  });

  it('two who want one at the same moment find one', async () => {
    const before = both().map(({ pc }) => fragment(pc));
    both().forEach(({ negotiation }) => negotiation.restart({}));
    await expect.poll(() => both().every(({ pc }, i) => fragment(pc) !== before[i])).toBe(true);
    await settled();
    isOnePath();
  });

  it.each(['offer', 'answer'] as const)('outlives an %s that is lost', async (type) => {
    const loser = type === 'offer' ? pair.dialler : pair.callee;
    loser.lost = (message) => message.type === type;
    const heard = pair.dialler.heard;
    pair.dialler.negotiation.restart({});
    await expect.poll(() => pair.sent.filter((message) => message.type === type).length).toBe(2);
    loser.lost = () => false;
    pair.dialler.negotiation.restart({});
    await expect.poll(() => pair.dialler.heard).toBe(heard + 1);
    await settled();
    isOnePath();
  });

  it('what belongs to an earlier offer changes nothing', async () => {
    pair.dialler.negotiation.restart({});
    await expect.poll(() => pair.dialler.heard).toBe(2);
    await settled();
    const before = both().map(({ pc }) => fragment(pc));
    // The first offer and its answer, and every candidate of then, once more to whom they were for.
    const late = pair.sent.filter(({ type, by }) => type === (by === 'dialler' ? 'offer' : 'answer')).slice(0, 2);
    const candidates = pair.sent.filter(({ type }) => type === 'candidate');
    for (const message of [...late, ...candidates]) {
      pair[message.by === 'dialler' ? 'callee' : 'dialler'].negotiation.hear(message);
    }
    pair.sent.length = 0;
    // All of it stands in one row with this, which comes last.
    pair.dialler.negotiation.restart({});
    await expect.poll(() => pair.dialler.heard).toBe(3);
    expect(pair.sent.filter(({ type }) => type === 'answer')).toHaveLength(1);
    await settled();
    isOnePath();
    expect(both().map(({ pc }) => fragment(pc))).not.toEqual(before);
  });

  it('garbage in a description harms nothing', async () => {
    pair.callee.negotiation.hear({ type: 'offer', call: 'c', round: 99, sdp: 'nonsense' });
    pair.dialler.negotiation.hear({ type: 'answer', call: 'c', round: 1, sdp: 'nonsense' });
    pair.callee.negotiation.hear({ type: 'candidate', call: 'c', candidate: { candidate: 'nonsense' } });
    await settled();
    expect(pair.callee.pc.signalingState).toBe('stable');
  });
});
