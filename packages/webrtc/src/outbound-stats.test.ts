import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPathReader } from './outbound-stats.js';

type Stat = Readonly<Record<string, unknown>>;

const SECOND = 1_000;
let time: number;
let stats: readonly Stat[];
let connection: RTCPeerConnectionState;

beforeEach(() => {
  time = 0;
  stats = [];
  connection = 'connected';
  vi.spyOn(performance, 'now').mockImplementation(() => time);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const pair = (roundTrip: number, more: Stat = {}, id = 'P'): readonly Stat[] => [
  { id: 'T', type: 'transport', selectedCandidatePairId: id },
  { id, type: 'candidate-pair', currentRoundTripTime: roundTrip, availableOutgoingBitrate: 900_000, ...more },
];
const report = (kind: 'audio' | 'video', timestamp: number, more: Stat): Stat => ({
  ...{ id: `R${kind}`, type: 'remote-inbound-rtp', kind, timestamp },
  ...more,
});

function reader() {
  const pc = {
    get connectionState() {
      return connection;
    },
    getStats: async () => new Map(stats.map((stat) => [stat['id'], stat])),
  };
  const read = createPathReader(pc as unknown as RTCPeerConnection);
  return async (now: readonly Stat[], passed = SECOND) => {
    stats = now;
    time += passed;
    return read();
  };
}

/** A reader that has been on the same path for long enough. */
async function warm() {
  const read = reader();
  for (let second = 0; second < 6; second++) await read(pair(0.05));
  return read;
}

describe('what a connection says of its path', () => {
  it('is nothing before the browser had 5 s to find out, and on a new path again', async () => {
    const read = reader();
    for (let second = 0; second < 5; second++) expect(await read(pair(0.05))).toBeNull();
    expect(await read(pair(0.05))).not.toBeNull();
    expect(await read(pair(0.05, {}, 'Q'))).toBeNull();
    for (let second = 0; second < 4; second++) expect(await read(pair(0.05, {}, 'Q'))).toBeNull();
    expect(await read(pair(0.05, {}, 'Q'))).not.toBeNull();
  });

  it('is nothing while it is not connected', async () => {
    const read = await warm();
    connection = 'disconnected';
    expect(await read(pair(0.05))).toBeNull();
  });

  it('how much longer the round trip is than the shortest of the last minute', async () => {
    const read = await warm();
    expect((await read(pair(0.75)))?.delay).toBeCloseTo(700);
    for (let second = 0; second < 60; second++) await read(pair(0.75));
    expect((await read(pair(0.75)))?.delay).toBe(0);
  });

  it('the loss that the other side reported, for as long as the report is new', async () => {
    const read = await warm();
    const lost = [...pair(0.05), report('audio', 1, { fractionLost: 0.3 }), report('video', 1, { fractionLost: 0.1 })];
    expect(await read(lost)).toMatchObject({ audioLoss: 0.3, videoLoss: 0.1 });
    expect(await read(lost, 8 * SECOND)).toMatchObject({ audioLoss: 0.3 });
    expect(await read(lost)).toMatchObject({ audioLoss: null, videoLoss: null });
  });

  it('works the loss out where the browser only counts packets', async () => {
    const read = await warm();
    const counted = (at: number, sent: number, packetsLost: number): readonly Stat[] => [
      ...pair(0.05),
      { id: 'O', type: 'outbound-rtp', kind: 'audio', packetsSent: sent },
      report('audio', at, { packetsLost }),
    ];
    await read(counted(1, 100, 10));
    expect(await read(counted(2, 200, 35))).toMatchObject({ audioLoss: 0.25 });
    // A counter that goes back, as after a track was replaced, is no loss.
    expect(await read(counted(3, 300, 0))).toMatchObject({ audioLoss: 0 });
  });

  it('what is sent, what there would be room for, and what limits the picture', async () => {
    const read = await warm();
    const sent = (bytesSent: number, reason: string): readonly Stat[] => [
      ...pair(0.05),
      { id: 'V', type: 'outbound-rtp', kind: 'video', bytesSent, qualityLimitationReason: reason },
    ];
    await read(sent(0, 'none'));
    const reading = await read(sent(25_000, 'bandwidth'), 2 * SECOND);
    expect(reading).toMatchObject({ sent: 100_000, available: 900_000, limitedBy: 'bandwidth' });
  });

  it('says so where a browser says nothing', async () => {
    const read = reader();
    const bare = [{ id: 'P', type: 'candidate-pair', nominated: true, state: 'succeeded' }];
    for (let second = 0; second < 6; second++) await read(bare);
    expect(await read(bare)).toEqual({
      ...{ delay: null, audioLoss: null, videoLoss: null, available: null, sent: 0, limitedBy: null },
    });
  });
});
