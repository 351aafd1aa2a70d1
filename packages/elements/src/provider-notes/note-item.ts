/* eslint-disable lit-a11y/accessible-name -- the name of a button is filled in as its text */
import { toInstant, type ProviderNote } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { safeParts } from '../shared/safe-text.js';
import { fillNote } from './fill-note.directive.js';
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

/** Those that had something beside their text once: what they stand in has room for it, and stays. */
const full = new WeakSet<ProviderNote>();

/**
 * One note. Its buttons say by `data-act` what they do: who renders the list listens for all of them at once. There can be
 * very many, and most are nothing but text: these have no place for anything else. No space stands between elements,
 * because each would be a node.
 */
export function noteTemplate(note: ProviderNote, words: NoteWords, mark: NoteMark = UNMARKED): TemplateResult {
  if (note.withdrawnAt !== undefined) return withdrawnTemplate(note, note.withdrawnAt, words);
  const fill = fillNote(note, words, mark.isCopied);
  const parts = safeParts(note.content, words.localize);
  const correction = correctionTemplate(note, words, mark);
  const isPlain = typeof parts === 'string' && correction === nothing && !mark.isNew;
  // prettier-ignore
  if (isPlain && !full.has(note)) return html`<div class="note" part="note" role="listitem" ${fill}><p class="meta"><b><bdi part="note-provider"></bdi></b><span class="kind" part="note-kind"></span><time part="note-time"><bdi></bdi></time></p><p class="text plain" part="text" dir="auto"></p><button class="copy" part="copy-button" data-act="copy"></button></div>`;
  full.add(note);
  const news = mark.isNew ? html`<span class="new" part="note-new">${words.fresh}</span>` : nothing;
  // prettier-ignore
  return html`<div class="note" part="note" role="listitem" ${fill}><p class="meta"><b><bdi part="note-provider"></bdi></b>${news}<span class="kind" part="note-kind"></span><time part="note-time"><bdi></bdi></time></p>${correction}<p class="text" part="text" dir="auto">${parts}</p><button class="copy" part="copy-button" data-act="copy"></button></div>`;
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
