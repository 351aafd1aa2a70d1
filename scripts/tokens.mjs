/**
 * `pnpm tokens`: writes what is made of the design tokens in packages/elements/tokens and of the elements' docstrings: the
 * custom properties that the elements read, and the tables of docs/styling.md. A test fails where they are not up to date.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeFiles } from './lib/made.mjs';
import { root } from './lib/run.mjs';

for (const [file, text] of Object.entries(await madeFiles())) writeFileSync(join(root, file), text);
