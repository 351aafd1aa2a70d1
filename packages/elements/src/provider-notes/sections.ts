import {
  toInstant,
  type BookingId,
  type ClientView,
  type JudgedBooking,
  type PartyRole,
  type SessionClient,
  type SessionView,
} from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';
import { nameIn, otherName } from '../shared/person.js';
import type { NoteShelf } from './note-shelf.js';
import type { PaperSection } from './paper.js';
import type { UnreadPlace } from './reading.controller.js';
import { unreadOf, type Unread } from './unread.js';

/** The notes of one session, as this element shows them. */
export interface NoteSection {
  readonly key: string;
  readonly id: BookingId;
  readonly session: SessionView;
  /** What its reader has not seen; null for who wrote them. */
  readonly unread: Unread | null;
}

export function sectionOf(client: SessionClient, id: BookingId, session: SessionView): NoteSection {
  const unread = session.role === 'patient' ? unreadOf(client.session(id), client.readMarks) : null;
  if (session.notes.state !== 'loading') unread?.meet(session.notes.notes);
  return { key: String(id), id, session, unread };
}

/** With whom, and when. */
export function headingTemplate({ session: { booking, role } }: NoteSection, localize: Localize): TemplateResult {
  if (booking === null) return html``;
  const when = localize.formats.longDayAndTime(toInstant(booking.dateTime));
  return html`<h3><bdi>${otherName(booking, role, localize)}</bdi>, <bdi>${when}</bdi></h3>`;
}

/** The same as text; only when, where there is one session. */
function headingOf({ session }: NoteSection, localize: Localize, withName: boolean): string {
  const { booking, role } = session;
  if (booking === null) return '';
  const when = localize.formats.longDayAndTime(toInstant(booking.dateTime));
  return withName ? `${otherName(booking, role, localize)}, ${when}` : when;
}

export function paperSections(
  sections: readonly NoteSection[],
  localize: Localize,
  withName: boolean,
): readonly PaperSection[] {
  return sections.map((section) => ({
    heading: headingOf(section, localize, withName),
    notes: section.session.notes.notes,
  }));
}

/** What is said above the notes of one session. */
export function headingOfOne(session: SessionView | undefined, localize: Localize): string {
  const name = session === undefined ? '' : nameIn(session, localize);
  if (session?.role === 'provider') {
    return name === '' ? localize.t('notes.heading-shared') : localize.t('notes.heading-shared-with', name);
  }
  return name === '' ? localize.t('notes.heading') : localize.t('notes.heading-from', name);
}

/** What is said above those of all sessions. */
export function headingOfAll(role: PartyRole | undefined, localize: Localize): string {
  return localize.t(role === 'provider' ? 'notes.heading-shared' : 'notes.heading-all');
}

/** What comes where there is nothing yet. */
export function emptyHelp(session: SessionView, localize: Localize): string {
  if (session.role === 'provider') return localize.t('notes.empty-provider');
  return localize.t('notes.empty-help', nameIn(session, localize));
}

/** Where the notes stand that were not seen yet. */
export function unreadPlaces(
  sections: readonly NoteSection[],
  shelf: NoteShelf,
  root: ShadowRoot,
): readonly UnreadPlace[] {
  return sections.flatMap(({ key, unread }) =>
    [...(unread?.notes ?? [])].flatMap((note) => {
      const node = shelf.nodeOf(`notes ${key}`, note, root);
      return node === null || unread === null ? [] : [{ node, note, unread }];
    }),
  );
}

/** What notes stand in, where some come into the midst of others; else nothing. */
export function movedBoxes(sections: readonly NoteSection[], shelf: NoteShelf, root: ShadowRoot): readonly Element[] {
  const isMoved = sections.some(({ key, session }) => shelf.isChangedWithin(`notes ${key}`, session.notes.notes));
  return isMoved
    ? shelf.boxes(
        sections.map(({ key }) => `notes ${key}`),
        root,
      )
    : [];
}

/** The session that is on; else the latest one that was; else the next one. */
export function currentId(view: ClientView): BookingId | null {
  if (view.active?.verdict.phase === 'open') return view.active.booking.id;
  return (pastAndOpen(view)[0] ?? view.active)?.booking.id ?? null;
}

/** The latest first. */
export function pastAndOpen(view: ClientView): readonly JudgedBooking[] {
  return view.bookings.filter(({ verdict }) => verdict.phase !== 'upcoming').toReversed();
}
