import type { ProviderNote } from '../../packages/core/src/index.js';

/** Somebody who shows notes. Each is a file of contestants/ that exports one under the name `contestant`. */
export interface Contestant {
  /** Shows the notes in this box, which scrolls. Resolves when they are on the page. */
  mount(box: HTMLElement, notes: readonly ProviderNote[]): Promise<void> | void;
  /** Shows one more, the newest. */
  append(note: ProviderNote): Promise<void> | void;
}
