import type { CheckOutcome, DeviceCheckView } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import {
  circleCheckIcon,
  circleDashedIcon,
  loaderCircleIcon,
  micIcon,
  triangleAlertIcon,
  videoIcon,
  volume2Icon,
  wifiIcon,
} from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { Hearing } from './level-meter.controller.js';

export type Part = 'camera' | 'microphone' | 'speaker' | 'network';
export const PARTS: readonly Part[] = ['camera', 'microphone', 'speaker', 'network'];

/** How one part stands, as a sign and a word. */
export interface Mark {
  readonly tone: 'good' | 'bad' | 'open' | 'busy';
  readonly text: string;
}

const ICONS = { camera: videoIcon, microphone: micIcon, speaker: volume2Icon, network: wifiIcon } as const;
const SIGNS = {
  good: circleCheckIcon,
  bad: triangleAlertIcon,
  open: circleDashedIcon,
  busy: loaderCircleIcon,
} as const;

const OUTCOMES = {
  works: 'check.works',
  denied: 'check.denied',
  missing: 'check.missing',
  busy: 'check.busy',
  blocked: 'check.blocked',
  failed: 'check.failed',
} as const satisfies Record<CheckOutcome, string>;

export function markOf(part: Part, view: DeviceCheckView, hearing: Hearing, localize: Localize): Mark {
  if (part === 'network' && view.network === 'testing') return { tone: 'busy', text: localize.t('check.testing') };
  if (part === 'camera' || part === 'microphone') {
    const now = markNow(part, view, localize);
    if (now !== null) return now;
  }
  const outcome = view.result[part];
  if (outcome === undefined) return { tone: 'open', text: localize.t('check.untested') };
  if (part === 'speaker' && outcome === 'failed') return { tone: 'bad', text: localize.t('check.not-heard') };
  if (part === 'microphone' && outcome === 'works' && hearing !== 'heard') {
    if (hearing === 'silent') return { tone: 'bad', text: localize.t('check.nothing-heard') };
    if (view.state === 'open') return { tone: 'open', text: localize.t('check.listening') };
  }
  return { tone: outcome === 'works' ? 'good' : 'bad', text: localize.t(OUTCOMES[outcome]) };
}

/** What is so only while the devices are open, or about to be. */
function markNow(part: 'camera' | 'microphone', view: DeviceCheckView, localize: Localize): Mark | null {
  if (view.state === 'asking') return view.asked[part] ? { tone: 'busy', text: localize.t('check.testing') } : null;
  if (view.state !== 'open') return null;
  if (view[part] === 'off') return { tone: 'open', text: localize.t('check.off') };
  return view[part] === 'paused' ? { tone: 'bad', text: localize.t('check.paused') } : null;
}

/** The name of a part and how it stands: an icon and a word each, so that nothing is said by colour alone. */
export function markTemplate(part: Part, mark: Mark, localize: Localize): TemplateResult {
  return html`<span class="name">${ICONS[part]()} ${localize.t(`check.${part}`)}</span>
    <span class="mark ${mark.tone}">${SIGNS[mark.tone]()} ${mark.text}</span>`;
}

/** All parts in short, for when the rest is folded away. */
export function summaryTemplate(view: DeviceCheckView, hearing: Hearing, localize: Localize): TemplateResult {
  const line = (part: Part): TemplateResult =>
    html`<li>${markTemplate(part, markOf(part, view, hearing, localize), localize)}</li>`;
  return html`<ul class="summary" part="summary">
    ${PARTS.map(line)}
  </ul>`;
}

/** One part with what belongs to it. */
export function partTemplate(part: Part, mark: Mark, localize: Localize, body: unknown): TemplateResult {
  return html`<section class="part" part=${part} role="group" aria-labelledby="${part}-name">
    <h4 id="${part}-name">${markTemplate(part, mark, localize)}</h4>
    ${body}
  </section>`;
}
