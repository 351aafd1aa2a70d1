/** The files that `pnpm tokens` writes, with what they are to hold. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { baseText, contractsText } from './contracts.mjs';
import { root } from './run.mjs';
import { tokensModule, tokensTable } from './tokens.mjs';

const GUIDE = 'docs/styling.md';
const MODULE = 'packages/elements/src/shared/tokens.generated.ts';

/** @returns {Promise<Record<string, string>>} by path */
export async function madeFiles() {
  const texts = { tokens: await tokensTable(), every: baseText(), elements: contractsText() };
  let guide = readFileSync(join(root, GUIDE), 'utf8');
  for (const [name, text] of Object.entries(texts)) {
    const mark = (/** @type {string} */ word) => `<!-- ${word} of ${name}: made by pnpm tokens -->`;
    const [before, rest] = guide.split(mark('begin'));
    const after = rest?.split(mark('end'))[1];
    if (before === undefined || after === undefined) throw new Error(`${GUIDE} has no place for the ${name}.`);
    guide = `${before}${mark('begin')}\n\n${text}\n\n${mark('end')}${after}`;
  }
  return { [MODULE]: await pretty(MODULE, await tokensModule()), [GUIDE]: await pretty(GUIDE, guide) };
}

async function pretty(/** @type {string} */ file, /** @type {string} */ text) {
  return format(text, { ...(await resolveConfig(join(root, file))), filepath: file });
}
