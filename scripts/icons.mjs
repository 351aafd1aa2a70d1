/**
 * `pnpm icons`: writes packages/elements/src/shared/icons.ts from Lucide's outlines. The file is committed, so no build
 * tool needs a loader. To have another icon, add its Lucide name here and run it.
 */
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './lib/run.mjs';

const names = `
  calendar calendar-check calendar-x captions captions-off check chevron-down chevron-left chevron-right circle-alert
  circle-check circle-dashed clock door-open ellipsis eye eye-off file-text globe clipboard-clock hourglass info languages loader-circle lock
  log-out maximize message-square mic mic-off minimize monitor-off monitor-up move notebook-pen paperclip pencil phone
  phone-off picture-in-picture-2 plus refresh-cw search send settings shield-check signal stethoscope switch-camera
  trash triangle-alert user user-check user-plus users video video-off volume-2 volume-x wifi wifi-off x
`;

const home = dirname(fileURLToPath(import.meta.resolve('lucide')));
const license = readFileSync(join(home, '../../LICENSE'), 'utf8')
  .trim()
  .replaceAll(/^/gm, ' * ')
  .replaceAll(/ +$/gm, '');
const pascal = (/** @type {string} */ name) =>
  name.replaceAll(/(^|-)(\w)/g, (_all, _dash, letter) => letter.toUpperCase());
const camel = (/** @type {string} */ name) => pascal(name).replace(/^./, (letter) => letter.toLowerCase());

const icons = await Promise.all(
  names
    .trim()
    .split(/\s+/)
    .map(async (name) => {
      const { default: nodes } = await import(new URL(`../esm/icons/${name}.mjs`, `file://${home}/`).href);
      const shapes = nodes.map((/** @type {[string, Record<string, string>]} */ [tag, attributes]) => {
        const text = Object.entries(attributes).map(([key, value]) => `${key}="${value}"`);
        return `<${[tag, ...text].join(' ')} />`;
      });
      return `export const ${camel(name)}Icon = (): TemplateResult => icon(svg\`${shapes.join('')}\`);`;
    }),
);

const file = join(root, 'packages/elements/src/shared/icons.ts');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(
  file,
  `/**
 * Made by scripts/icons.mjs; do not edit. The outlines are Lucide's:
 * @license
${license}
 */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Decoration: what an icon means is said beside it, or by the label of its button. */
const icon = (shapes: SVGTemplateResult): TemplateResult =>
  html\`<svg
    class="icon"
    viewBox="0 0 24 24"
    width="24"
    height="24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    \${shapes}
  </svg>\`;

${icons.join('\n')}
`,
);
