import {
  toInstant,
  toSessionError,
  type Booking,
  type Instant,
  type JudgedBooking,
  type SessionClient,
  type SessionError,
} from '@active-session/core';
import type { ReactiveControllerHost } from 'lit';
import { SECOND } from '../shared/formats.js';
import { FreeTimes } from '../shared/free-times.controller.js';
import { isUncertain } from '../shared/outcome.js';
import { chosenSlot } from '../shared/slot-picker.js';
import type { Localize } from '../shared/localize.controller.js';
import type { Act, Task } from './task.js';

/** By how much our reading of the server's clock may be off. */
const CLOCK_ERROR = 2 * SECOND;

export interface TaskOptions {
  readonly host: ReactiveControllerHost;
  readonly localize: Localize;
  readonly now: () => Instant;
  /** The focus belongs to what is said. */
  readonly onProblem: () => void;
  readonly onSending: (act: Act) => void;
  /** It is done, by this person; `before` is how the booking stood. */
  readonly onDone: (act: Act, booking: Booking) => void;
}

/** What was done, or failed after the dialog was closed. */
export type Outcome =
  { readonly is: 'cancelled' | 'cancelled-already' | 'changed' } | { readonly is: 'failed'; readonly task: Task };

interface Sent {
  readonly act: Act;
  /** ISO instant of the new time. */
  readonly to: string | null;
  readonly at: Instant;
  /** No answer that says what came of it. */
  readonly isUncertain: boolean;
}

/** Cancels or moves a booking: what the person enters, what is sent, and what comes of it. */
export class AppointmentTask {
  /** Null: the dialog is closed. */
  task: Task | null = null;
  sending: Act | null = null;
  outcome: Outcome | null = null;
  readonly times: FreeTimes;
  readonly #options: TaskOptions;
  #client: SessionClient | undefined;
  #judged: JudgedBooking | undefined;
  #sent: Sent | null = null;
  /** Of one person and one booking: what comes of an earlier one is not shown. */
  #round = {};
  /** Of a dialog that was closed; it is there when it opens again. */
  #reason = '';

  constructor(options: TaskOptions) {
    this.#options = options;
    this.times = new FreeTimes(options.host, () => this.#checkChoice());
  }

  /** Before each render: the booking as the client knows it now. */
  follow(client: SessionClient, judged: JudgedBooking | undefined): void {
    this.#client = client;
    this.#judged = judged;
    if (judged === undefined) {
      this.task = null;
      return;
    }
    if (this.sending !== null) return;
    const { booking } = judged;
    if (this.#hasHappened(booking)) this.#succeed(booking);
    else if (this.task !== null && this.task.at !== booking.dateTime) {
      this.task = { ...this.task, at: booking.dateTime, hitch: { is: 'moved' } };
    }
  }

  open(act: Act): void {
    const booking = this.#judged?.booking;
    if (booking === undefined) return;
    this.outcome = null;
    this.#set({ act, reason: this.#reason, day: null, slot: null, hitch: null, at: booking.dateTime });
    if (act === 'reschedule') this.reload();
  }

  close(): void {
    this.#reason = this.task?.reason ?? this.#reason;
    this.#set(null);
  }

  change(change: Partial<Task>): void {
    if (this.task !== null) this.#set({ ...this.task, ...change, hitch: null });
  }

  reload(): void {
    if (this.#client !== undefined && this.#judged !== undefined) {
      void this.times.read(this.#client, this.#judged.booking.provider);
    }
  }

  submit(): void {
    const { task } = this;
    if (task === null || this.sending !== null) return;
    if (task.act === 'cancel') {
      const reason = task.reason.trim();
      void this.#send(task.act, null, (client, { id }) => client.cancel(id, reason === '' ? undefined : reason));
      return;
    }
    const { localize, now } = this.#options;
    const slot = chosenSlot({ choice: task, times: this.times, now: now(), localize });
    if (slot === null) {
      this.#set({ ...task, hitch: { is: 'unchosen' } });
      this.#options.onProblem();
    } else void this.#send(task.act, slot.start, (client, { id }) => client.reschedule(id, slot.start));
  }

  forget(): void {
    this.#round = {};
    this.task = null;
    this.sending = null;
    this.outcome = null;
    this.#sent = null;
    this.#reason = '';
    this.times.forget();
  }

  #set(task: Task | null): void {
    this.task = task;
    this.#options.host.requestUpdate();
  }

  async #send(
    act: Act,
    to: string | null,
    command: (client: SessionClient, booking: Booking) => Promise<Booking>,
  ): Promise<void> {
    const booking = this.#judged?.booking;
    const client = this.#client;
    if (booking === undefined || client === undefined) return;
    const round = this.#round;
    const before = this.#sent;
    // A second try at the same: whatever was done since the first was done by it.
    const at = before?.act === act && before.to === to ? before.at : this.#options.now();
    this.#sent = { act, to, at, isUncertain: false };
    this.sending = act;
    this.#options.onSending(act);
    this.#options.host.requestUpdate();
    try {
      const changed = await command(client, booking);
      if (round !== this.#round) return;
      this.sending = null;
      this.#succeed(changed);
    } catch (thrown) {
      if (round !== this.#round) return;
      this.sending = null;
      this.#fail(act, toSessionError(thrown));
    }
    this.#options.host.requestUpdate();
  }

  /** The answer was lost, and the booking shows by itself that it is done. */
  #hasHappened({ status, dateTime }: Booking): boolean {
    if (this.#sent?.isUncertain !== true) return false;
    const { act, to } = this.#sent;
    if (act === 'cancel') return status === 'cancelled';
    return status === 'scheduled' && to !== null && toInstant(to) === toInstant(dateTime);
  }

  #succeed(booking: Booking): void {
    const sent = this.#sent;
    if (sent === null) return;
    const { cancelledAt, cancelledBy } = booking;
    const byOther = cancelledBy !== undefined && cancelledBy !== this.#judged?.role;
    const isOlder = cancelledAt !== undefined && toInstant(cancelledAt) < sent.at - CLOCK_ERROR;
    const done = sent.act === 'reschedule' ? 'changed' : byOther || isOlder ? 'cancelled-already' : 'cancelled';
    this.outcome = { is: done };
    this.task = null;
    this.#sent = null;
    this.#reason = '';
    if (done !== 'cancelled-already') this.#options.onDone(sent.act, booking);
  }

  #fail(act: Act, error: SessionError): void {
    this.#sent = this.#sent === null || !isUncertain(error) ? null : { ...this.#sent, isUncertain: true };
    const { task } = this;
    const isSlotLost = error.code === 'slot-taken' || error.code === 'invalid';
    // What it was refused for may have happened without this page hearing of it yet.
    if (!isUncertain(error) && !isSlotLost) this.#client?.refresh();
    if (act === 'reschedule' && isSlotLost) this.reload();
    if (task?.act !== act) {
      this.outcome = { is: 'failed', task: { ...this.#closedTask(act), hitch: { is: 'refused', error, slot: null } } };
      return;
    }
    const slot = isSlotLost ? null : task.slot;
    this.task = { ...task, slot, hitch: { is: 'refused', error, slot: task.slot } };
    this.#options.onProblem();
  }

  #closedTask(act: Act): Task {
    return { act, reason: '', day: null, slot: null, hitch: null, at: this.#judged?.booking.dateTime ?? '' };
  }

  /** The chosen time may have gone from the list. */
  #checkChoice(): void {
    const { task } = this;
    const { load } = this.times;
    if (task === null || load.state !== 'ready' || this.sending !== null) return;
    const { slot, hitch } = task;
    if (slot === null || load.value.some(({ start }) => start === slot.start)) return;
    this.task = { ...task, slot: null, hitch: hitch ?? { is: 'gone', slot } };
  }
}
