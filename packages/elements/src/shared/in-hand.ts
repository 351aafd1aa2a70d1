import { writable, type Session, type Writable } from '@active-session/core';

/** Which note of a session stands in the field to write in. Every element of a page that shows the session knows it. */
export interface InHand {
  /** Id of a draft; null: none, the next stroke begins one; undefined: nobody has chosen. */
  readonly draft: string | null | undefined;
  /** Its writer wants to go on with it now, and the field has not been given the focus for it yet. */
  readonly isWanted: boolean;
}

const hands = new WeakMap<Session, Writable<InHand>>();

export function inHandOf(session: Session): Writable<InHand> {
  const known = hands.get(session) ?? writable<InHand>({ draft: undefined, isWanted: false });
  hands.set(session, known);
  return known;
}

/** Puts a draft into the field, or makes room there; `isWanted`: and the focus too. What stood there blank is no draft. */
export function takeInHand(session: Session, draft: string | null, isWanted = false): void {
  const hand = inHandOf(session);
  const before = hand.getSnapshot().draft;
  const { drafts } = session.getSnapshot();
  const isBlank = drafts.some(({ id, content }) => id === before && id !== draft && content.trim() === '');
  hand.set({ draft, isWanted });
  if (isBlank && before) session.discardNote(before);
}
