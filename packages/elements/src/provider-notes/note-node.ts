import { toInstant, type ProviderNote } from '@active-session/core';
import { html, nothing, render, type TemplateResult } from 'lit';
import { safeNodes } from '../shared/safe-text.js';
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

export function isSameMark(a: NoteMark, b: NoteMark): boolean {
  return (
    a === b ||
    (a.isNew === b.isNew && a.isCopied === b.isCopied && a.corrected === b.corrected && a.correction === b.correction)
  );
}

/**
 * One note, as elements without a template of their own: there can be 10,000, and a place for every word of each would
 * be most of what they take in time and memory. A note does not change, only what is said beside it (`markNote`). Its
 * buttons say by `data-act` what they do: who shows the list listens for all of them at once.
 */
export function noteNode(note: ProviderNote, words: NoteWords, mark: NoteMark = UNMARKED): Element {
  const node = blankFor(note, words).cloneNode(true);
  if (!(node instanceof Element)) throw new Error('The copy of an element is an element.');
  const [meta, next] = node.children;
  const time = meta?.lastElementChild;
  meta?.firstElementChild?.firstElementChild?.append(note.providerName);
  time?.setAttribute('datetime', note.timestamp);
  time?.firstElementChild?.append(words.stamp(toInstant(note.timestamp)));
  const text = note.withdrawnAt === undefined ? next : next?.nextElementSibling;
  if (note.withdrawnAt !== undefined) next?.append(goneWords(note.withdrawnAt, words));
  text?.append(...safeNodes(note.content, words.localize));
  if (mark !== UNMARKED || note.amends !== undefined) markNote(node, note, words, mark);
  return node;
}

/** Says beside a note what there is to say now. */
export function markNote(node: Element, note: ProviderNote, words: NoteWords, mark: NoteMark): void {
  const copy = node.querySelector(':scope > .copy');
  const label = mark.isCopied ? words.copied : words.copy;
  if (copy !== null && copy.textContent !== label) copy.textContent = label;
  if (note.withdrawnAt !== undefined) return;
  const [meta, ...rest] = node.children;
  const name = meta?.firstElementChild;
  const said = name?.nextElementSibling;
  if (mark.isNew !== (said?.getAttribute('part') === 'note-new')) {
    if (mark.isNew) name?.after(rendered(html`<span class="new" part="note-new">${words.fresh}</span>`));
    else said?.remove();
  }
  for (const line of rest) if (line.className === 'correction') line.remove();
  meta?.after(...corrections(note, words, mark));
}

/** What a note says of its correction, and a correction of what it corrects. */
function corrections(note: ProviderNote, words: NoteWords, { corrected, correction }: NoteMark): readonly Element[] {
  const line = (text: string, act: string, label: string | null): Element =>
    rendered(
      html`<p class="correction" part="correction">
        <span>${text}</span>
        ${label === null ? nothing : html`<button class="button plain" data-act=${act}>${label}</button>`}
      </p>`,
    );
  const show = corrected === undefined ? null : words.showCorrected;
  return [
    ...(note.amends === undefined ? [] : [line(words.amends(corrected), 'corrected', show)]),
    ...(correction === undefined ? [] : [line(words.amended(correction), 'correction', words.showCorrection)]),
  ];
}

function goneWords(withdrawnAt: string, words: NoteWords): string {
  const help = words.own === null ? words.withdrawnHelp : words.withdrawnOwn;
  return `${words.withdrawn(toInstant(withdrawnAt))} ${help}`;
}

/** A note of each kind with nothing of its own in it yet, in the words of the page. */
const blanks = new WeakMap<NoteWords, Map<string, Element>>();

function blankFor(note: ProviderNote, words: NoteWords): Element {
  const known = blanks.get(words) ?? new Map<string, Element>();
  blanks.set(words, known);
  const isWithdrawn = note.withdrawnAt !== undefined;
  // Who withdrew a note reads it still: it may have to go into another chart.
  const isReadable = !isWithdrawn || (words.own !== null && note.content !== '');
  const name = `${isWithdrawn ? 'withdrawn' : (note.kind ?? '')} ${isReadable} ${note.id !== undefined}`;
  const blank = known.get(name) ?? (isWithdrawn ? withdrawnBlank(note, words, isReadable) : blankOf(note, words));
  known.set(name, blank);
  return blank;
}

// No space stands between the elements, because each would be a node of every note.
function blankOf(note: ProviderNote, words: NoteWords): Element {
  // prettier-ignore
  return rendered(html`<div class="note" part="note" role="listitem">${metaTemplate(note, words)}<p class="text" part="text" dir="auto"></p>${copyTemplate(words)}${ownTemplate(note, words)}</div>`);
}

function withdrawnBlank(note: ProviderNote, words: NoteWords, isReadable: boolean): Element {
  const text = isReadable
    ? html`<p class="text" part="text" dir="auto"></p>
        ${copyTemplate(words)}`
    : nothing;
  // prettier-ignore
  return rendered(html`<div class="note withdrawn" part="note" role="listitem">${metaTemplate(note, words)}<p class="gone"></p>${text}</div>`);
}

function metaTemplate({ kind }: ProviderNote, words: NoteWords): TemplateResult {
  const label = kind === undefined ? '' : words.kind(kind);
  // prettier-ignore
  return html`<p class="meta"><b><bdi part="note-provider"></bdi></b><span class="kind" part="note-kind">${label}</span><time part="note-time"><bdi></bdi></time></p>`;
}

function copyTemplate(words: NoteWords): TemplateResult {
  return html`<button class="copy" part="copy-button" data-act="copy">${words.copy}</button>`;
}

/** What the provider of the session can do; nothing where a note has no id to be named by. */
function ownTemplate({ id }: ProviderNote, { own, correct, withdraw }: NoteWords): TemplateResult | typeof nothing {
  if (own === null || id === undefined || !(own.canCorrect || own.canWithdraw)) return nothing;
  const amend = html`<button class="act" part="correct-button" data-act="amend">${correct}</button>`;
  const takeBack = html`<button class="act" part="withdraw-button" data-act="withdraw">${withdraw}</button>`;
  return html`<p class="own">${own.canCorrect ? amend : nothing}${own.canWithdraw ? takeBack : nothing}</p>`;
}

/** The element of a template, without the marks by which it would be rendered again. */
function rendered(template: TemplateResult): Element {
  const box = document.createDocumentFragment();
  render(template, box);
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_COMMENT);
  const marks: Node[] = [];
  while (walker.nextNode() !== null) marks.push(walker.currentNode);
  for (const mark of marks) mark.parentNode?.removeChild(mark);
  const element = box.firstElementChild;
  if (element === null) throw new Error('The template of a note is an element.');
  return element;
}
