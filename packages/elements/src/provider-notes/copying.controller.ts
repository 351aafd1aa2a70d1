import type { ProviderNote } from '@active-session/core';
import type { ReactiveControllerHost } from 'lit';
import { copyText, selectText } from '../shared/clipboard.js';
import type { Localize } from '../shared/localize.controller.js';
import type { NoteAct } from './note-acts.js';
import { plainText } from './note-text.js';
import type { NoteWords } from './note-words.js';

export interface CopyingOptions {
  readonly localize: Localize;
  readonly tell: (text: string) => void;
}

/** Copies notes, and knows which one was copied last. */
export class Copying {
  readonly #host: ReactiveControllerHost;
  readonly #options: CopyingOptions;
  #last: ProviderNote | null = null;

  constructor(host: ReactiveControllerHost, options: CopyingOptions) {
    this.#host = host;
    this.#options = options;
  }

  get last(): ProviderNote | null {
    return this.#last;
  }

  forget(): void {
    this.#last = null;
  }

  async note({ note, corrected, item }: Pick<NoteAct, 'note' | 'corrected' | 'item'>, words: NoteWords): Promise<void> {
    // One that was withdrawn goes into another chart, if anywhere.
    const text = note.withdrawnAt === undefined ? plainText(note, words, corrected) : note.content;
    const said = this.#options.localize.t('notes.copy-done');
    if (!(await this.#copy(text, said, item?.querySelector('.text') ?? null))) return;
    this.#last = note;
    this.#host.requestUpdate();
  }

  async all(text: string, from: Element | null): Promise<void> {
    await this.#copy(text, this.#options.localize.t('notes.copy-all-done'), from);
  }

  /** Where the browser does not copy, its reader can: what was to be copied is selected. */
  async #copy(text: string, said: string, from: Element | null): Promise<boolean> {
    const { tell, localize } = this.#options;
    const isCopied = await copyText(text);
    tell(isCopied ? said : localize.t('notes.copy-failed'));
    if (!isCopied) selectText(from);
    return isCopied;
  }
}
