import type { NotesView, ProviderNote, SessionError } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { errorWords } from '../shared/error-words.js';
import { circleAlertIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import { noteList, type NoteMarks } from './note-list.directive.js';
import type { NoteChunk, NoteChunks } from './chunks.js';
import { correctionsIn, type Corrections } from './corrections.js';
import type { Filling } from './filling.controller.js';
import { noteNode, UNMARKED, type NoteMark } from './note-node.js';
import { noteWords, type NoteWords } from './note-words.js';

/** What a list of notes shows beside the notes themselves. */
export interface NoteListOptions {
  readonly words: NoteWords;
  readonly chunks: NoteChunks;
  readonly filling: Filling;
  /** The notes among which corrections are looked for; those of the list by default. */
  readonly among?: readonly ProviderNote[];
  readonly label: string;
  /** Those that came since the reader last looked. */
  readonly fresh: ReadonlySet<ProviderNote>;
  /** The one that was copied last. */
  readonly copied: ProviderNote | null;
}

/**
 * Notes in their order, a chunk at a time: browsers lay a chunk out when it comes near the view, and only a chunk whose
 * notes or marks have changed is rendered again. All of them are in the page, for who searches or listens to it.
 */
export function noteListTemplate(options: NoteListOptions): TemplateResult {
  const { words, chunks, filling, among, label, fresh, copied } = options;
  const corrections = correctionsIn(among ?? chunks.notes);
  const marks = marksOf(chunks, { fresh, copied, corrections });
  const notes = noteList(chunks.all, words, marks, filling);
  return html`<div class="list" part="list" role="list" aria-label=${label} ${notes}></div>`;
}

interface Marked {
  readonly fresh: ReadonlySet<ProviderNote>;
  readonly copied: ProviderNote | null;
  readonly corrections: Corrections;
}

/** The notes that carry a mark, by chunk: few of very many. */
function marksOf(chunks: NoteChunks, { fresh, copied, corrections }: Marked): ReadonlyMap<NoteChunk, NoteMarks> {
  const found = new Map<NoteChunk, Map<ProviderNote, NoteMark>>();
  const marked = [...fresh, ...(copied === null ? [] : [copied]), ...corrections.of.keys(), ...corrections.by.keys()];
  for (const note of marked) {
    const chunk = chunks.chunkOf(note);
    if (chunk === undefined) continue;
    const marks = found.get(chunk) ?? new Map<ProviderNote, NoteMark>();
    marks.set(note, {
      isNew: fresh.has(note),
      isCopied: note === copied,
      corrected: corrections.of.get(note),
      correction: corrections.by.get(note),
    });
    found.set(chunk, marks);
  }
  return found;
}

/** The notes of one session on paper. */
export function paperNotesTemplate(notes: readonly ProviderNote[], localize: Localize): TemplateResult {
  const words = noteWords(localize, '', undefined);
  const corrections = correctionsIn(notes);
  return html`<div class="list" role="list">
    ${notes.map((note) => noteNode(note, words, { ...UNMARKED, corrected: corrections.of.get(note), correction: corrections.by.get(note) }))}
  </div>`;
}

export function skeletonTemplate(text: string): TemplateResult {
  return html`<div class="skeletons" aria-busy="true">
    <span class="visually-hidden">${text}</span>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}

export function emptyTemplate(help: string, localize: Localize): TemplateResult {
  return html`<p class="empty" part="empty"><strong>${localize.t('notes.empty')}</strong> ${help}</p>`;
}

/** What failed. Notes that are here stay, and it is said as of when. */
export function failureTemplate(
  view: NotesView,
  { localize, since, onRetry }: { localize: Localize; since: string; onRetry: () => void },
): TemplateResult {
  const { help } = errorWords(view.error, localize);
  const said = view.notes.length > 0 ? `${localize.t('notes.stale')} ${since}` : localize.t('notes.failed');
  return html`<div class="notice warning" part="error">
    ${circleAlertIcon()}
    <p>${said} ${help}</p>
    <button class="button" @click=${onRetry}>${localize.t('action.try-again')}</button>
  </div>`;
}

/** Not even the sessions could be read. */
export function unknownTemplate(error: SessionError | null, localize: Localize, onRetry: () => void): TemplateResult {
  return failureTemplate({ state: 'failed', notes: [], problems: [], error }, { localize, since: '', onRetry });
}

/** How many came that this page can't read. */
export function unreadableTemplate(view: NotesView, localize: Localize): TemplateResult | typeof nothing {
  if (view.problems.length === 0) return nothing;
  return html`<p class="small muted">${localize.t('notes.unreadable', countOfItems(view))}</p>`;
}

/** Several fields of one note can be wrong; a person counts notes. */
function countOfItems(view: NotesView): number {
  return new Set(view.problems.map(({ path }) => /\d+/.exec(path)?.[0] ?? path)).size;
}
