import type { BookingId, QueueCommand, QueueItem } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { errorWords } from '../shared/error-words.js';
import {
  calendarXIcon,
  clockIcon,
  hourglassIcon,
  refreshCwIcon,
  userCheckIcon,
  userIcon,
  videoIcon,
} from '../shared/icons.js';
import type { MessageKey } from '../shared/messages.js';
import { otherName } from '../shared/person.js';
import { PROBLEM_TEXT, problemNotice } from '../shared/problem.js';
import { besides } from './entry.js';
import { lateFields } from './late-fields.js';
import { TASKS, type QueueTasks, type SentCommand, type TaskName } from './queue-tasks.js';
import { statusWords, whoseOf, type Here } from './status.js';

export interface DialogOptions extends Here {
  readonly tasks: QueueTasks;
  /** The session that the open dialog is about; undefined: it is none of today's any more. */
  readonly item: QueueItem | undefined;
  readonly isHere: boolean;
  /** Whose call runs on this page. */
  readonly calling: string;
  readonly onDo: (command: QueueCommand, item: QueueItem) => void;
  /** The form of a question was sent. */
  readonly onAnswer: (command: SentCommand, item: QueueItem) => void;
  readonly onSwitchCall: (id: BookingId) => void;
  /** Where news are said: what is outside of a modal dialog is not read. */
  readonly region: TemplateResult;
}

export function dialogsTemplate(options: DialogOptions): TemplateResult {
  const { tasks } = options;
  return html`${TASKS.map(
    (name) =>
      html`<dialog part="dialog" data-name=${name} aria-labelledby="${name}-title" @close=${tasks.dialogs.onClose}>
        ${tasks.dialogs.open === name ? html`${contentOf(name, options)} ${options.region}` : nothing}
      </dialog>`,
  )}`;
}

function contentOf(name: TaskName, options: DialogOptions): TemplateResult {
  const { item, tasks } = options;
  if (item === undefined) return changedTemplate(name, options);
  const isWorking = tasks.workOf(item.booking.id)?.error === null;
  switch (name) {
    case 'more':
      return moreTemplate(item, options);
    case 'leave':
      return item.commands.has('join') ? leaveTemplate(item, options) : changedTemplate(name, options);
    default:
      return item.commands.has(name) || isWorking
        ? questionTemplate(name, item, options)
        : changedTemplate(name, options);
  }
}

const LABELS = {
  join: 'queue.join',
  admit: 'queue.admit',
  hold: 'queue.hold',
  late: 'queue.late',
  'no-show': 'queue.no-show-do',
  cancel: 'queue.cancel',
  reopen: 'queue.reopen',
} as const satisfies Record<QueueCommand, MessageKey>;

const ICONS: Readonly<Record<QueueCommand, () => TemplateResult>> = {
  join: videoIcon,
  admit: userCheckIcon,
  hold: hourglassIcon,
  late: clockIcon,
  'no-show': userIcon,
  cancel: calendarXIcon,
  reopen: refreshCwIcon,
};

function moreTemplate(item: QueueItem, options: DialogOptions): TemplateResult {
  const { localize, tasks } = options;
  const commands = besides(item, options.isHere);
  return html`<div class="stack">
    ${titleTemplate('more', whoseOf(item, localize))}
    <p class="muted">${statusWords(item, options)}</p>
    <div class="commands wide">
      ${commands.map(
        (command) =>
          html`<button
            class="button"
            part="command"
            data-command=${command}
            @click=${() => options.onDo(command, item)}
          >
            ${ICONS[command]()} ${localize.t(LABELS[command])}
          </button>`,
      )}
    </div>
    <button class="button wide" part="close-button" @click=${() => tasks.dialogs.close()}>
      ${localize.t('action.close')}
    </button>
  </div>`;
}

const MESSAGE = { label: 'queue.message', hint: 'queue.message-hint' } as const;

const QUESTIONS = {
  hold: {
    title: 'queue.hold-question',
    help: 'queue.hold-help',
    yes: 'queue.hold',
    no: 'action.back',
    kind: 'primary',
    text: MESSAGE,
  },
  late: {
    title: 'queue.late-question',
    help: null,
    yes: 'queue.late-send',
    no: 'action.back',
    kind: 'primary',
    text: MESSAGE,
  },
  cancel: {
    title: 'queue.cancel-question',
    help: 'queue.cancel-help',
    yes: 'queue.cancel',
    no: 'queue.cancel-keep',
    kind: 'danger',
    text: { label: 'queue.cancel-reason', hint: 'queue.cancel-hint' },
  },
  'no-show': {
    title: 'queue.no-show-question',
    help: 'queue.no-show-help',
    yes: 'queue.no-show-do',
    no: 'action.back',
    kind: 'danger',
    text: null,
  },
} as const;

type QuestionName = keyof typeof QUESTIONS;

function questionTemplate(name: QuestionName, item: QueueItem, options: DialogOptions): TemplateResult {
  const { localize, tasks } = options;
  const { title, help, yes, no, kind, text } = QUESTIONS[name];
  const { id } = item.booking;
  const work = tasks.workOf(id);
  const isWorking = work?.error === null;
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    options.onAnswer(name, item);
  };
  return html`<form class="stack" novalidate @submit=${onSubmit}>
    ${titleTemplate(name, localize.t(title))}
    <p class="whose"><bdi>${whoseOf(item, localize)}</bdi></p>
    ${help === null ? nothing : html`<p class="muted">${localize.t(help)}</p>`} ${refusalTemplate(name, item, options)}
    ${name === 'late' ? lateFields(item, options) : nothing}
    ${text === null ? nothing : textTemplate(name, item, options)}
    <div class="actions wide">
      <button class="button ${kind}" part="confirm-button" aria-disabled=${isWorking ? 'true' : 'false'}>
        ${localize.t(isWorking && work.command === name ? 'queue.sending' : yes)}
      </button>
      <button class="button" type="button" part="close-button" @click=${() => tasks.dialogs.close()}>
        ${localize.t(no)}
      </button>
    </div>
  </form>`;
}

/** Why it was not done. What was entered stays. */
function refusalTemplate(
  name: QuestionName,
  { booking }: QueueItem,
  { localize, tasks }: DialogOptions,
): TemplateResult | typeof nothing {
  const work = tasks.workOf(booking.id);
  if ((work?.error ?? null) === null || work?.command !== name) return nothing;
  const { title, help } = errorWords(work.error, localize);
  return problemNotice({ text: `${title} ${help}`.trim() });
}

function textTemplate(name: QuestionName, { booking }: QueueItem, { localize, tasks }: DialogOptions): TemplateResult {
  const { text } = QUESTIONS[name];
  if (text === null) return html``;
  return html`<div class="wide field">
    <label for="${name}-text">${localize.t(text.label)}</label>
    <p class="muted small" id="${name}-hint">${localize.t(text.hint)}</p>
    <textarea
      id="${name}-text"
      part="message"
      rows="2"
      maxlength="500"
      dir="auto"
      aria-describedby="${name}-hint ${PROBLEM_TEXT}"
      .value=${tasks.enteredFor(name, booking.id).text}
      @input=${(event: InputEvent) => {
        if (event.target instanceof HTMLTextAreaElement) tasks.enter(name, booking.id, { text: event.target.value });
      }}
    ></textarea>
  </div>`;
}

/** One call at a time: who is in the one must not hear the other. */
function leaveTemplate(item: QueueItem, options: DialogOptions): TemplateResult {
  const { localize, tasks, calling } = options;
  return html`<div class="stack">
    ${titleTemplate('leave', localize.t('queue.leave-question', calling))}
    <p class="whose"><bdi>${whoseOf(item, localize)}</bdi></p>
    <p class="muted">${localize.t('queue.leave-help')}</p>
    <div class="actions wide">
      <button class="button primary" part="confirm-button" @click=${() => options.onSwitchCall(item.booking.id)}>
        ${localize.t('queue.leave-join')}
      </button>
      <button class="button" part="close-button" @click=${() => tasks.dialogs.close()}>
        ${localize.t('queue.leave-stay')}
      </button>
    </div>
  </div>`;
}

/** It can't be done any more, because the session has changed under the question. */
function changedTemplate(name: TaskName, options: DialogOptions): TemplateResult {
  const { localize, tasks, item } = options;
  return html`<div class="stack">
    ${titleTemplate(name, localize.t('queue.changed'))}
    ${
      item === undefined
        ? nothing
        : html`<p>
            <bdi>${otherName(item.booking, item.role, localize)}</bdi>
            <span class="muted">${statusWords(item, options)}</span>
          </p>`
    }
    <button class="button wide" part="close-button" @click=${() => tasks.dialogs.close()}>
      ${localize.t('action.close')}
    </button>
  </div>`;
}

/** It has the focus when the dialog opens, so that a second Enter does nothing. */
function titleTemplate(name: TaskName, title: string): TemplateResult {
  return html`<h2 id="${name}-title" tabindex="-1"><bdi>${title}</bdi></h2>`;
}
