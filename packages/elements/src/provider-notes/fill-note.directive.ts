import { toInstant, type ProviderNote } from '@active-session/core';
import { noChange } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';
import type { NoteWords } from './note-words.js';

/**
 * Writes what a note says of itself into its elements, as text. A note does not change, so one look at it is enough for
 * all of them; a place of its own for each would be most of what 10,000 notes take in time and memory.
 */
class FillNote extends Directive {
  #note: ProviderNote | undefined;
  #words: NoteWords | undefined;
  #isCopied = false;

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('A note is an element.');
  }

  render(_note: ProviderNote, _words: NoteWords, _isCopied: boolean): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [note, words, isCopied]: Parameters<this['render']>): unknown {
    const isSame = note === this.#note && words === this.#words;
    if (isSame && isCopied === this.#isCopied) return noChange;
    this.#note = note;
    this.#words = words;
    this.#isCopied = isCopied;
    const copy = element.lastElementChild;
    write(copy, isCopied ? words.copied : words.copy);
    if (!isSame) fill(element.firstElementChild, note, words);
    // What has links is filled in by the template.
    if (!isSame && copy?.previousElementSibling?.classList.contains('plain')) {
      write(copy.previousElementSibling, note.content);
    }
    return noChange;
  }
}

export const fillNote = directive(FillNote);

/** The first line: who, what it is, and when. */
function fill(meta: Element | null, note: ProviderNote, words: NoteWords): void {
  const time = meta?.lastElementChild;
  write(meta?.firstElementChild?.firstElementChild, note.providerName);
  write(time?.previousElementSibling, note.kind === undefined ? '' : words.kind(note.kind));
  write(time?.firstElementChild, words.stamp(toInstant(note.timestamp)));
  if (time?.getAttribute('datetime') !== note.timestamp) time?.setAttribute('datetime', note.timestamp);
}

/** What is there already stays: somebody may have selected it. */
function write(element: Element | null | undefined, text: string): void {
  if (element && (element.firstChild === null ? text !== '' : element.textContent !== text)) element.textContent = text;
}
