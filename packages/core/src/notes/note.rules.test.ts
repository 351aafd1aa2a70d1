import { describe, expect, it } from 'vitest';
import { mergeNotes, parseNotes } from './note.rules.js';
import type { ProviderNote } from './note.schema.js';

const note = (minute: number, content: string, fields: Partial<ProviderNote> = {}): ProviderNote => ({
  providerName: 'Dr. Smith',
  timestamp: new Date(Date.UTC(2026, 0, 7, 10, minute)).toISOString(),
  content,
  ...fields,
});
const contents = (notes: readonly ProviderNote[]): string[] => notes.map(({ content }) => content);

describe('mergeNotes', () => {
  it('orders by time, then by id', () => {
    const merged = mergeNotes([], [note(2, 'c', { id: 'z' }), note(1, 'b', { id: '2' }), note(1, 'a', { id: '1' })]);
    expect(contents(merged)).toEqual(['a', 'b', 'c']);
  });

  it('compares times as instants, whatever their offset', () => {
    const earlier = note(0, 'earlier', { timestamp: '2026-01-07T12:30:00+02:00' });
    expect(contents(mergeNotes([note(45, 'later')], [earlier]))).toEqual(['earlier', 'later']);
  });

  it('a late one takes its place', () => {
    const known = mergeNotes([], [note(1, 'first'), note(3, 'third')]);
    expect(contents(mergeNotes(known, [note(2, 'second')]))).toEqual(['first', 'second', 'third']);
  });

  it('shows none twice: by id, else by provider, instant and content', () => {
    const known = [note(1, 'with id', { id: '1' }), note(2, 'without')];
    const again = [
      note(1, 'with id', { id: '1' }),
      note(2, 'without'),
      note(2, 'without', { timestamp: '2026-01-07T11:02:00+01:00' }),
    ];
    expect(mergeNotes(known, again)).toHaveLength(2);
    expect(mergeNotes(known, [note(2, 'without', { providerName: 'Dr. Jones' })])).toHaveLength(3);
    expect(mergeNotes(known, [note(2, 'other')])).toHaveLength(3);
  });

  it('an id that looks like a key is no other note', () => {
    const plain = note(1, 'x');
    const key = JSON.stringify(['Dr. Smith', Date.parse(plain.timestamp), 'x']);
    expect(mergeNotes([plain], [note(1, 'x', { id: key })])).toHaveLength(2);
  });

  it('withdrawn wins, whichever comes first', () => {
    const shared = note(1, 'wrong chart', { id: '1' });
    const withdrawn = note(1, '', { id: '1', withdrawnAt: '2026-01-07T11:00:00.000Z' });
    expect(mergeNotes([shared], [withdrawn])).toEqual([withdrawn]);
    expect(mergeNotes([withdrawn], [shared])).toEqual([withdrawn]);
  });

  it('a withdrawal stays as it was said first, and is not taken back', () => {
    const withdrawn = note(1, '', { id: '1', withdrawnAt: '2026-01-07T11:00:00.000Z' });
    const again = { ...withdrawn, withdrawnAt: '2026-01-07T12:00:00.000Z' };
    expect(mergeNotes([withdrawn], [again])).toEqual([withdrawn]);
    expect(mergeNotes([withdrawn], [note(1, 'back', { id: '1' })])).toEqual([withdrawn]);
  });

  it('of a note that was withdrawn, what has no words counts: they do not come back', () => {
    const withWords = note(1, 'wrong chart', { id: '1', withdrawnAt: '2026-01-07T11:00:00.000Z' });
    const without = { ...withWords, content: '' };
    const otherWords = { ...withWords, content: 'other' };
    expect(mergeNotes([withWords], [without])).toEqual([without]);
    expect(mergeNotes([without], [withWords])).toEqual([without]);
    expect(mergeNotes([withWords], [otherWords])).toEqual([withWords]);
  });

  it('the first of an id counts: one that comes with other words changes nothing', () => {
    const first = note(1, 'take two', { id: '1' });
    expect(mergeNotes([first], [note(1, 'take twenty', { id: '1' })])).toEqual([first]);
    expect(mergeNotes([], [first, note(9, 'take twenty', { id: '1' })])).toEqual([first]);
  });

  it('is the same for every order of arrival', () => {
    const all = [
      note(1, 'a', { id: '1' }),
      note(1, 'b', { id: '2' }),
      note(1, 'c'),
      note(4, '', { id: '3', withdrawnAt: '2026-01-07T11:00:00.000Z' }),
      note(4, 'd', { id: '3' }),
      note(2, 'e'),
    ];
    const expected = mergeNotes([], all);
    for (const first of all) {
      const rest = all.filter((other) => other !== first);
      expect(mergeNotes(mergeNotes([], [first]), rest.toReversed())).toEqual(expected);
    }
  });

  it('a merged list takes few notes as it takes many: late, again, withdrawn', () => {
    const all = Array.from({ length: 40 }, (_, minute) =>
      note(minute, `note ${minute}`, { id: `${minute % 7}-${minute}` }),
    );
    const more = [
      note(20, 'late', { id: '0' }),
      note(3, 'again', { id: '3-3' }),
      { ...all[5]!, content: '', withdrawnAt: '2026-01-07T12:00:00.000Z' },
      { ...all[9]!, timestamp: note(30, '').timestamp, withdrawnAt: '2026-01-07T12:00:00.000Z' },
      note(99, 'last'),
      note(-1, 'first'),
    ];
    const start = mergeNotes([], all);
    const oneByOne = more.reduce((known, one) => mergeNotes(known, [one]), start);
    expect(oneByOne).toEqual(mergeNotes([], [...all, ...more]));
    expect(mergeNotes(start, more)).toEqual(oneByOne);
    expect(start).toEqual(mergeNotes([], all));
  });

  it('an older list can be merged again after a newer one', () => {
    const start = mergeNotes([], [note(1, 'a'), note(3, 'c')]);
    mergeNotes(start, [note(2, 'b')]);
    expect(contents(mergeNotes(start, [note(4, 'd')]))).toEqual(['a', 'c', 'd']);
  });

  it('gives a merged list back as it is where nothing is new', () => {
    const known = mergeNotes([], [note(1, 'a'), note(2, 'b')]);
    expect(mergeNotes(known, [note(1, 'a')])).toBe(known);
  });

  it('changes nothing that it was given', () => {
    const known = Object.freeze([note(2, 'b'), note(1, 'a')]);
    mergeNotes(known, [note(0, 'c')]);
    expect(contents(known)).toEqual(['b', 'a']);
  });
});

describe('parseNotes', () => {
  it('the first of an id counts, and another one under it is told', () => {
    const { items, problems } = parseNotes([
      note(1, 'first', { id: '1' }),
      note(2, 'other', { id: '1' }),
      note(1, 'first', { id: '1' }),
      note(3, 'third', { id: '3' }),
    ]);
    expect(contents(items)).toEqual(['first', 'third']);
    expect(problems).toHaveLength(1);
  });

  it('one bad note hides no good one', () => {
    const { items, problems } = parseNotes([{ content: 'x' }, note(1, 'good')]);
    expect(contents(items)).toEqual(['good']);
    expect(problems.map(({ path }) => path)).toEqual(['0.providerName', '0.timestamp']);
  });
});
