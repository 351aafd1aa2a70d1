import { describe, expect, it } from 'vitest';
import { isRejected } from '../test-support/named-property.js';
import { mergeNotes } from './note.rules.js';
import { noteProperties } from './test-support/note-properties.js';

const SEED = 20_260_107;

describe('notes, however they arrive', () => {
  it.each(noteProperties())('$name', async (property) => {
    const { report } = await property.check({ seed: SEED, runs: 2_000 });
    expect(report).toBe('');
  });
});

describe('the properties reject a merge that', () => {
  it.each<[string, typeof mergeNotes]>([
    ['shows a note twice', (known, incoming) => [...mergeNotes(known, []), ...incoming]],
    ['lets the last one win', (known, incoming) => mergeNotes(incoming.toReversed(), known)],
    ['leaves a late note at the end', (known, incoming) => [...new Set([...known, ...mergeNotes(known, incoming)])]],
    ['loses one', (known, incoming) => mergeNotes(known, incoming.slice(0, 3))],
  ])('%s', async (_, wrong) => {
    expect(await isRejected(noteProperties(wrong), { seed: SEED, runs: 2_000 })).toBe(true);
  });
});
