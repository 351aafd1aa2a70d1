import { noteKey, type ProviderNote } from '@active-session/core';
import { noChange } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';
import { CHUNK_SIZE, type NoteChunk } from './chunks.js';
import type { Filling } from './filling.controller.js';
import { isSameMark, markNote, noteNode, UNMARKED, type NoteMark } from './note-node.js';
import type { NoteWords } from './note-words.js';

export type NoteMarks = ReadonlyMap<ProviderNote, NoteMark>;
const NO_MARKS: NoteMarks = new Map();

/** Fills the element that it stands on with chunks of notes, once it is in the page. */
class NoteList extends Directive {
  #boxes: ReadonlyMap<number, ChunkBox> = new Map();

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('A list of notes is an element.');
  }

  render(
    _chunks: readonly NoteChunk[],
    _words: NoteWords,
    _marked: ReadonlyMap<NoteChunk, NoteMarks>,
    _filling: Filling,
  ): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [chunks, words, marked, filling]: Parameters<this['render']>): unknown {
    const fill = (): void => {
      const boxes = new Map(chunks.map((chunk) => [chunk.id, this.#boxes.get(chunk.id) ?? new ChunkBox()]));
      place(element, this.#boxes.values(), boxes.values());
      for (const chunk of chunks) boxes.get(chunk.id)?.show(chunk, words, marked.get(chunk) ?? NO_MARKS);
      this.#boxes = boxes;
    };
    filling.once(element, fill);
    return noChange;
  }
}

export const noteList = directive(NoteList);

/** By which the page finds a chunk at once. */
export function chunkId({ id }: NoteChunk): string {
  return `chunk-${id}`;
}

/** For how many notes room is kept until they are laid out. A few need none. */
function sizeOf({ notes }: NoteChunk): string {
  return notes.length < 10 ? 'few' : String(Math.min(CHUNK_SIZE, Math.round(notes.length / 10) * 10));
}

interface ShownNote {
  readonly note: ProviderNote;
  readonly node: Element;
  readonly mark: NoteMark;
}

/** A chunk in the page. A note that is the same stays: somebody may have selected it, or be in the middle of it. */
class ChunkBox {
  readonly node = document.createElement('div');
  #chunk: NoteChunk | undefined;
  #words: NoteWords | undefined;
  #marks = NO_MARKS;
  #shown: ReadonlyMap<string, ShownNote> = new Map();

  constructor() {
    this.node.className = 'chunk';
    this.node.setAttribute('role', 'presentation');
  }

  /** Does nothing where the chunk is the same and carries no mark. */
  show(chunk: NoteChunk, words: NoteWords, marks: NoteMarks): void {
    const isMarked = this.#marks.size > 0 || marks.size > 0;
    if (chunk === this.#chunk && words === this.#words && !isMarked) return;
    const before = words === this.#words ? this.#shown : new Map<string, ShownNote>();
    const shown = new Map<string, ShownNote>();
    for (const note of chunk.notes) {
      const key = noteKey(note);
      shown.set(key, shownNote(before.get(key), note, words, marks.get(note) ?? UNMARKED));
    }
    this.node.id = chunkId(chunk);
    this.node.setAttribute('data-size', sizeOf(chunk));
    place(this.node, this.#shown.values(), shown.values());
    this.#chunk = chunk;
    this.#words = words;
    this.#marks = marks;
    this.#shown = shown;
  }
}

function shownNote(before: ShownNote | undefined, note: ProviderNote, words: NoteWords, mark: NoteMark): ShownNote {
  if (before === undefined || !readsTheSame(before.note, note))
    return { note, node: noteNode(note, words, mark), mark };
  if (!isSameMark(mark, before.mark)) markNote(before.node, note, words, mark);
  return { note, node: before.node, mark };
}

/** A note that was read again is another object. */
function readsTheSame(a: ProviderNote, b: ProviderNote): boolean {
  return (
    a === b ||
    (a.content === b.content &&
      a.providerName === b.providerName &&
      a.timestamp === b.timestamp &&
      a.kind === b.kind &&
      a.amends === b.amends &&
      a.withdrawnAt === b.withdrawnAt)
  );
}

interface Placed {
  readonly node: Element;
}

/** Puts nodes into their order, and takes out those that are gone. None that stays is moved without need. */
function place(box: Element, before: Iterable<Placed>, after: Iterable<Placed>): void {
  const nodes = new Set([...after].map(({ node }) => node));
  for (const { node } of before) if (!nodes.has(node)) node.remove();
  let next = box.firstElementChild;
  for (const node of nodes) {
    if (node === next) next = next.nextElementSibling;
    else box.insertBefore(node, next);
  }
}
