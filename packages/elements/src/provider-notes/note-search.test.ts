import type { ProviderNote } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { placesIn, search, wordsOf } from './note-search.js';

const note = (content: string, fields: Partial<ProviderNote> = {}): ProviderNote => ({
  providerName: 'Dr. Smith',
  timestamp: '2026-01-07T10:00:00.000Z',
  content,
  ...fields,
});
const found = (notes: readonly ProviderNote[], query: string): readonly string[] =>
  search(notes, wordsOf(query), ({ kind }) => (kind === 'follow-up' ? 'Nächster Termin' : '')).map(
    ({ content }) => content,
  );

describe('search in notes', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['Mild HEADACHE', 'headache', true],
    ['Mild headache', 'HEAD', true],
    ['Café con leche', 'cafe', true],
    ['Cafe', 'café', true],
    // The accent as a letter of its own.
    ['Cafe\u0301', 'café', true],
    ['Straße', 'strasse', true],
    ['Größe', 'grosse', true],
    ['İstanbul', 'istanbul', true],
    ['صُداع خفيف', 'صداع', true],
    ['headache, mild', 'mild headache', true],
    ['headache', 'mild headache', false],
    ['headache', 'Smith headache', true],
    ['headache', '  ', true],
    ['a.c', 'a*c', false],
    ['a.c', '.', true],
  ];
  for (const [text, query, isFound] of cases) {
    it(`${isFound ? 'finds' : 'does not find'} “${query}” in “${text}”`, () => {
      expect(found([note(text)], query)).to.deep.equal(isFound ? [text] : []);
    });
  }

  it('finds a label in the reader’s language', () => {
    expect(found([note('a', { kind: 'follow-up' }), note('b')], 'nachster')).to.deep.equal(['a']);
  });

  it('does not find what was withdrawn by what it said', () => {
    const withdrawn = note('secret', { withdrawnAt: '2026-01-07T10:10:00.000Z', kind: 'follow-up' });
    expect(found([withdrawn], 'secret')).to.deep.equal([]);
    expect(found([withdrawn], 'termin')).to.deep.equal([]);
    expect(found([withdrawn], 'smith')).to.deep.equal(['secret']);
  });

  const places: readonly (readonly [string, string, readonly string[]])[] = [
    ['One headache, two Headaches', 'headache', ['headache', 'Headache']],
    ['Ein Café', 'cafe', ['Café']],
    ['Ein Cafe\u0301.', 'cafe', ['Cafe\u0301']],
    ['Straße', 'strasse', ['Straße']],
    ['Straße', 'stras', ['Straß']],
    ['\u{1F600}a\u{1F600}a', 'a', ['a', 'a']],
    ['two words', 'words two', ['words', 'two']],
    ['nothing', 'x', []],
  ];
  for (const [text, query, expected] of places) {
    it(`marks ${JSON.stringify(expected)} in “${text}”`, () => {
      expect(placesIn(text, wordsOf(query)).map(([from, to]) => text.slice(from, to))).to.deep.equal(expected);
    });
  }
});
