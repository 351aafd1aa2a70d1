import type { ProviderNote } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { CHUNK_SIZE, NoteChunks } from './chunks.js';

const MINUTE = 60_000;
const note = (minute: number, fields: Partial<ProviderNote> = {}): ProviderNote => ({
  id: `n${minute}`,
  providerName: 'Dr. Smith',
  timestamp: new Date(minute * MINUTE).toISOString(),
  content: `Note ${minute}`,
  ...fields,
});
const many = (count: number): readonly ProviderNote[] => Array.from({ length: count }, (_, minute) => note(minute));
const sizes = (chunks: NoteChunks): readonly number[] => chunks.all.map(({ notes }) => notes.length);
const flat = (chunks: NoteChunks): readonly ProviderNote[] => chunks.all.flatMap(({ notes }) => notes);

/** How many chunks of the former ones are no longer the same. */
function touched(chunks: NoteChunks, notes: readonly ProviderNote[]): number {
  const before = chunks.all;
  chunks.follow(notes);
  expect(flat(chunks)).to.deep.equal(notes);
  return before.filter((chunk) => !chunks.all.includes(chunk)).length;
}

describe('notes in chunks', () => {
  let chunks: NoteChunks;
  let notes: readonly ProviderNote[];

  beforeEach(() => {
    chunks = new NoteChunks();
    notes = many(10_000);
    chunks.follow(notes);
  });

  it('are in order, none too large', () => {
    expect(flat(chunks)).to.deep.equal(notes);
    expect(new Set(sizes(chunks))).to.deep.equal(new Set([CHUNK_SIZE]));
    expect(new Set(chunks.all.map(({ id }) => id)).size).to.equal(200);
  });

  it('one more at the end touches none that is full, and then the last one only', () => {
    expect(touched(chunks, [...notes, note(10_000)])).to.equal(0);
    expect(touched(chunks, [...notes, note(10_000), note(10_001)])).to.equal(1);
    expect(sizes(chunks).slice(-2)).to.deep.equal([50, 2]);
  });

  it('a late one touches the one where it belongs, and keeps its name', () => {
    const id = chunks.all[3]?.id;
    expect(touched(chunks, notes.toSpliced(170, 0, note(169.5)))).to.equal(1);
    expect(chunks.all[3]?.id).to.equal(id);
    expect(sizes(chunks).slice(0, 5)).to.deep.equal([50, 50, 50, 51, 50]);
  });

  it('very many late ones divide theirs, and no other', () => {
    const late = Array.from({ length: 60 }, (_, index) => note(170 + index / 100, { id: `late${index}` }));
    expect(touched(chunks, notes.toSpliced(171, 0, ...late))).to.equal(1);
    expect(sizes(chunks).slice(2, 7)).to.deep.equal([50, 50, 50, 10, 50]);
  });

  it('a note that was replaced touches its own', () => {
    const withdrawn = note(420, { content: '', withdrawnAt: '2026-01-07T10:00:00.000Z' });
    expect(touched(chunks, notes.with(420, withdrawn))).to.equal(1);
    expect(chunks.chunkOf(withdrawn)).to.equal(chunks.all[8]);
  });

  it('what changed in several places at once touches what is there, and tells all that came', () => {
    const [late, last] = [note(30.5), note(10_000)];
    const withdrawn = note(5_000, { content: '', withdrawnAt: '2026-01-07T10:00:00.000Z' });
    const after = [...notes.with(5_000, withdrawn).toSpliced(31, 0, late), last];
    const before = chunks.all;
    expect(chunks.follow(after)).to.deep.equal([late, withdrawn, last]);
    expect(flat(chunks)).to.deep.equal(after);
    expect(before.filter((chunk) => !chunks.all.includes(chunk))).to.have.length(2);
  });

  it('notes can go, and others come in their place', () => {
    expect(touched(chunks, notes.toSpliced(60, 200))).to.equal(5);
    expect(touched(chunks, [])).to.equal(chunks.all.length + 196);
    expect(chunks.all).to.deep.equal([]);
    expect(touched(chunks, many(3))).to.equal(0);
    expect(touched(chunks, many(120).toReversed())).to.equal(1);
  });

  it('the same notes touch nothing', () => {
    expect(touched(chunks, notes)).to.equal(0);
    expect(touched(chunks, [...notes])).to.equal(0);
    expect(chunks.follow([...notes])).to.deep.equal([]);
  });
});
