import type { ProviderNote } from '@active-session/core';
import { correctionsIn } from './corrections.js';
import type { NoteShelf } from './note-shelf.js';
import type { NoteSection } from './sections.js';

/** What somebody pressed in a note. */
export interface NoteAct {
  readonly type: 'copy' | 'show';
  readonly note: ProviderNote;
  /** The section that the note is in. */
  readonly section: NoteSection;
  /** The note that it corrects. */
  readonly corrected: ProviderNote | undefined;
  /** The one to go to. */
  readonly other: ProviderNote | undefined;
  readonly item: Element | null;
}

export function actOf(event: Event, shelf: NoteShelf, sections: readonly NoteSection[]): NoteAct | null {
  const [pressed] = event.composedPath();
  const button = pressed instanceof Element ? pressed.closest('[data-act]') : null;
  const found = button === null ? null : shelf.noteAt(button);
  const section = sections.find(({ key }) => found?.key.endsWith(` ${key}`));
  if (button === null || found === null || section === undefined) return null;
  const { note } = found;
  const { of, by } = correctionsIn(section.session.notes.notes);
  const act = button.getAttribute('data-act');
  return {
    type: act === 'copy' ? 'copy' : 'show',
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
