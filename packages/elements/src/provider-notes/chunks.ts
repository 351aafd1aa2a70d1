import type { ProviderNote } from '@active-session/core';

/** Some notes that follow each other. While they are the same, so is the object. */
export interface NoteChunk {
  /** Another one for each chunk of the page. */
  readonly id: number;
  readonly notes: readonly ProviderNote[];
}

/** Large enough that few boxes are laid out, small enough that one of them is quickly drawn anew. */
export const CHUNK_SIZE = 50;
let next = 0;
/** Changed in more places than that at once, the rest is divided anew. */
const MOST_STEPS = 16;

/**
 * Divides notes into chunks and keeps every chunk that a change does not touch. A note at the end goes into the last one
 * or begins a new one; a late note makes the one where it belongs longer, and no other has to move up.
 */
export class NoteChunks {
  #notes: readonly ProviderNote[] = [];
  #chunks: readonly NoteChunk[] = [];
  #chunkOf = new WeakMap<ProviderNote, NoteChunk>();

  /** In their order. */
  get notes(): readonly ProviderNote[] {
    return this.#notes;
  }

  get all(): readonly NoteChunk[] {
    return this.#chunks;
  }

  chunkOf(note: ProviderNote): NoteChunk | undefined {
    return this.#chunkOf.get(note);
  }

  /** Gives the notes that were not there before. */
  follow(notes: readonly ProviderNote[]): readonly ProviderNote[] {
    const added: ProviderNote[] = [];
    for (let step = 0; this.#notes !== notes; step += 1) {
      const to = step < MOST_STEPS ? oneChange(this.#notes, notes) : notes;
      const start = sameAtStart(this.#notes, to);
      const end = sameAtEnd(this.#notes, to, start);
      const until = this.#notes.length - end;
      this.#notes = to;
      if (start < until || start + end < to.length) this.#replace(start, until, to);
      added.push(...to.slice(start, to.length - end));
    }
    return added;
  }

  /** What stood from `from` to `to` stands otherwise now: the chunks that held it are made anew. */
  #replace(from: number, to: number, notes: readonly ProviderNote[]): void {
    const chunks = this.#chunks;
    const lengthBefore = chunks.reduce((sum, chunk) => sum + chunk.notes.length, 0);
    const isAtEnd = from === lengthBefore;
    let first = 0;
    let offset = 0;
    for (; first < chunks.length; first += 1) {
      const size = chunks[first]?.notes.length ?? 0;
      if (from < offset + size || (isAtEnd && first === chunks.length - 1 && size < CHUNK_SIZE)) break;
      offset += size;
    }
    let last = first;
    let until = offset;
    for (; last < chunks.length && (until < to || last === first); last += 1) until += chunks[last]?.notes.length ?? 0;
    const held = notes.slice(offset, notes.length - (lengthBefore - until));
    const limit = isAtEnd ? CHUNK_SIZE : CHUNK_SIZE * 2;
    this.#chunks = [...chunks.slice(0, first), ...this.#made(held, limit, chunks[first]?.id), ...chunks.slice(last)];
  }

  #made(notes: readonly ProviderNote[], limit: number, id: number | undefined): readonly NoteChunk[] {
    const made: NoteChunk[] = [];
    const size = notes.length <= limit ? limit : CHUNK_SIZE;
    for (let at = 0; at < notes.length; at += size) {
      const chunk = { id: (at === 0 ? id : undefined) ?? next++, notes: notes.slice(at, at + size) };
      for (const note of chunk.notes) this.#chunkOf.set(note, chunk);
      made.push(chunk);
    }
    return made;
  }
}

/**
 * The list on its way from `before` to `after`, changed in one place; `after` itself where that is all, or where more
 * happened than that notes came and notes were replaced.
 */
function oneChange(before: readonly ProviderNote[], after: readonly ProviderNote[]): readonly ProviderNote[] {
  const start = sameAtStart(before, after);
  const end = sameAtEnd(before, after, start);
  const [was, is] = [before[start], after[start]];
  if (start + end >= before.length || was === undefined || is === undefined) return after;
  const place = after.indexOf(was, start);
  if (place >= 0) return before.toSpliced(start, 0, ...after.slice(start, place));
  const isReplaced = start + end < before.length - 1 && !before.includes(is, start);
  return isReplaced ? before.with(start, is) : after;
}

/** How many are the same from the start on. */
export function sameAtStart(a: readonly ProviderNote[], b: readonly ProviderNote[]): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && a[count] === b[count]) count += 1;
  return count;
}

function sameAtEnd(a: readonly ProviderNote[], b: readonly ProviderNote[], start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let count = 0;
  while (count < most && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return count;
}
