/**
 * Holds the docs' tables of evidence against the tests: every row is there once, and names tests that exist, or says why
 * it has none yet.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './run.mjs';

/** The groups of rows of each table, and how many each has, or which ones. */
const TABLES = {
  'docs/reliability.md': {
    T: 10,
    W: 6,
    L: 10,
    M: 9,
    X: 5,
    S: 12,
    A: 15,
    I: 11,
    N: 18,
    R: 12,
  },
  'docs/client-brief.md': { C: 45 },
};

/** @typedef {{ title: string, file: string }} Evidence */

/** @returns {string[]} what is wrong with the tables; empty: nothing */
export function checkEvidence() {
  return Object.entries(TABLES).flatMap(([file, groups]) => checkTable(readFileSync(join(root, file), 'utf8'), groups));
}

/** @returns {string[]} */
function checkTable(/** @type {string} */ text, /** @type {Record<string, number | number[]>} */ groups) {
  const expected = Object.entries(groups).flatMap(([group, rows]) =>
    (Array.isArray(rows) ? rows : Array.from({ length: rows }, (_, index) => index + 1)).map((row) => `${group}${row}`),
  );
  const rows = rowsOf(text);
  const faults = [];
  for (const id of expected) if (!rows.some((row) => row.id === id)) faults.push(`${id} has no row`);
  for (const { id, cell } of rows) {
    if (!expected.includes(id)) faults.push(`${id} is no row of the catalogue`);
    if (rows.filter((row) => row.id === id).length > 1) faults.push(`${id} is there more than once`);
    const named = evidenceIn(cell);
    if (named.length === 0 && !/^(later|by hand): \S/.test(cell))
      faults.push(`${id} names no test and gives no reason`);
    for (const evidence of named)
      if (!exists(evidence)) faults.push(`${id}: no test "${evidence.title}" in ${evidence.file}`);
  }
  return faults;
}

/** @returns {{ id: string, cell: string }[]} */
function rowsOf(/** @type {string} */ text) {
  return text
    .split('\n')
    .map((line) => /^\| ([A-Z]\d+) \|(.*)\|\s*$/.exec(line))
    .flatMap((match) => {
      if (match === null) return [];
      const cells = (match[2] ?? '').split(/(?<!\\)\|/).map((cell) => cell.trim());
      return [{ id: /** @type {string} */ (match[1]), cell: cells.at(-1) ?? '' }];
    });
}

/** Links whose text is the title of a test and whose address is its file. @returns {Evidence[]} */
function evidenceIn(/** @type {string} */ cell) {
  return [...cell.matchAll(/\[((?:[^\]\\]|\\.)+)\]\(([^)]+)\)/g)].map(([, title = '', file = '']) => ({
    title: title.replaceAll(/\\(.)/g, '$1'),
    file,
  }));
}

/** A test of this title: the file has it as a whole string literal. Or a sheet for testers: the page has it as a heading. */
function exists(/** @type {Evidence} */ { title, file }) {
  const path = resolve(root, 'docs', file);
  if (!existsSync(path)) return false;
  const source = readFileSync(path, 'utf8');
  if (file.endsWith('.md'))
    return source.split('\n').some((line) => line.replace(/^#+ /, '') === title && line !== title);
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title.replaceAll(quote, `\\${quote}`)}${quote}`));
}
