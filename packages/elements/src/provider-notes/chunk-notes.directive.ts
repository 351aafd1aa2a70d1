import { noteKey, type ProviderNote } from '@active-session/core';
import { html, noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { repeat } from 'lit/directives/repeat.js';
import { CHUNK_SIZE, type NoteChunk } from './chunks.js';
import { noteTemplate, UNMARKED, type NoteMark } from './note-item.js';
import type { NoteWords } from './note-words.js';

export type NoteMarks = ReadonlyMap<ProviderNote, NoteMark>;

/** Renders the notes of a chunk: nothing where the chunk and its marks are the same, else the notes that are not. */
class ChunkNotes extends Directive {
  #chunk: NoteChunk | undefined;
  #words: NoteWords | undefined;
  #marks: NoteMarks = new Map();

  render(chunk: NoteChunk, words: NoteWords, marks: NoteMarks): unknown {
    const [before, beforeMarks] = [this.#chunk, this.#marks];
    const isReworded = words !== this.#words;
    const isMarked = beforeMarks.size > 0 || marks.size > 0;
    if (chunk === before && !isReworded && !isMarked) return noChange;
    this.#chunk = chunk;
    this.#words = words;
    this.#marks = marks;
    const known = new Set(isReworded ? [] : before?.notes);
    return repeat(chunk.notes, noteKey, (note) => {
      const mark = marks.get(note) ?? UNMARKED;
      const isSame = known.has(note) && isSameMark(mark, beforeMarks.get(note) ?? UNMARKED);
      return isSame ? noChange : noteTemplate(note, words, mark);
    });
  }
}

const chunkNotes = directive(ChunkNotes);
const NO_MARKS: NoteMarks = new Map();

/** Renders chunks: nothing of those that are the same and carry no mark. */
class NoteChunkList extends Directive {
  #chunks: ReadonlySet<NoteChunk> = new Set();
  #words: NoteWords | undefined;
  #marked: ReadonlyMap<NoteChunk, NoteMarks> = new Map();

  render(chunks: readonly NoteChunk[], words: NoteWords, marked: ReadonlyMap<NoteChunk, NoteMarks>): unknown {
    const [before, beforeMarked] = [words === this.#words ? this.#chunks : new Set(), this.#marked];
    this.#chunks = new Set(chunks);
    this.#words = words;
    this.#marked = marked;
    return repeat(
      chunks,
      ({ id }) => id,
      (chunk) => {
        if (before.has(chunk) && !marked.has(chunk) && !beforeMarked.has(chunk)) return noChange;
        const notes = chunkNotes(chunk, words, marked.get(chunk) ?? NO_MARKS);
        return html`<div class="chunk" role="presentation" id=${chunkId(chunk)} data-size=${sizeOf(chunk)}>
          ${notes}
        </div>`;
      },
    );
  }
}

export const noteChunks = directive(NoteChunkList);

/** By which the page finds a chunk at once. */
export function chunkId({ id }: NoteChunk): string {
  return `chunk-${id}`;
}

/** For how many notes room is kept until they are laid out. A few need none. */
function sizeOf({ notes }: NoteChunk): string {
  return notes.length < 10 ? 'few' : String(Math.min(CHUNK_SIZE, Math.round(notes.length / 10) * 10));
}

function isSameMark(a: NoteMark, b: NoteMark): boolean {
  return (
    a === b ||
    (a.isNew === b.isNew && a.isCopied === b.isCopied && a.corrected === b.corrected && a.correction === b.correction)
  );
}
