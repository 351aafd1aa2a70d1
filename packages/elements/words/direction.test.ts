import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../src/', import.meta.url);
const files = globSync('**/*.styles.ts', { cwd: root });

/** Declarations that name a side of the screen, and so stay where they are when everything else is mirrored. */
const PHYSICAL = [
  /(?:^|[\s;{])(?:left|right)\s*:/,
  /(?:^|[\s;{])(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /border-(?:top|bottom)-(?:left|right)-radius/,
  /(?:text-align|float|clear|caption-side|justify-\w+)\s*:\s*(?:left|right)\b/,
  /(?:transform-origin|background-position|object-position|mask-position)\s*:[^;]*\b(?:left|right)\b/,
  /translateX\(|translate\(\s*-?(?!50%|0\b|-50%)[\d.]+/,
  /(?:^|[\s;{])direction\s*:/,
];

/** With four values, these give the left and the right one each its own. */
const FOUR_SIDES = /(?:^|[\s;{])(margin|padding|inset|border-(?:width|style|color|radius))\s*:\s*([^;{}]+)/;

/** What is the same from both sides, with the reason. */
const JUSTIFIED: readonly (readonly [string, string])[] = [];

describe('what an element looks like from right to left', () => {
  it('is in enough files for this to mean something', () => {
    expect(files.length).toBeGreaterThan(8);
  });

  it.each(files)('is the mirror of what it looks like from left to right: %s', (file) => {
    const text = readFileSync(new URL(file, root), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
    const lines = text.split('\n').filter((line) => isPhysical(line));
    const justified = JUSTIFIED.filter(([name]) => name === file).map(([, line]) => line);
    expect(lines.map((line) => line.trim())).toEqual(justified);
  });
});

function isPhysical(line: string): boolean {
  if (PHYSICAL.some((pattern) => pattern.test(line))) return true;
  const [, property, list = ''] = FOUR_SIDES.exec(line) ?? [];
  const values = valuesOf(list);
  if (values.length !== 4) return false;
  if (property === 'border-radius') return values[0] !== values[1] || values[2] !== values[3];
  return values[1] !== values[3];
}

/** The values of a list; what is in brackets is one. */
function valuesOf(list: string): readonly string[] {
  let flat = list;
  for (let before = ''; before !== flat;) {
    before = flat;
    flat = flat.replaceAll(/\(([^()\s]*)\s+([^()]*)\)/g, '($1$2)').replaceAll(/\(([^()\s]*)\)/g, '[$1]');
  }
  return flat.trim().split(/\s+/);
}
