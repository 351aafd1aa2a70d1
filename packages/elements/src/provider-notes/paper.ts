import { css, html, type CSSResultOrNative, type TemplateResult } from 'lit';
import type { ProviderNote } from '@active-session/core';
import type { Localize } from '../shared/localize.controller.js';
import { paperStyles } from '../shared/paper.styles.js';
import { printAlone } from '../shared/print-alone.js';
import { paperNotesTemplate } from './note-list.js';

/** Notes of one session under their heading; without one where there is but one session. */
export interface PaperSection {
  readonly heading: string;
  readonly notes: readonly ProviderNote[];
}

export interface PaperOptions {
  readonly heading: string;
  readonly sections: readonly PaperSection[];
  readonly localize: Localize;
  readonly now: number;
  readonly like: HTMLElement;
  readonly styles: readonly CSSResultOrNative[];
}

/** Prints the notes and nothing else of the page; gives what takes every trace of it away. */
export function printNotes({ like, styles, ...options }: PaperOptions): () => void {
  const { localize } = options;
  return printAlone(notesPaperTemplate(options), {
    styles: [...styles, paperStyles, notesPaperStyles],
    like,
    lang: localize.language,
    dir: localize.dir(),
  });
}

/** The notes as they stand on paper. */
function notesPaperTemplate(options: Omit<PaperOptions, 'like' | 'styles'>): TemplateResult {
  const { heading, sections, localize, now } = options;
  return html`<article class="paper">
    <h1><bdi>${heading}</bdi></h1>
    ${sections.map(
      (section) => html`
        ${section.heading === '' ? '' : html`<h2><bdi>${section.heading}</bdi></h2>`}
        ${paperNotesTemplate(section.notes, localize)}
      `,
    )}
    <p class="small muted">${localize.t('summary.printed', localize.formats.stamp(now))}</p>
  </article>`;
}

const notesPaperStyles = css`
  .correction .button {
    display: none;
  }
`;
