import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { NoteHits } from './note-hits.js';
import { wordsOf } from './note-search.js';

/** From so many notes on, one searches. */
export const SEARCHABLE = 10;
/** So many of the notes that a search finds are shown, and so many more each time. */
export const HITS = 100;
/** How long after the last key it is said what was found, in ms. */
const PAUSE = 700;
/** Where words are searched for. */
const TEXTS = ':is([role=listitem] :is(.meta bdi, .kind, .text), .searched)';

/** What somebody searches for. */
export class NoteSearch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #say: () => void;
  readonly #step: number;
  readonly #hits = new NoteHits();
  #query = '';
  #most: number;
  #saying: ReturnType<typeof setTimeout> | undefined;

  /** `say` is called when the person has stopped to write; `step`: so many are shown at first, and more each time. */
  constructor(host: ReactiveControllerHost, say: () => void, step = HITS) {
    this.#host = host;
    this.#say = say;
    this.#step = step;
    this.#most = step;
    host.addController(this);
  }

  /** As it was written. */
  get query(): string {
    return this.#query;
  }

  /** How many of the notes that are found are to be shown. */
  get most(): number {
    return this.#most;
  }

  /** Whether there is a word to look for. */
  get isOn(): boolean {
    return wordsOf(this.#query).length > 0;
  }

  hostDisconnected(): void {
    clearTimeout(this.#saying);
    this.#hits.clear();
  }

  set(query: string): void {
    clearTimeout(this.#saying);
    if (query === this.#query) return;
    this.#query = query;
    this.#most = this.#step;
    this.#host.requestUpdate();
    if (this.isOn) this.#saying = setTimeout(this.#say, PAUSE);
  }

  showMore(): void {
    this.#most += this.#step;
    this.#host.requestUpdate();
  }

  /** Marks the words in what was found. */
  mark(found: Element | null): void {
    this.#hits.mark(found?.querySelectorAll(TEXTS) ?? [], wordsOf(this.#query));
  }
}
