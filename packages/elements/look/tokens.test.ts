import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrast } from './contrast.ts';
import { madeFiles } from '../../../scripts/lib/made.mjs';
import { root } from '../../../scripts/lib/run.mjs';
import { readTokens } from '../../../scripts/lib/tokens.mjs';

const tokens = await readTokens();

function colour(path: string, scheme: 'light' | 'dark'): string {
  const token = tokens.find((one) => one.path === path);
  if (token === undefined) throw new Error(`There is no token ${path}.`);
  return token[scheme];
}

/** Text, and the grounds on which the elements have it. */
const TEXT = [
  ['color.text', 'color.surface', 'color.surface-quiet', 'color.warning-surface', 'color.danger-surface'],
  ['color.text-muted', 'color.surface', 'color.surface-quiet', 'color.warning-surface', 'color.danger-surface'],
  ['color.accent', 'color.surface', 'color.surface-quiet', 'color.warning-surface'],
  ['color.on-accent', 'color.accent'],
  ['color.danger', 'color.surface'],
  ['color.on-danger', 'color.danger'],
  ['color.good', 'color.surface', 'color.surface-quiet'],
  ['color.warning', 'color.warning-surface'],
  ['stage.text', 'stage.surface', 'stage.backdrop', 'stage.quiet'],
  ['stage.text-muted', 'stage.surface', 'stage.backdrop', 'stage.quiet'],
  ['stage.fair', 'stage.surface'],
  ['stage.poor', 'stage.surface'],
  ['stage.on-danger', 'stage.danger'],
] as const;

/** What shows where a control is, or which one has the focus. */
const SIGNS = [
  ['color.edge', 'color.surface', 'color.surface-quiet', 'color.warning-surface'],
  ['color.focus', 'color.surface', 'color.surface-quiet'],
  ['color.danger', 'color.danger-surface'],
  ['color.warning', 'color.warning-surface', 'color.surface'],
  ['stage.edge', 'stage.surface', 'stage.backdrop'],
  ['stage.focus', 'stage.surface', 'stage.backdrop', 'stage.quiet', 'stage.danger'],
  ['stage.danger', 'stage.surface'],
] as const;

describe('the design tokens', () => {
  it('are what the elements and the docs have: run “pnpm tokens” after a change', async () => {
    for (const [file, text] of Object.entries(await madeFiles())) {
      expect(readFileSync(join(root, file), 'utf8'), file).toBe(text);
    }
  });

  it('say the same as components and as hex', () => {
    for (const file of ['color.light', 'color.dark', 'stage']) {
      const text = readFileSync(join(root, `packages/elements/tokens/${file}.tokens.json`), 'utf8');
      const values = [...text.matchAll(/"components": \[([^\]]+)\][^}]*"hex": "([^"]+)"/g)];
      expect(values.length, file).toBeGreaterThan(5);
      for (const [, components = '', hex] of values) {
        const parts = components.split(',').map((part) => Math.round(Number(part) * 255));
        expect(`#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`, file).toBe(hex);
      }
    }
  });

  for (const scheme of ['light', 'dark'] as const) {
    for (const [least, pairs] of [[4.5, TEXT] as const, [3, SIGNS] as const]) {
      it.each(pairs.flatMap(([front, ...grounds]) => grounds.map((ground) => [front, ground] as const)))(
        `${scheme}: %s on %s has at least ${least} : 1`,
        (front, ground) => {
          expect(contrast(colour(front, scheme), colour(ground, scheme))).toBeGreaterThanOrEqual(least);
        },
      );
    }
  }
});
