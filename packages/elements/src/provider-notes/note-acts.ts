import type { ProviderNote } from '@active-session/core';
import { correctionsIn } from './corrections.js';
import type { NoteShelf } from './note-shelf.js';
import type { NoteSection } from './sections.js';

/** The notes of one session, by what an act needs of it. */
export interface ActSection {
  readonly key: string;
  readonly session: { readonly notes: { readonly notes: readonly ProviderNote[] } };
}

/** What somebody pressed in a note. */
export interface NoteAct<S extends ActSection = NoteSection> {
  readonly type: 'copy' | 'show' | 'amend' | 'withdraw';
  readonly note: ProviderNote;
  /** The section that the note is in. */
  readonly section: S;
  /** The note that it corrects. */
  readonly corrected: ProviderNote | undefined;
  /** The one to go to. */
  readonly other: ProviderNote | undefined;
  readonly item: Element | null;
}

export function actOf<S extends ActSection>(event: Event, shelf: NoteShelf, sections: readonly S[]): NoteAct<S> | null {
  const [pressed] = event.composedPath();
  const button = pressed instanceof Element ? pressed.closest('[data-act]') : null;
  const found = button === null ? null : shelf.noteAt(button);
  const section = sections.find(({ key }) => found?.key.endsWith(` ${key}`));
  if (button === null || found === null || section === undefined) return null;
  const { note } = found;
  const { of, by } = correctionsIn(section.session.notes.notes);
  const act = button.getAttribute('data-act');
  return {
    type: act === 'copy' || act === 'amend' || act === 'withdraw' ? act : 'show',
    note,
    section,
    corrected: of.get(note),
    other: act === 'corrected' ? of.get(note) : by.get(note),
    item: button.closest('[role=listitem]'),
  };
}

/** Takes the view and the focus to a note, so that one reads on from there. */
export function goTo(node: Element | null | undefined): void {
  if (!(node instanceof HTMLElement)) return;
  node.tabIndex = -1;
  node.scrollIntoView({ block: 'center' });
  node.focus({ preventScroll: true });
}
