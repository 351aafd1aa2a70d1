import { noteKey, toInstant, type NotesView, type ProviderNote } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { errorWords } from '../shared/error-words.js';
import { circleAlertIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import { safeText } from '../shared/safe-text.js';

export interface NoteListOptions {
  readonly localize: Localize;
  /** Keys of notes that came while the reader was here. */
  readonly fresh: ReadonlySet<string>;
  /** What to say where there are none. */
  readonly empty: TemplateResult;
  readonly onRetry: () => void;
}

/** The notes of one session in each of their states. Notes that are here stay, whatever fails later. */
export function noteListTemplate(view: NotesView, options: NoteListOptions): TemplateResult {
  const { localize } = options;
  if (view.notes.length === 0 && view.state === 'loading') return skeletonTemplate(localize);
  const failed = view.state === 'failed' || view.error !== null;
  return html`
    ${failed ? failureTemplate(view, options) : nothing}
    ${
      view.notes.length > 0
        ? html`<ol class="list" part="list">
            ${repeat(view.notes, noteKey, (note) => noteTemplate(note, options))}
          </ol>`
        : failed
          ? nothing
          : options.empty
    }
    ${
      view.problems.length > 0
        ? html`<p class="small muted">${localize.t('notes.unreadable', countOfItems(view))}</p>`
        : nothing
    }
  `;
}

function noteTemplate(note: ProviderNote, { localize, fresh }: NoteListOptions): TemplateResult {
  const at = toInstant(note.timestamp);
  const { formats } = localize;
  if (note.withdrawnAt !== undefined) {
    const when = formats.stamp(toInstant(note.withdrawnAt));
    return html`<li class="note withdrawn" part="note">
      <p class="meta">
        <b><bdi>${note.providerName}</bdi></b>
      </p>
      <p class="text">${localize.t('notes.withdrawn', when)}</p>
    </li>`;
  }
  return html`<li class=${fresh.has(noteKey(note)) ? 'note fresh' : 'note'} part="note">
    <p class="meta">
      <b><bdi part="note-provider">${note.providerName}</bdi></b>
      ${note.kind === undefined ? nothing : html`<span class="kind">${localize.t(`kind.${note.kind}`)}</span>`}
      <time part="note-time" datetime=${formats.iso(at)}><bdi>${formats.stamp(at)}</bdi></time>
      ${note.amends === undefined ? nothing : html`<span>${localize.t('notes.amends')}</span>`}
    </p>
    ${safeText(note.content, localize)}
  </li>`;
}

function skeletonTemplate(localize: Localize): TemplateResult {
  return html`<div class="skeletons" aria-busy="true">
    <span class="visually-hidden">${localize.t('notes.loading')}</span>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}

function failureTemplate(view: NotesView, { localize, onRetry }: NoteListOptions): TemplateResult {
  const { help } = errorWords(view.error, localize);
  return html`<div class="notice warning" part="error">
    ${circleAlertIcon()}
    <p>${localize.t(view.notes.length > 0 ? 'notes.stale' : 'notes.failed')} ${help}</p>
    <button class="button" @click=${onRetry}>${localize.t('action.try-again')}</button>
  </div>`;
}

/** Several fields of one note can be wrong; a person counts notes. */
function countOfItems(view: NotesView): number {
  return new Set(view.problems.map(({ path }) => /\d+/.exec(path)?.[0] ?? path)).size;
}
