import { describe, expect, it } from 'vitest';
import { toCallMessage } from './call-message.js';

describe('a message from another page', () => {
  it.each([
    ['offer', { call: 'c', round: 1, sdp: 'v=0' }],
    ['offer', { call: 'c', round: 1, sdp: 'v=0', from: 'a', to: 'b' }],
    ['answer', { call: 'c', round: 1, sdp: 'v=0' }],
    ['ask', { call: 'c' }],
    ['still', { call: 'c' }],
    ['here', { call: 'c' }],
    ['gone', { call: 'c' }],
  ])('%s is read', (type, payload) => {
    expect(toCallMessage(type, payload)).toEqual({ type, ...payload });
  });

  it('a candidate has what a candidate has, and no more', () => {
    const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u', extra: 1 };
    expect(toCallMessage('candidate', { call: 'c', candidate })).toEqual({
      ...{ type: 'candidate', call: 'c' },
      candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' },
    });
    expect(toCallMessage('candidate', { call: 'c', candidate: { sdpMid: 4 } })).toMatchObject({
      candidate: { candidate: '', sdpMid: null, sdpMLineIndex: null },
    });
  });

  it.each([
    ['offer', { call: 'c', round: 1 }],
    ['offer', { call: 'c', round: '1', sdp: 'v=0' }],
    ['answer', { round: 1, sdp: 'v=0' }],
    ['answer', { call: {}, round: 1, sdp: 'v=0' }],
    ['candidate', { call: 'c', candidate: null }],
    ['still', { call: 'c'.repeat(101) }],
    ['still', null],
    ['gone', [{ call: 'c' }]],
    ['__proto__', { call: 'c' }],
    ['metadata', { call: 'c', role: 'provider' }],
  ])('%s with %j is none', (type, payload) => {
    expect(toCallMessage(type, payload)).toBe(null);
  });

  it('a route that is half there is not there', () => {
    expect(toCallMessage('offer', { call: 'c', round: 1, sdp: 's', from: 'a' })).toEqual({
      ...{ type: 'offer', call: 'c', round: 1, sdp: 's' },
    });
  });
});
