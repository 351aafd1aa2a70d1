import type { NoteKeepingView, OutboxItem, SessionView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Localize } from '../shared/localize.controller.js';
import type { MessageKey } from '../shared/messages.js';
import { amendedBy, correctionWords } from './correction.js';
import { keptOf } from './keeping.js';
import { refusalOf } from './refusal.js';
import { warningWords } from './states.js';

/** What a writer can do with a note that is not shared. */
export type UnsentAct = 'go-on' | 'retry' | 'revise' | 'take-back' | 'copy' | 'discard';

export interface UnsentOptions {
  readonly localize: Localize;
  readonly now: number;
  readonly keeping: NoteKeepingView | undefined;
  /** Those to list, in order. */
  readonly items: readonly OutboxItem[];
  /** Id of the one that was copied last. */
  readonly copied: string | null;
  readonly onAct: (act: UnsentAct, item: OutboxItem, event: Event) => void;
}

/** Notes that are begun, on their way or refused, each with what it is now and what can be done. */
export function unsentTemplate(session: SessionView, options: UnsentOptions): TemplateResult | typeof nothing {
  const { localize, items } = options;
  if (items.length === 0) return nothing;
  return html`<section class="unsent-notes" aria-labelledby="unsent">
    <h3 id="unsent">${localize.t('outbox.heading')}</h3>
    <ul class="outbox" part="outbox">
      ${repeat(
        items,
        ({ id }) => id,
        (item) => itemTemplate(item, session, options),
      )}
    </ul>
  </section>`;
}

function itemTemplate(item: OutboxItem, session: SessionView, options: UnsentOptions): TemplateResult {
  const { localize, onAct, copied } = options;
  const corrects = correctionWords(item, session, options);
  const can = actsOf(item, session);
  const button = (act: UnsentAct, index: number): TemplateResult =>
    html`<button
      class="button ${index === 0 ? '' : 'plain'}"
      type="button"
      @click=${(event: Event) => onAct(act, item, event)}
    >
      ${localize.t(act === 'copy' && copied === item.id ? 'outbox.copied' : LABELS[act])}
    </button>`;
  return html`<li class="unsent ${item.state}" part="outbox-item">
    ${
      item.kind === undefined && corrects === null
        ? nothing
        : html`<p class="small about">
            ${item.kind === undefined ? nothing : html`<span class="kind">${localize.t(`kind.${item.kind}`)}</span>`}
            ${corrects === null ? nothing : html`<bdi>${corrects}</bdi>`}
          </p>`
    }
    <p class="text" dir="auto">${item.content}</p>
    <p class="small state">${stateWords(item, session, options)} ${endWords(item, options)}</p>
    ${can.length === 0 ? nothing : html`<div class="actions">${can.map(button)}</div>`}
  </li>`;
}

function actsOf(item: OutboxItem, session: SessionView): readonly UnsentAct[] {
  const { canWrite } = session;
  if (item.state === 'draft') return canWrite ? ['go-on', 'discard'] : ['copy', 'discard'];
  // Shared into the wrong chart, it is stopped before it goes out.
  if (item.state === 'waiting') return canWrite ? ['take-back'] : [];
  if (item.state !== 'refused') return [];
  const { canRetry, canRevise } = refusalOf(item, amendedBy(item, session));
  return [
    ...(canRetry && canWrite ? (['retry'] as const) : []),
    ...(canRevise && canWrite ? (['revise'] as const) : []),
    'copy',
    'discard',
  ];
}

const LABELS = {
  'go-on': 'outbox.go-on',
  retry: 'action.try-again',
  revise: 'outbox.revise',
  'take-back': 'outbox.take-back',
  copy: 'outbox.copy',
  discard: 'composer.discard',
} as const satisfies Record<UnsentAct, MessageKey>;

/** It is not kept for ever. */
function endWords(item: OutboxItem, { localize, keeping, now }: UnsentOptions): string {
  return warningWords(item, keptOf(item, keeping, now), { localize, now });
}

function stateWords(item: OutboxItem, session: SessionView, options: UnsentOptions): string {
  const { localize } = options;
  if (item.state === 'refused') {
    const { why, isUncertain } = refusalOf(item, amendedBy(item, session));
    return isUncertain === true ? localize.t(why) : `${localize.t('outbox.refused')} ${localize.t(why)}`;
  }
  if (item.state !== 'waiting') return localize.t(`outbox.${item.state}`);
  return waitingWords(item, session, options);
}

/** What a note waits for: the first one is tried again and again, and the others wait for it. */
function waitingWords(item: OutboxItem, { outbox }: SessionView, { localize, keeping, now }: UnsentOptions): string {
  const error = item.error ?? outbox.find((one) => one.state === 'waiting' && one.error !== null)?.error;
  if (error?.code === 'unauthenticated') {
    const isKept = ['device', 'ends', 'saving'].includes(keptOf(item, keeping, now));
    return localize.t(isKept ? 'outbox.signed-out' : 'outbox.signed-out-memory');
  }
  if (error && error.code !== 'network') return localize.t('outbox.waiting-service');
  const isNext = outbox.every((one) => one.state !== 'sending');
  return localize.t(isNext ? 'outbox.waiting' : 'outbox.waiting-turn');
}
