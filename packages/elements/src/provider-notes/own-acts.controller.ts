import { toSessionError, type ProviderNote, type SessionClient, type SessionError } from '@active-session/core';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { Dialogs } from '../shared/dialogs.controller.js';
import { takeInHand } from '../shared/in-hand.js';
import type { Localize } from '../shared/localize.controller.js';
import { nameIn } from '../shared/person.js';
import { SessionChooseRequestEvent } from '../shared/session-choose.events.js';
import type { NoteAct } from './note-acts.js';
import type { OwnActs } from './note-words.js';
import { NoteAmendRequestEvent, NoteWithdrawRequestEvent } from './provider-notes.events.js';
import type { NoteSection } from './sections.js';
import { withdrawTemplate } from './withdraw-dialog.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly all: boolean };

/** A note that its provider thinks of withdrawing. */
interface Withdrawal {
  readonly section: NoteSection;
  readonly id: string;
  readonly note: ProviderNote;
  readonly isSending: boolean;
  readonly error: SessionError | null;
}

export interface OwnActsOptions {
  readonly client: () => SessionClient | undefined;
  /** `null`: it is withdrawn. */
  readonly onDone: (error: SessionError | null, section: NoteSection, noteId: string) => void;
}

/** What a provider does with notes that are shared: corrects and withdraws them. */
export class OwnNoteActs {
  readonly #host: Host;
  readonly #options: OwnActsOptions;
  readonly #dialogs: Dialogs<'withdraw'>;
  #withdrawal: Withdrawal | null = null;
  /** How often somebody else came. */
  #people = 0;

  constructor(host: Host, options: OwnActsOptions) {
    this.#host = host;
    this.#options = options;
    this.#dialogs = new Dialogs(host);
  }

  /** A draft that names the note begins, or is gone on with, and stands in the field of this session. */
  amend({ note: { id: noteId }, section: { id } }: NoteAct): void {
    const session = this.#options.client()?.session(id);
    if (session === undefined || noteId === undefined) return;
    if (!this.#host.dispatchEvent(new NoteAmendRequestEvent(id, noteId))) return;
    const begun = session.getSnapshot().drafts.find(({ amends }) => amends === noteId);
    takeInHand(session, session.writeNote({ amends: noteId }, begun?.id), true);
    // Among the notes of all sessions, the field may be another one's.
    if (this.#host.all) this.#host.dispatchEvent(new SessionChooseRequestEvent(id));
  }

  ask({ note, section }: NoteAct): void {
    if (note.id === undefined) return;
    this.#withdrawal = { section, id: note.id, note, isSending: false, error: null };
    this.#dialogs.show('withdraw');
  }

  forget(): void {
    this.#people += 1;
    this.#withdrawal = null;
    this.#dialogs.close();
  }

  /** For who can never withdraw it makes nothing. */
  render(localize: Localize): TemplateResult | undefined {
    const withdrawal = this.#withdrawal;
    if (withdrawal === null) return undefined;
    const { section, note, isSending, error } = withdrawal;
    return withdrawTemplate({
      localize,
      name: nameIn(section.session, localize),
      content: note.content,
      isSending,
      error,
      onYes: () => void this.#withdraw(),
      onNo: () => this.#dialogs.close(),
      onClose: this.#dialogs.onClose,
    });
  }

  async #withdraw(): Promise<void> {
    const client = this.#options.client();
    if (this.#withdrawal === null || this.#withdrawal.isSending || client === undefined) return;
    const { section, id, note } = this.#withdrawal;
    if (!this.#host.dispatchEvent(new NoteWithdrawRequestEvent(section.id, id))) {
      this.#dialogs.close();
      return;
    }
    const sending = { section, id, note, isSending: true, error: null };
    this.#withdrawal = sending;
    this.#host.requestUpdate();
    const people = this.#people;
    const error = await client.withdrawNote(section.id, id).then(() => null, toSessionError);
    if (people !== this.#people) return;
    // Another note may be asked about by now; what became of this one is said all the same.
    const isAsked = this.#withdrawal === sending && this.#dialogs.open !== null;
    if (this.#withdrawal === sending && error !== null) this.#withdrawal = { ...sending, isSending: false, error };
    if (isAsked && error === null) this.#dialogs.close();
    this.#host.requestUpdate();
    if (error === null || !isAsked) this.#options.onDone(error, section, id);
  }
}

/** What the reader of a session's notes can do with them; null for a patient. */
export function ownActsIn({ session }: NoteSection, client: SessionClient): OwnActs | null {
  if (session.role !== 'provider' || session.booking === null) return null;
  return { canCorrect: session.canWrite, canWithdraw: client.getSnapshot().can.withdrawNotes };
}
