import type { BookingId, NoteKind, SessionView } from '@active-session/core';

export interface Draft {
  readonly content: string;
  readonly kind: NoteKind | undefined;
}

const EMPTY: Draft = { content: '', kind: undefined };

/**
 * What is being written, one text for each booking, so that choosing another patient never moves a text to their chart.
 * A text that was shared stays here until the outbox has it.
 */
export class Drafts {
  readonly #drafts = new Map<string, Draft>();
  readonly #handedOver = new Map<string, { readonly content: string; readonly known: ReadonlySet<string> }>();

  of(id: BookingId): Draft {
    return this.#drafts.get(String(id)) ?? EMPTY;
  }

  set(id: BookingId, change: Partial<Draft>): void {
    this.#drafts.set(String(id), { ...this.of(id), ...change });
  }

  /** Whether this very text is on its way into the outbox. */
  isHandedOver(id: BookingId): boolean {
    return this.#handedOver.get(String(id))?.content === this.of(id).content;
  }

  /** The text is about to be given to the session, whose view is this. */
  handOver(id: BookingId, view: SessionView): void {
    this.#handedOver.set(String(id), { content: this.of(id).content, known: new Set(itemsOf(view)) });
  }

  /** Takes the text away once the session has it, unless it was changed since. */
  settle(id: BookingId, view: SessionView): void {
    const handed = this.#handedOver.get(String(id));
    if (handed === undefined) return;
    const wanted = handed.content.trim();
    const texts = [...view.outbox, ...view.notes.notes];
    const taken = itemsOf(view).some((key, index) => !handed.known.has(key) && texts[index]?.content.trim() === wanted);
    if (!taken) return;
    this.#handedOver.delete(String(id));
    if (this.of(id).content === handed.content) this.#drafts.delete(String(id));
  }

  get hasText(): boolean {
    return [...this.#drafts.values()].some(({ content }) => content.trim() !== '');
  }
}

function itemsOf({ outbox, notes }: SessionView): readonly string[] {
  return [
    ...outbox.map(({ id }) => `outbox ${id}`),
    ...notes.notes.map(({ id, timestamp, content }) => `note ${id ?? `${timestamp} ${content}`}`),
  ];
}
