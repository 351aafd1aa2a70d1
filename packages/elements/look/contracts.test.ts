import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  baseContract,
  exportedIn,
  namesOf,
  partsIn,
  readContracts,
  says,
  statesByFile,
} from '../../../scripts/lib/contracts.mjs';
import { root } from '../../../scripts/lib/run.mjs';
import { readTokens } from '../../../scripts/lib/tokens.mjs';

const contracts = readContracts();
const base = baseContract();
const tagsThatAreDefined = readFileSync(join(root, 'packages/elements/src/define.ts'), 'utf8').match(
  /[a-z]+-[a-z-]+(?=\/)/g,
);

describe('the docstrings of the elements', () => {
  it('are there for every element that is defined', () => {
    const tags = contracts.map(({ tag }) => tag);
    expect(tags.length).toBeGreaterThan(8);
    for (const tag of tagsThatAreDefined ?? []) expect(tags).toContain(tag);
  });

  it.each(contracts.map((contract) => [contract.tag, contract] as const))(
    '<%s>: every part is documented',
    (_, contract) => {
      const documented = [...namesOf(contract.parts), ...namesOf(base.parts)];
      expect(partsIn(contract).filter((part) => !documented.includes(part))).toEqual([]);
    },
  );

  it.each(contracts.map((contract) => [contract.tag, contract] as const))(
    '<%s>: every documented part is there',
    (_, contract) => {
      const exported = exportedIn(contract).map(({ outer }) => outer);
      const missing = namesOf(contract.parts).filter((part) => !says(contract, part) && !exported.includes(part));
      expect(missing).toEqual([]);
    },
  );

  it.each(contracts.map((contract) => [contract.tag, contract] as const))(
    '<%s>: what it passes on is a part of the element inside, and documented',
    (_, contract) => {
      for (const { tag, inner, outer } of exportedIn(contract)) {
        const inside = contracts.find((one) => one.tag === tag);
        expect(namesOf(inside?.parts ?? []), `${tag}::part(${inner})`).toContain(inner);
        expect(namesOf(contract.parts), outer).toContain(outer);
      }
    },
  );

  it.each(contracts.map((contract) => [contract.tag, contract] as const))(
    '<%s>: every slot is documented, and the reverse',
    (_, contract) => {
      const slots = [...contract.code.matchAll(/<slot\b([^>]*)>/g)].map(
        ([, rest = '']) => /\bname="([^"]*)"/.exec(rest)?.[1] ?? '',
      );
      expect(namesOf(contract.slots).sort()).toEqual([...new Set(slots)].sort());
    },
  );

  it('have every state that a class can set, and no other', { timeout: 60_000 }, () => {
    const states = statesByFile();
    for (const { tag, file, states: documented } of contracts) {
      expect(namesOf(documented).sort(), tag).toEqual(states.get(file));
    }
  });

  it('and the tokens have every custom property that a portal can set', async () => {
    const tokens = (await readTokens()).flatMap(({ property }) => property ?? []);
    const own = [base, ...contracts].flatMap(({ properties }) => namesOf(properties));
    const styles = globSync('packages/elements/src/**/*.styles.ts', { cwd: root }).map((file) =>
      readFileSync(join(root, file), 'utf8'),
    );
    const read = styles.flatMap((text) => [...text.matchAll(/var\((--as-[a-z-]+)/g)].map(([, name = '']) => name));
    expect([...new Set(read)].filter((name) => !tokens.includes(name) && !own.includes(name))).toEqual([]);
    expect(own.filter((name) => !read.includes(name))).toEqual([]);
  });
});
