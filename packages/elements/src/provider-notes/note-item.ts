/* eslint-disable lit-a11y/accessible-name -- the name of a button is filled in as its text */
import { toInstant, type ProviderNote } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { safeParts } from '../shared/safe-text.js';
import type { NoteWords } from './note-words.js';

/** What is to be seen on a note beside the note itself. */
export interface NoteMark {
  /** It came since the reader last looked. */
  readonly isNew: boolean;
  readonly isCopied: boolean;
  /** The note that this one corrects. */
  readonly corrected: ProviderNote | undefined;
  /** The correction of this one. */
  readonly correction: ProviderNote | undefined;
}

export const UNMARKED: NoteMark = { isNew: false, isCopied: false, corrected: undefined, correction: undefined };

/**
 * One note. Its buttons say by `data-act` what they do: who renders the list listens for all of them at once. There can be
 * very many, so it is one template with as few places to fill in as can be, without a space between its elements: each
 * would be a node of its own.
 */
export function noteTemplate(note: ProviderNote, words: NoteWords, mark: NoteMark = UNMARKED): TemplateResult {
  const { isNew, isCopied } = mark;
  if (note.withdrawnAt !== undefined) return withdrawnTemplate(note, note.withdrawnAt, words);
  const at = toInstant(note.timestamp);
  const news = isNew ? html`<span class="new" part="note-new">${words.fresh}</span>` : nothing;
  // prettier-ignore
  return html`<div class="note" part="note" role="listitem"><p class="meta"><b><bdi part="note-provider" .textContent=${note.providerName}></bdi></b>${news}<span class="kind" part="note-kind" .textContent=${note.kind === undefined ? '' : words.kind(note.kind)}></span><time part="note-time" datetime=${note.timestamp}><bdi .textContent=${words.stamp(at)}></bdi></time></p>${correctionTemplate(note, words, mark)}<p class="text" part="text" dir="auto">${safeParts(note.content, words.localize)}</p><button class="copy" part="copy-button" data-act="copy" .textContent=${isCopied ? words.copied : words.copy}></button></div>`;
}

function withdrawnTemplate(note: ProviderNote, withdrawnAt: string, words: NoteWords): TemplateResult {
  const at = toInstant(note.timestamp);
  return html`<div class="note withdrawn" part="note" role="listitem">
    <p class="meta">
      <b><bdi part="note-provider">${note.providerName}</bdi></b>
      <time part="note-time" datetime=${note.timestamp}><bdi>${words.stamp(at)}</bdi></time>
    </p>
    <p class="gone">${words.withdrawn(toInstant(withdrawnAt))} ${words.withdrawnHelp}</p>
  </div>`;
}

function correctionTemplate(
  note: ProviderNote,
  words: NoteWords,
  { corrected, correction }: NoteMark,
): TemplateResult | typeof nothing {
  if (note.amends === undefined && correction === undefined) return nothing;
  const line = (text: string, act: string, label: string | null): TemplateResult =>
    html`<p class="correction" part="correction">
      <span>${text}</span>
      ${label === null ? nothing : html`<button class="button plain" data-act=${act}>${label}</button>`}
    </p>`;
  const show = corrected === undefined ? null : words.showCorrected;
  return html`
    ${note.amends === undefined ? nothing : line(words.amends(corrected), 'corrected', show)}
    ${correction === undefined ? nothing : line(words.amended(correction), 'correction', words.showCorrection)}
  `;
}
