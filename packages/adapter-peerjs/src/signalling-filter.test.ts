import { describe, expect, it } from 'vitest';
import { createSignallingFilter } from './signalling-filter.js';

const media = { type: 'media', connectionId: 'mc_1', sdp: { type: 'offer', sdp: '' } };
const candidate = (connectionId: string) => ({ type: 'CANDIDATE', src: 'a', payload: { ...media, connectionId } });

describe('what reaches PeerJS', () => {
  it.each([
    { type: 'OPEN' },
    { type: 'ID-TAKEN' },
    { type: 'ERROR', payload: { msg: 'no' } },
    { type: 'OFFER', src: 'a', payload: media },
    { type: 'ANSWER', src: 'a', payload: media },
    candidate('mc_1'),
  ])('$type passes', (message) => {
    expect(createSignallingFilter()(message)).toEqual({ pass: true });
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a word', 'OFFER'],
    ['an unknown type', { type: 'EXPLODE' }],
    ['a leave, which would close the call', { type: 'LEAVE', src: 'a' }],
    ['a data offer, which would be answered', { type: 'OFFER', src: 'a', payload: { ...media, type: 'data' } }],
    ['an offer of nobody', { type: 'OFFER', payload: media }],
    ['an offer without content', { type: 'OFFER', src: 'a' }],
    ['an offer without a description', { type: 'OFFER', src: 'a', payload: { ...media, sdp: null } }],
    ['a call without a name', { type: 'OFFER', src: 'a', payload: { ...media, connectionId: 7 } }],
    ['an error without content', { type: 'ERROR' }],
  ])('%s does not', (_, message) => {
    expect(createSignallingFilter()(message).pass).toBe(false);
  });

  it('an offer that no page of ours sends is told, other noise is not', () => {
    const judge = createSignallingFilter();
    expect(judge({ type: 'OFFER', src: 'a', payload: { ...media, type: 'data' } })).toHaveProperty('isStrange', true);
    expect(judge({ type: 'EXPLODE' })).toEqual({ pass: false });
  });

  it('tells who is not reachable', () => {
    expect(createSignallingFilter()({ type: 'EXPIRE', src: 'b' })).toEqual({ pass: false, unavailable: 'b' });
  });

  it('lets fifty candidates of a call through, and forgets old calls', () => {
    const judge = createSignallingFilter();
    const passed = (call: string, count: number) =>
      Array.from({ length: count }, () => judge(candidate(call))).filter(({ pass }) => pass).length;
    expect(passed('one', 60)).toBe(50);
    expect(passed('two', 10)).toBe(10);
    expect(passed('one', 1)).toBe(0);
    for (let call = 0; call < 20; call++) passed(`call ${call}`, 1);
    expect(passed('one', 1)).toBe(1);
  });
});
