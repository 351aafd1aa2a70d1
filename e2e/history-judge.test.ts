import { describe, expect, test } from 'vitest';
import { judge, type Found, type Told } from './support/history-judge.js';
import { planHistory, type Step } from './support/history-steps.js';

const shared = (text: string, more: Partial<Told> = {}): Told => ({
  text,
  state: 'shared',
  isSafe: true,
  after: [],
  isResent: false,
  ...more,
});
const TOLD = new Map<string, Told>([
  ['1', shared('[1] first')],
  ['2', shared('[2] second', { after: ['1'] })],
  ['3', shared('[3] in the wrong chart', { state: 'withdrawn', after: ['2'] })],
  ['4', shared('[4] mine', { state: 'draft' })],
]);
const note = (id: string, more: object = {}) => ({ id, content: TOLD.get(id)?.text ?? id, ...more });
const WITHDRAWN = { withdrawnAt: '2026-01-07T10:00:00.000Z' };
const RIGHT: Found = {
  provider: [note('1'), note('2'), note('3', WITHDRAWN)],
  patient: [note('1'), note('2'), note('3', { ...WITHDRAWN, content: '' })],
  screens: [
    { name: 'patient', isWriters: false, texts: ['[1] first', '[2] second', ''] },
    { name: 'writer', isWriters: true, texts: ['[1] first', '[2] second', '[3] in the wrong chart'] },
  ],
  drafts: [{ id: '4', content: '[4] mine' }],
  unsent: [],
  hasLeft: (text) => !text.startsWith('[4]'),
};
const screen = (texts: readonly string[]): Partial<Found> => ({
  screens: [{ name: 'patient', isWriters: false, texts }],
});
const without = (id: string, notes: Found['provider']): Found['provider'] => notes.filter((one) => one.id !== id);

describe('the judge of histories', () => {
  test('finds nothing where each shared note is there once and in order, and no draft is', () => {
    expect(judge(TOLD, [], RIGHT)).toEqual([]);
  });

  test.each<[string, Partial<Found>, string]>([
    ['a note that is lost', { provider: without('2', RIGHT.provider) }, 'lost: [2]'],
    ['a note that is there twice', { provider: [note('1'), note('1'), ...RIGHT.provider.slice(1)] }, 'there 2 times'],
    ['a note under another id', { provider: [...RIGHT.provider, { id: '9', content: '[1] first' }] }, 'there twice'],
    ['two notes in the wrong order', { provider: RIGHT.provider.toReversed() }, 'out of order: [2]'],
    ['other words', { provider: [note('1', { content: 'x' }), ...RIGHT.provider.slice(1)] }, 'other words: [1]'],
    ['a withdrawal that is lost', { provider: [note('1'), note('2'), note('3')] }, 'withdrawn, or not: [3]'],
    ['a draft that was shared', { provider: [...RIGHT.provider, note('4')] }, 'a draft was shared: [4]'],
    ['a draft that is lost', { drafts: [] }, 'a draft is lost: [4]'],
    ['a draft that is as it was before', { drafts: [{ id: '4', content: '[4] m' }] }, 'not as it was written: [4]'],
    ['a shared note that is a draft too', { drafts: [...RIGHT.drafts, note('1')] }, 'a draft again: [1]'],
    ['a draft that has left the browser', { hasLeft: () => true }, 'left the browser: [4]'],
    ['a note that is still on its way', { unsent: ['[2] second'] }, 'still on its way: [2]'],
    ['a patient who is given less', { patient: without('1', RIGHT.patient) }, 'other notes than the provider'],
    ['a patient who reads what was withdrawn', { patient: RIGHT.provider }, 'other notes than the provider'],
    ['a screen that shows a note twice', screen(['[1] first', '[1] first', '']), 'patient shows'],
    ['a screen that shows one too few', screen(['[1] first', '[2] second']), 'patient shows'],
    ['a screen that shows what was withdrawn', screen(RIGHT.screens[1]?.texts ?? []), 'patient shows'],
  ])('finds %s', (_, wrong, fault) => {
    expect(judge(TOLD, [], { ...RIGHT, ...wrong }).join('\n')).toContain(fault);
  });

  test('finds a text that was written over and has left the browser', () => {
    expect(judge(TOLD, ['[0] thought better of'], RIGHT)).toEqual([
      'a draft has left the browser: [0] thought better of',
    ]);
  });

  test('lets be lost what a page had no time to keep, but not be there twice', () => {
    const told = new Map(TOLD).set('1', shared('[1] first', { isSafe: false }));
    const provider = without('1', RIGHT.provider);
    const lost = { ...RIGHT, provider, patient: without('1', RIGHT.patient), screens: [] };
    expect(judge(told, [], lost)).toEqual([]);
    const twice = { ...RIGHT, provider: [note('1'), ...RIGHT.provider] };
    expect(judge(told, [], twice).join('\n')).toContain('there 2 times: [1]');
  });
});

test('a seed and a number are one history, and 200 of them have every kind of step', () => {
  expect(planHistory(7, 3)).toEqual(planHistory(7, 3));
  const steps = Array.from({ length: 200 }, (_, run) => planHistory(7, run).steps);
  expect(new Set(steps.map((one) => JSON.stringify(one))).size).toBe(200);
  for (const { length } of steps) expect(length >= 6 && length <= 12).toBe(true);
  const nameOf = (step: Step): string => (step.do === 'spoil' ? step.fault.kind : step.do);
  expect([...new Set(steps.flat().map(nameOf))].sort()).toEqual([
    ...['answer-lost', 'busy', 'captive', 'correct', 'crash', 'cut', 'expire', 'firewall', 'kill', 'reload'],
    ...['second-tab', 'share', 'sign-in-refused', 'stall', 'withdraw', 'write'],
  ]);
});
