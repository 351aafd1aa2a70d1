import { toInstant, type OutboxItem, type ProviderNote, type SessionView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';

/** The note that this one corrects, if it is here. */
export function amendedBy({ amends }: OutboxItem, { notes }: SessionView): ProviderNote | undefined {
  return amends === undefined ? undefined : notes.notes.find(({ id }) => id === amends);
}

/** "Corrects the note of 10:12": a time of another day comes with its day. Null where it corrects none. */
export function correctionWords(
  item: OutboxItem,
  session: SessionView,
  { localize, now }: { readonly localize: Localize; readonly now: number },
): string | null {
  if (item.amends === undefined) return null;
  const amended = amendedBy(item, session);
  if (amended === undefined) return localize.t('composer.corrects-unknown');
  if (amended.withdrawnAt !== undefined) return localize.t('composer.corrects-withdrawn');
  return localize.t('composer.corrects', localize.formats.timeBeside(toInstant(amended.timestamp), now, now));
}

export interface CorrectionOptions {
  readonly localize: Localize;
  readonly now: number;
  /** Null where nothing can be written. */
  readonly onNot: (() => void) | null;
}

/** Above the field: what the note in it corrects, with how that begins. */
export function correctionTemplate(
  draft: OutboxItem | undefined,
  session: SessionView,
  options: CorrectionOptions,
): TemplateResult | typeof nothing {
  const words = draft === undefined ? null : correctionWords(draft, session, options);
  if (draft === undefined || words === null) return nothing;
  const { onNot, localize } = options;
  return html`<div class="corrects" part="correction" id="corrects">
    <p><bdi>${words}</bdi></p>
    <p class="quote small" dir="auto">${amendedBy(draft, session)?.content ?? ''}</p>
    ${
      onNot === null
        ? nothing
        : html`<button class="button plain" type="button" @click=${onNot}>
            ${localize.t('composer.corrects-not')}
          </button>`
    }
  </div>`;
}
