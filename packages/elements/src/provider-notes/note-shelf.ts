import type { ProviderNote } from '@active-session/core';
import { chunkId } from './note-list.directive.js';
import { NoteChunks } from './chunks.js';

/** The lists of notes of one element, by key, and where each note of them stands in the page. */
export class NoteShelf {
  readonly #lists = new Map<string, NoteChunks>();

  /** The list of this key, with these notes. */
  list(key: string, notes: readonly ProviderNote[]): NoteChunks {
    const chunks = this.#lists.get(key) ?? new NoteChunks();
    chunks.follow(notes);
    this.#lists.set(key, chunks);
    return chunks;
  }

  /** Whether other notes come into the list of this key than behind the ones that are there. */
  isChangedWithin(key: string, notes: readonly ProviderNote[]): boolean {
    const before = this.#lists.get(key)?.notes ?? [];
    const last = before.length - 1;
    return notes !== before && last >= 0 && (notes.length <= before.length || notes[last] !== before[last]);
  }

  /** What notes stand in, in the order of these lists. */
  boxes(keys: readonly string[], root: ShadowRoot): readonly Element[] {
    const chunks = keys.flatMap((key) => this.#lists.get(key)?.all ?? []);
    return chunks.flatMap((chunk) => root.getElementById(chunkId(chunk)) ?? []);
  }

  /** Lists with other keys go. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of [...this.#lists.keys()]) if (!keys.has(key)) this.#lists.delete(key);
  }

  /** The note that an element of the page belongs to, and the list that it is in. */
  noteAt(node: Element): { readonly note: ProviderNote; readonly key: string } | null {
    const item = node.closest('[role=listitem]');
    const box = item?.parentElement;
    if (!item || !box) return null;
    for (const [key, { all }] of this.#lists) {
      const chunk = all.find((one) => chunkId(one) === box.id);
      const note = chunk?.notes[[...box.children].indexOf(item)];
      if (note !== undefined) return { note, key };
    }
    return null;
  }

  /** Where a note of the list of this key stands. */
  nodeOf(key: string, note: ProviderNote, root: ShadowRoot): HTMLElement | null {
    const chunk = this.#lists.get(key)?.chunkOf(note);
    const index = chunk?.notes.indexOf(note) ?? -1;
    if (chunk === undefined || index < 0) return null;
    const node = root.getElementById(chunkId(chunk))?.children[index];
    return node instanceof HTMLElement ? node : null;
  }

  /** The same for the note with this id. */
  nodeWithId(key: string, id: string, root: ShadowRoot): HTMLElement | null {
    const note = this.#lists.get(key)?.notes.find((one) => one.id === id);
    return note === undefined ? null : this.nodeOf(key, note, root);
  }
}
