/** What the docstrings of the element classes promise, and what their templates really have. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { reachable } from './reachable.mjs';
import { root } from './run.mjs';

const sources = join(root, 'packages/elements/src');

/**
 * @typedef {object} Contract
 * @property {string} tag
 * @property {string} about its first sentence
 * @property {string} file the class
 * @property {string} code the class and every declaration of the package that it uses, other elements left out
 * @property {Entry[]} parts
 * @property {Entry[]} states
 * @property {Entry[]} slots
 * @property {Entry[]} properties custom properties of its own
 */
/** @typedef {{ name: string, more: string[], about: string }} Entry more: names that the same line has, too */

/** What every element has: the parts and properties of the class that all of them extend. @returns {Contract} */
export function baseContract() {
  const file = join(sources, 'shared/session-element.ts');
  const doc = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export abstract class/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return contractOf(file, doc);
}

/** @returns {Contract[]} of every element, by tag */
export function readContracts() {
  return globSync('*/*.ts', { cwd: sources })
    .map((file) => join(sources, file))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const doc = /\/\*\*((?:(?!\*\/)[^])*?@tag(?:(?!\*\/)[^])*)\*\/\s*export class/.exec(text)?.[1];
      return doc === undefined ? [] : [contractOf(file, doc)];
    })
    .sort((one, other) => one.tag.localeCompare(other.tag));
}

/** @returns {Contract} */
function contractOf(/** @type {string} */ file, /** @type {string} */ doc) {
  const [about = '', ...tags] = doc.replaceAll(/^\s*\* ?/gm, '').split(/^@/m);
  const entries = (/** @type {string} */ kind) =>
    tags.filter((tag) => tag.startsWith(`${kind} `)).map((tag) => entryOf(tag.slice(kind.length + 1)));
  const tag = /^tag (\S+)/.exec(tags.find((one) => one.startsWith('tag ')) ?? '')?.[1] ?? '';
  return {
    tag,
    about: about.trim().replaceAll(/\s+/g, ' '),
    file,
    code: reachable(file),
    parts: entries('csspart'),
    states: entries('cssstate'),
    slots: entries('slot'),
    properties: entries('cssprop'),
  };
}

/** “name - What it is; also `other`.” @returns {Entry} */
function entryOf(/** @type {string} */ text) {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  const [, name = '', about = ''] = /^(\S+)? ?- (.*)$/.exec(line) ?? [undefined, line, ''];
  const also = /\b(?:also|And)\b(.*)$/.exec(about)?.[1] ?? '';
  return { name, about, more: [...also.matchAll(/`([a-z][a-z-]*)`/g)].map(([, other = '']) => other) };
}

/** @returns {string[]} */
export function namesOf(/** @type {Entry[]} */ entries) {
  return entries.flatMap(({ name, more }) => [name, ...more]);
}

/** The parts that the element's own templates have; `${…}` stands for what is only known at run time. @returns {string[]} */
export function partsIn(/** @type {Pick<Contract, 'code'>} */ { code }) {
  const plain = [...code.matchAll(/[\s"]part="([^"]*)"/g)].map(([, names = '']) =>
    names.replaceAll(/\$\{[^}]*\}/g, ' '),
  );
  const chosen = [...code.matchAll(/[\s"]part=\$\{([^}]*)\}/g)].flatMap(([, value = '']) =>
    [...value.replaceAll(/[!=]==\s*'[^']*'/g, '').matchAll(/'([^']*)'/g)].map(([, names = '']) => names),
  );
  const names = [...plain, ...chosen].flatMap((list) => list.split(/\s+/));
  return [...new Set(names)].filter((name) => /^[a-z][a-z-]*$/.test(name)).sort();
}

/** Whether the element's code has this word as a text of its own: a name that is put in at run time. */
export function says(/** @type {Contract} */ { code }, /** @type {string} */ word) {
  return code.includes(`'${word}'`) || partsIn({ code }).includes(word);
}

/** What the element passes on of the elements inside. @returns {{ inner: string, tag: string, outer: string }[]} */
export function exportedIn(/** @type {Contract} */ { code }) {
  return [...code.matchAll(/<([a-z]+-[a-z-]+)\b(?:(?!<\/|<[a-z])[^])*?exportparts="([^"]+)"/g)].flatMap(
    ([, tag = '', list = '']) =>
      list.split(',').map((pair) => {
        const [inner = '', outer = inner] = pair.split(':').map((name) => name.trim());
        return { tag, inner, outer };
      }),
  );
}

/** Every custom state that a class can set, by the types of what it passes. @returns {Map<string, string[]>} by file */
export function statesByFile() {
  const config = join(root, 'packages/elements/tsconfig.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    dirname(config),
  );
  const files = readContracts().map(({ file }) => file);
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const file of files) {
    /** @type {string[]} */
    const states = [];
    const visit = (/** @type {ts.Node} */ node) => {
      if (ts.isCallExpression(node) && /\bstates\.set$/.test(node.expression.getText())) {
        const [, value] = node.arguments;
        if (value !== undefined) states.push(...literalsOf(checker.getTypeAtLocation(value)));
      }
      ts.forEachChild(node, visit);
    };
    const source = program.getSourceFile(file);
    if (source !== undefined) visit(source);
    found.set(file, [...new Set(states)].sort());
  }
  return found;
}

/** @returns {string[]} */
function literalsOf(/** @type {ts.Type} */ type) {
  const types = type.isUnion() ? type.types : [type];
  return types
    .filter((one) => (one.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) === 0)
    .map((one) => (one.isStringLiteral() ? one.value : '(any text)'));
}

/** @returns {string} what all elements have, for the docs */
export function baseText() {
  return tablesOf(baseContract());
}

/** @returns {string} the elements' section of the docs */
export function contractsText() {
  return readContracts()
    .map((contract) => [`### \`<${contract.tag}>\``, contract.about, tablesOf(contract)].filter(Boolean).join('\n\n'))
    .join('\n\n');
}

function tablesOf(/** @type {Contract} */ { parts, states, slots, properties }) {
  const tables = [
    table('part', '::part', parts),
    table('state', ':state', states),
    table('slot', '', slots),
    table('custom property', '', properties),
  ];
  return tables.filter((one) => one !== '').join('\n\n');
}

function table(/** @type {string} */ head, /** @type {string} */ selector, /** @type {Entry[]} */ entries) {
  if (entries.length === 0) return '';
  const rows = entries.map(({ name, about }) => {
    const code = selector === '' ? name || '(default)' : `${selector}(${name})`;
    return `| \`${code}\` | ${about.replaceAll('|', '\\|')} |`;
  });
  return [`| ${head} | |`, '| --- | --- |', ...rows].join('\n');
}
