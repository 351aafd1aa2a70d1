/** The design tokens of the elements, read with Style Dictionary, and what is made of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import StyleDictionary from 'style-dictionary';
import { root } from './run.mjs';

const folder = join(root, 'packages/elements/tokens');
const RESOLVER = 'active-session.resolver.json';
/** Where a token says which custom properties it becomes. */
const EXTENSION = 'org.active-session';

/**
 * @typedef {object} Token
 * @property {string} path as in the JSON: `color.accent`
 * @property {string} type of the DTCG format
 * @property {string | null} property what a portal sets; null where it is the elements' own
 * @property {string} local what the elements' styles read
 * @property {string} about
 * @property {string} light its value in CSS
 * @property {string} dark the same where the scheme makes no difference
 */

/** @returns {Promise<Token[]>} in the order of the files */
export async function readTokens() {
  const [light, dark] = await Promise.all([resolved('light'), resolved('dark')]);
  return light.map((/** @type {any} */ token) => {
    const path = token.path.join('.');
    const other = dark.find((/** @type {any} */ one) => one.path.join('.') === path);
    const { property = null, local } = token.$extensions[EXTENSION];
    const about = token.$description ?? '';
    return { path, type: token.$type, property, local, about, light: cssOf(token), dark: cssOf(other) };
  });
}

/** The tokens of one scheme, by the resolver file. @returns {Promise<any[]>} */
async function resolved(/** @type {string} */ scheme) {
  const resolver = JSON.parse(readFileSync(join(folder, RESOLVER), 'utf8'));
  const source = resolver.resolutionOrder
    .flatMap((/** @type {{ $ref: string }} */ { $ref }) => {
      const [, kind = '', name = ''] = /^#\/(sets|modifiers)\/(.+)$/.exec($ref) ?? [];
      const found = resolver[kind][name];
      return kind === 'sets' ? found.sources : found.contexts[scheme];
    })
    .map((/** @type {{ $ref: string }} */ { $ref }) => join(folder, $ref));
  const dictionary = new StyleDictionary({
    source,
    platforms: { css: { transforms: [] } },
    // That the dark scheme takes the place of the light one is what is meant.
    log: { warnings: 'disabled', verbosity: 'silent' },
  });
  const { allTokens } = await dictionary.getPlatformTokens('css');
  return allTokens;
}

/** @returns {string} */
function cssOf(/** @type {any} */ { $type, $value }) {
  if ($type === 'dimension' || $type === 'duration') return `${$value.value}${$value.unit}`;
  if ($type === 'number') return String($value);
  if ($type !== 'color') throw new Error(`No CSS is known for a token of type ${$type}.`);
  if ($value.alpha === undefined) return $value.hex;
  const parts = $value.components.map((/** @type {number} */ part) => Math.round(part * 255));
  return `rgb(${parts.join(' ')} / ${Math.round($value.alpha * 100)}%)`;
}

/** What a portal's own value stands before. @returns {string} */
export function fallback(/** @type {Token} */ { path, type, light, dark }) {
  if (path.startsWith('space.scale.')) return light === '1' ? 'var(--_space)' : `calc(var(--_space) * ${light})`;
  if (path.startsWith('type.')) return `${light}em`;
  return type === 'color' && light !== dark ? `light-dark(${light}, ${dark})` : light;
}

/** The module of the elements that has all tokens as custom properties. @returns {Promise<string>} */
export async function tokensModule() {
  const declarations = (await readTokens()).map((token) => {
    const value = fallback(token);
    return `    ${token.local}: ${token.property === null ? value : `var(${token.property}, ${value})`};`;
  });
  return `/** Made by scripts/tokens.mjs of packages/elements/tokens; do not edit. */
import { css } from 'lit';

export const tokenDeclarations = css\`
  :host {
${declarations.join('\n')}
  }
\`;
`;
}

/** @returns {Promise<string>} the table of the docs */
export async function tokensTable() {
  const rows = (await readTokens())
    .filter(({ property }) => property !== null)
    .map(({ property, light, dark, about }) => `| \`${property}\` | \`${light}\` | \`${dark}\` | ${about} |`);
  return ['| property | light | dark | what it is for |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
