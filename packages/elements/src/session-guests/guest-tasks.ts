import {
  toSessionError,
  type BookingId,
  type GuestKind,
  type Invitation,
  type SessionClient,
  type SessionError,
} from '@active-session/core';
import type { ReactiveControllerHost } from 'lit';
import { Dialogs } from '../shared/dialogs.controller.js';
import { isUncertain } from '../shared/outcome.js';

export type GuestDialog = 'invite' | 'remove';

/** What is asked for one guest, by their seat. */
export type GuestAct = 'admit' | 'hold' | 'remove';

export interface GuestWork {
  readonly act: GuestAct;
  /** Null: it is on its way. */
  readonly error: SessionError | null;
}

type Host = ReactiveControllerHost & HTMLElement;

/** What a provider enters, asks for and is answered about guests. The link is held while its dialog is open, no longer. */
export class GuestTasks {
  readonly dialogs: Dialogs<GuestDialog>;
  name = '';
  kind: GuestKind = 'interpreter';
  /** Somebody tried to go on without a name. */
  isNameMissing = false;
  isInviting = false;
  error: SessionError | null = null;
  invitation: Invitation | null = null;
  /** What came of copying the link. */
  copied: boolean | null = null;
  /** Who is to be removed. */
  seat: string | null = null;
  readonly #host: Host;
  readonly #works = new Map<string, GuestWork>();
  /** The same for each attempt at one invitation: a lost answer must not become two guests. */
  #key: string | null = null;
  /** Of one session and one person: what comes of a command of before is nobody's. */
  #round = {};

  constructor(host: Host) {
    this.#host = host;
    this.dialogs = new Dialogs(host);
  }

  workOf(seat: string): GuestWork | undefined {
    return this.#works.get(seat);
  }

  show(dialog: GuestDialog, seat: string | null = null): void {
    this.seat = seat;
    if (seat !== null) this.#works.delete(seat);
    this.dialogs.show(dialog);
  }

  enter(change: { readonly name?: string; readonly kind?: GuestKind }): void {
    // Another person is another invitation.
    this.#key = null;
    this.isNameMissing = false;
    Object.assign(this, change);
    this.#host.requestUpdate();
  }

  /** A dialog was closed: the link is gone for good. */
  close(): void {
    this.dialogs.close();
    if (this.invitation !== null) this.#blank();
    this.#host.requestUpdate();
  }

  async invite(client: SessionClient, id: BookingId): Promise<Invitation | null> {
    if (this.isInviting) return null;
    const name = this.name.trim();
    this.isNameMissing = name === '';
    this.#host.requestUpdate();
    if (this.isNameMissing) return null;
    const round = this.#round;
    this.isInviting = true;
    this.error = null;
    this.#key ??= crypto.randomUUID();
    try {
      const invitation = await client.inviteGuest(id, { name, kind: this.kind }, { idempotencyKey: this.#key });
      if (round !== this.#round) return null;
      this.#blank();
      // Who has closed the dialog meanwhile sees the guest in the list, and can remove them.
      if (this.dialogs.open === 'invite') this.invitation = invitation;
      return this.invitation;
    } catch (thrown) {
      if (round !== this.#round) return null;
      this.error = toSessionError(thrown);
      if (!isUncertain(this.error)) this.#key = null;
      return null;
    } finally {
      if (round === this.#round) this.isInviting = false;
      this.#host.requestUpdate();
    }
  }

  /** Whether it was done. */
  async run(client: SessionClient, id: BookingId, { act, seat }: { act: GuestAct; seat: string }): Promise<boolean> {
    if (this.#works.get(seat)?.error === null) return false;
    const round = this.#round;
    this.#set(seat, { act, error: null });
    try {
      if (act === 'admit') await client.admit(id, { seat });
      else if (act === 'hold') await client.hold(id, { seat });
      else await client.removeGuest(id, seat);
      if (round !== this.#round) return false;
      this.#set(seat, undefined);
      if (act === 'remove' && this.dialogs.open === 'remove' && this.seat === seat) this.dialogs.close();
      return true;
    } catch (thrown) {
      if (round === this.#round) this.#set(seat, { act, error: toSessionError(thrown) });
      return false;
    }
  }

  forget(): void {
    this.#round = {};
    this.#works.clear();
    this.isInviting = false;
    this.#blank();
    this.dialogs.close();
  }

  #blank(): void {
    this.#key = null;
    this.name = '';
    this.kind = 'interpreter';
    this.isNameMissing = false;
    this.error = null;
    this.invitation = null;
    this.copied = null;
  }

  #set(seat: string, work: GuestWork | undefined): void {
    if (work === undefined) this.#works.delete(seat);
    else this.#works.set(seat, work);
    this.#host.requestUpdate();
  }
}
