import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const here = new URL('.', import.meta.url);
const page = readFileSync(new URL('../../../docs/languages.md', here), 'utf8');
const examples = globSync('*.example.ts', { cwd: here }).map((file) => readFileSync(new URL(file, here), 'utf8'));

describe('docs/languages.md', () => {
  it('has no code but what compiles: that of the examples beside this test', () => {
    const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
    expect(blocks.toSorted()).toEqual(examples.toSorted());
  });
});
