import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/run.mjs';

interface Declaration {
  readonly property: string;
  readonly value: string;
}

const files = globSync('packages/elements/src/**/*.styles.ts', { cwd: root }).filter(
  (file) => !file.endsWith('tokens.generated.ts'),
);

/** The declarations of a stylesheet, without what goes to paper. */
function declarations(file: string): readonly Declaration[] {
  const text = readFileSync(join(root, file), 'utf8')
    .replace(/export const paper\w* = css`[^`]*`/g, '')
    .replaceAll(/\/\*[^]*?\*\//g, '')
    // Not every browser gives a highlight the custom properties of its element.
    .replaceAll(/::highlight\([^{]*\{[^}]*\}/g, '{}');
  return [...text.matchAll(/^\s*([a-z-]+):\s*([^;{}]+);/gm)].map(([, property = '', value = '']) => ({
    property,
    value,
  }));
}

function faults(file: string, property: RegExp, isRight: (value: string) => boolean): readonly string[] {
  return declarations(file)
    .filter((one) => property.test(one.property) && !isRight(one.value))
    .map((one) => `${one.property}: ${one.value}`);
}

/** No distances: hair lines, what a sign needs to sit on a line of text, and what lies over something else on purpose. */
const isHair = (length: string): boolean => /^-?(?:0(?:px)?|[12]px|0?\.\d+em)$|^-\d+rem$/.test(length);

function isOnScale(value: string): boolean {
  const lengths =
    value.replaceAll(/var\((?:[^()]|\([^()]*\))*\)|env\([^)]*\)/g, '').match(/-?[\d.]+(?:px|rem|em)\b/g) ?? [];
  return lengths.every(isHair);
}

describe.each(files)('%s keeps to the scale', (file) => {
  it('of colours', () => {
    const isToken = (value: string): boolean =>
      !/#[0-9a-f]{3,8}\b|rgb\(|hsl\(/i.test(value) || value.includes('var(--as-stage-');
    expect(faults(file, /./, isToken)).toEqual([]);
  });

  it('of text', () => {
    expect(faults(file, /^font-size$/, (value) => /^var\(--_t-[a-z]+\)$|^inherit$/.test(value))).toEqual([]);
    expect(faults(file, /^line-height$/, (value) => /^var\(--_leading[a-z-]*\)$|^inherit$|^1$/.test(value))).toEqual(
      [],
    );
  });

  it('of space', () => {
    expect(faults(file, /^(gap|row-gap|column-gap|padding.*|margin.*)$/, isOnScale)).toEqual([]);
  });

  it('of corners', () => {
    expect(
      faults(file, /^border.*radius$/, (value) =>
        /^(?:var\(--_radius[a-z-]*\)|50%|1em|0|2px|inherit|\s)+$/.test(value),
      ),
    ).toEqual([]);
  });

  it('of time: nothing that changes takes longer than a moment', () => {
    const isShort = (value: string): boolean =>
      /var\(--_(?:quick|calm)\)|^none/.test(value) || value.includes('infinite');
    expect(faults(file, /^(transition|animation)$/, isShort)).toEqual([]);
  });
});
