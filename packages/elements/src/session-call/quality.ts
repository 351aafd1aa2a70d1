import type { CallView, Quality } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { signalIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';

/** How well the other arrives, in a word. */
export function qualityTemplate(quality: Quality | null, localize: Localize): TemplateResult | typeof nothing {
  if (quality === null) return nothing;
  return html`<span class="quality" part="quality" data-quality=${quality}>
    ${signalIcon()}<span class="visually-hidden">${localize.t('quality.label')}: </span
    >${localize.t(`quality.${quality}`)}
  </span>`;
}

/** The one thing that helps; empty where nothing needs to. Speech comes before the picture. */
export function qualityHelp({ quality, camera, carries }: CallView, localize: Localize): string {
  if (quality === null || quality === 'good') return '';
  if (quality === 'fair') return localize.t('quality.help-fair');
  return localize.t(camera === 'on' && carries === 'all' ? 'quality.help-camera' : 'quality.help-network');
}
