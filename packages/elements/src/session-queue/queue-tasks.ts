import {
  sameId,
  toSessionError,
  type BookingId,
  type QueueCommand,
  type SessionClient,
  type SessionError,
} from '@active-session/core';
import type { ReactiveControllerHost } from 'lit';
import { Dialogs } from '../shared/dialogs.controller.js';
import { isUncertain } from '../shared/outcome.js';

/** What the backend is asked to do. To join is a matter of this page. */
export type SentCommand = Exclude<QueueCommand, 'join'>;
/** What a dialog is open for: what more there is to do, a question, or a call that has to be left first. */
export type TaskName = 'more' | 'hold' | 'late' | 'no-show' | 'cancel' | 'leave';

export const TASKS: readonly TaskName[] = ['more', 'hold', 'late', 'no-show', 'cancel', 'leave'];

/** A command that is on its way, or was refused. */
export interface Work {
  readonly command: SentCommand;
  /** Null: it is on its way. */
  readonly error: SessionError | null;
}

/** What the person has entered. */
export interface Entered {
  readonly text: string;
  /** Of the minutes that are offered; null: nothing was chosen yet. */
  readonly minutes: number | 'own' | null;
  /** As it stands in the field. */
  readonly own: string;
  readonly problem: 'range' | 'past' | null;
}

const NOTHING_ENTERED: Entered = { text: '', minutes: null, own: '', problem: null };

interface QueueTasksOptions {
  readonly host: ReactiveControllerHost & HTMLElement;
  /** A command has been done by this person. */
  readonly onDone: (command: SentCommand, id: BookingId) => void;
}

/** What somebody does with the sessions of their day: one dialog at a time, and one command at a time for each session. */
export class QueueTasks {
  readonly dialogs: Dialogs<TaskName>;
  readonly #options: QueueTasksOptions;
  readonly #works = new Map<string, Work>();
  readonly #entered = new Map<string, Entered>();
  #id: BookingId | null = null;
  /** Of one person: what comes of a command of somebody before is nobody's. */
  #round = {};

  constructor(options: QueueTasksOptions) {
    this.#options = options;
    this.dialogs = new Dialogs(options.host);
  }

  /** Which session the open dialog is about. */
  get id(): BookingId | null {
    return this.dialogs.open === null ? null : this.#id;
  }

  isAbout(id: BookingId): boolean {
    return this.id !== null && sameId(this.id, id);
  }

  workOf(id: BookingId): Work | undefined {
    return this.#works.get(String(id));
  }

  enteredFor(task: TaskName, id: BookingId): Entered {
    return this.#entered.get(keyOf(task, id)) ?? NOTHING_ENTERED;
  }

  enter(task: TaskName, id: BookingId, change: Partial<Entered>): void {
    this.#entered.set(keyOf(task, id), { ...this.enteredFor(task, id), problem: null, ...change });
    this.#options.host.requestUpdate();
  }

  ask(task: TaskName, id: BookingId): void {
    this.#id = id;
    if (this.workOf(id)?.command !== task) this.dismiss(id);
    this.dialogs.show(task);
  }

  /** What went wrong was read. */
  dismiss(id: BookingId): void {
    if (this.workOf(id)?.error) this.#works.delete(String(id));
    this.#options.host.requestUpdate();
  }

  async send(client: SessionClient, command: SentCommand, id: BookingId, minutes = 0): Promise<void> {
    const key = String(id);
    if (this.#works.get(key)?.error === null) return;
    const round = this.#round;
    this.#set(key, { command, error: null });
    try {
      await run(client, command, id, { minutes, text: this.#textFor(command, id) });
      if (round !== this.#round) return;
      if (isTask(command)) {
        this.#entered.delete(keyOf(command, id));
        if (this.dialogs.open === command && this.isAbout(id)) this.dialogs.close();
      }
      this.#set(key, undefined);
      this.#options.onDone(command, id);
    } catch (thrown) {
      if (round !== this.#round) return;
      const error = toSessionError(thrown);
      this.#set(key, { command, error });
      // What it was refused for may have happened without this page hearing of it yet.
      if (!isUncertain(error)) client.refresh();
    }
  }

  forget(): void {
    this.#round = {};
    this.#works.clear();
    this.#entered.clear();
    this.dialogs.close();
  }

  #textFor(command: SentCommand, id: BookingId): string | undefined {
    const text = isTask(command) ? this.enteredFor(command, id).text.trim() : '';
    return text === '' ? undefined : text;
  }

  #set(key: string, work: Work | undefined): void {
    if (work === undefined) this.#works.delete(key);
    else this.#works.set(key, work);
    this.#options.host.requestUpdate();
  }
}

interface Said {
  readonly minutes: number;
  readonly text: string | undefined;
}

async function run(client: SessionClient, command: SentCommand, id: BookingId, { minutes, text }: Said): Promise<void> {
  const message = text === undefined ? {} : { message: text };
  switch (command) {
    case 'admit':
      await client.admit(id);
      return;
    case 'hold':
      await client.hold(id, message);
      return;
    case 'late':
      await client.late(id, { minutes, ...message });
      return;
    case 'no-show':
      await client.noShow(id);
      return;
    case 'cancel':
      await client.cancel(id, text);
      return;
    case 'reopen':
      await client.reopen(id);
  }
}

function keyOf(task: TaskName, id: BookingId): string {
  return `${task} ${String(id)}`;
}

export function isTask(command: QueueCommand): command is Extract<TaskName, SentCommand> {
  return command !== 'join' && command !== 'admit' && command !== 'reopen';
}
