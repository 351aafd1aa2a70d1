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

/** The same in numbers, for whoever helps them on the telephone. */
export function measuredTemplate(call: CallView, localize: Localize): TemplateResult | typeof nothing {
  const { quality, measured } = call;
  if (quality === null || measured === null) return nothing;
  const { formats } = localize;
  const rate = (bits: number): string => formats.unit(bits / 1_000_000, 'megabit-per-second', 'short');
  const facts = [
    [localize.t('quality.label'), localize.t(`quality.${quality}`)],
    [
      localize.t('quality.delay'),
      measured.roundTrip === null ? '' : formats.unit(measured.roundTrip, 'millisecond', 'short'),
    ],
    [localize.t('quality.lost'), measured.loss === null ? '' : formats.percent(measured.loss)],
    [localize.t('quality.received'), rate(measured.inbound)],
    [localize.t('quality.sent'), rate(measured.outbound)],
  ].filter(([, value]) => value !== '');
  return html`<dl class="measured" part="measured">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The one thing that helps; empty where nothing needs to. Speech comes before the picture. */
export function qualityHelp({ quality, camera, carries }: CallView, localize: Localize): string {
  if (quality === null || quality === 'good') return '';
  if (quality === 'fair') return localize.t('quality.help-fair');
  return localize.t(camera === 'on' && carries === 'all' ? 'quality.help-camera' : 'quality.help-network');
}
