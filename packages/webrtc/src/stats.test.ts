import { describe, expect, it } from 'vitest';
import { toCounters } from './counters.js';
import { statsBetween } from './stats.js';

const report = (timestamp: number, factor: number) => [
  { id: 'T', type: 'transport', timestamp, selectedCandidatePairId: 'P2' },
  { id: 'P1', type: 'candidate-pair', timestamp, nominated: true, state: 'succeeded', bytesReceived: 9 },
  {
    ...{ id: 'P2', type: 'candidate-pair', timestamp, currentRoundTripTime: 0.04 },
    ...{ bytesReceived: 100 * factor, responsesReceived: 3, requestsReceived: 4 },
  },
  {
    ...{ id: 'A', type: 'inbound-rtp', timestamp, audioLevel: 0.2 / factor },
    ...{ bytesReceived: 1000 * factor, packetsReceived: 10 * factor },
  },
  {
    ...{ id: 'V', type: 'inbound-rtp', timestamp, bytesReceived: 4000 * factor, packetsReceived: 80 * factor },
    ...{ packetsLost: 10 * factor, framesDecoded: 30 * factor },
  },
  { id: 'O', type: 'outbound-rtp', timestamp, bytesSent: 2000 * factor },
];

describe('statistics', () => {
  it('sums streams and reads the path in use', () => {
    expect(toCounters(report(1_000, 1))).toEqual({
      ...{ at: 1_000, rtpBytesReceived: 5_000, rtpBytesSent: 2_000, packetsReceived: 90, packetsLost: 10 },
      ...{ framesDecoded: 30, audioLevel: 0.2, pathActivity: 107, roundTrip: 40 },
    });
  });

  it('gives rates and loss since the reading before', () => {
    const stats = statsBetween(toCounters(report(1_000, 1)), toCounters(report(3_000, 2)));
    expect(stats).toEqual({
      ...{ roundTrip: 40, loss: 0.1, inbound: 20_000, outbound: 8_000, framesDecoded: 60 },
      audioLevel: 0.1,
    });
  });

  it('has no rate yet at the first reading, and says nothing about loss when nothing came', () => {
    expect(statsBetween(undefined, toCounters(report(1_000, 1)))).toMatchObject({ inbound: 0, loss: 0.1 });
    expect(statsBetween(undefined, toCounters([]))).toEqual({
      ...{ roundTrip: null, loss: null, inbound: 0, outbound: 0, framesDecoded: 0, audioLevel: null },
    });
  });

  it('never goes below zero when a stream was replaced', () => {
    const stats = statsBetween(toCounters(report(1_000, 2)), toCounters(report(2_000, 1)));
    expect(stats).toMatchObject({ inbound: 0, outbound: 0, loss: null });
  });
});
