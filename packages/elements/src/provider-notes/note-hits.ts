import { placesIn } from './note-search.js';

/** Its rules are in the element's styles: `::highlight(active-session-note-hit)`. */
const NAME = 'active-session-note-hit';

/** One for all elements of the page: the browser knows highlights by their names. */
let shared: Highlight | undefined;

function highlight(): Highlight | null {
  // Not in every browser; without it the words are found and not marked.
  if (!('highlights' in CSS) || typeof Highlight === 'undefined') return null;
  shared ??= new Highlight();
  if (CSS.highlights.get(NAME) !== shared) CSS.highlights.set(NAME, shared);
  return shared;
}

/** Marks the words that were searched for, without a change to the text or its markup. */
export class NoteHits {
  #ranges: readonly Range[] = [];

  /** Marks them in these elements, and nowhere else. */
  mark(elements: Iterable<Element>, words: readonly string[]): void {
    this.clear();
    const marks = words.length === 0 ? null : highlight();
    if (marks === null) return;
    this.#ranges = [...elements].flatMap((element) => rangesIn(element, words));
    for (const range of this.#ranges) marks.add(range);
  }

  clear(): void {
    for (const range of this.#ranges) shared?.delete(range);
    this.#ranges = [];
  }
}

function rangesIn(element: Element, words: readonly string[]): readonly Range[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const ranges: Range[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    for (const [from, to] of placesIn(node.nodeValue ?? '', words)) {
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, to);
      ranges.push(range);
    }
  }
  return ranges;
}
