import {
  isPlainText,
  noteKindSchema,
  roomFor,
  toInstant,
  type NoteDraft,
  type NoteKind,
  type OutboxItem,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { sendIcon, triangleAlertIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import { correctionTemplate } from './correction.js';

const KINDS: readonly NoteKind[] = noteKindSchema.options;
/** From so many characters before the end on, it is said how many more fit. */
const NEAR = 500;

export interface FieldOptions {
  readonly localize: Localize;
  readonly now: number;
  /** Whose chart the note goes to. */
  readonly name: string;
  /** What is being written; undefined: nothing yet. */
  readonly draft: OutboxItem | undefined;
  /** Why nothing can be written; null where it can. */
  readonly closed: string | null;
  /** What there is to say of the note now. */
  readonly status: string;
  /** A warning about where it is kept; empty for none. */
  readonly warning: string;
  readonly isCopied: boolean;
  readonly onChange: (change: Partial<NoteDraft>) => void;
  readonly onMend: () => void;
  readonly onShare: () => void;
  readonly onDiscard: () => void;
  readonly onCopy: () => void;
}

/** Where a note is written, below whose it is. */
export function fieldTemplate(session: SessionView, options: FieldOptions): TemplateResult {
  const { localize, now, draft, closed, onShare } = options;
  const isClosed = closed !== null;
  const content = draft?.content ?? '';
  const onNot = isClosed ? null : (): void => options.onChange({ amends: undefined });
  return html`<form class="write" novalidate @submit=${onSubmit} @keydown=${onKeydown}>
    ${whoseTemplate(session, options)} ${correctionTemplate(draft, session, { localize, now, onNot })}
    ${isClosed ? html`<p class="closed" id="closed">${closed}</p>` : nothing}
    <div class="grow" data-text=${content}>
      <textarea
        part="note-field"
        rows="3"
        dir="auto"
        aria-labelledby="whose"
        aria-describedby="when closed corrects problem"
        aria-invalid=${!isClosed && problemWords(content, localize) !== '' ? 'true' : nothing}
        placeholder=${isClosed ? '' : localize.t('composer.placeholder')}
        ?readonly=${isClosed}
        .value=${live(content)}
        @input=${(event: InputEvent) => {
          if (event.target instanceof HTMLTextAreaElement) options.onChange({ content: event.target.value });
        }}
      ></textarea>
    </div>
    ${problemTemplate(content, options)} ${isClosed ? nothing : rowTemplate(options)} ${footTemplate(content, options)}
  </form>`;

  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (!isClosed) onShare();
  }

  function onKeydown(event: KeyboardEvent): void {
    // The Enter that takes over what an input method offers is none of ours; Safari says so with the old code only.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way to know it there
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposing) return;
    event.preventDefault();
    if (!isClosed) onShare();
  }
}

function whoseTemplate({ booking }: SessionView, { localize, name, now, closed }: FieldOptions): TemplateResult {
  const on = (day: string): string => localize.t('time.on', day);
  const when = booking === null ? null : localize.formats.when(toInstant(booking.dateTime), now, on);
  return html`<div class="whose">
    <h2 id="whose" part="heading"><bdi>${localize.t('composer.label', name)}</bdi></h2>
    <p class="muted small" id="when">
      ${when === null ? nothing : html`<bdi>${localize.t('composer.session', when)}</bdi>`}
      ${closed === null ? html`<bdi>${localize.t('composer.hint', name)}</bdi>` : nothing}
    </p>
  </div>`;
}

/** Why a text can't be shared as it is; empty where it can. */
export function problemWords(content: string, localize: Localize): string {
  const room = roomFor(content);
  if (room < 0) return localize.t('composer.too-long', -room);
  return isPlainText(content) ? '' : localize.t('composer.unfit');
}

function problemTemplate(content: string, { localize, closed, onMend }: FieldOptions): TemplateResult | typeof nothing {
  const words = closed === null ? problemWords(content, localize) : '';
  const room = roomFor(content);
  if (words !== '') {
    return html`<div class="problem small" part="problem">
      ${triangleAlertIcon()}
      <p id="problem">${words}</p>
      ${
        isPlainText(content)
          ? nothing
          : html`<button class="button" type="button" @click=${onMend}>${localize.t('composer.mend')}</button>`
      }
    </div>`;
  }
  if (room > NEAR) return nothing;
  return html`<p class="room muted small" id="problem" part="room">${localize.t('composer.room', room)}</p>`;
}

function rowTemplate({ localize, draft, onChange }: FieldOptions): TemplateResult {
  const chosen = draft?.kind;
  return html`<div class="row">
    <label class="kind-choice"
      ><span class="small muted">${localize.t('composer.kind')}</span>
      <select
        part="kind-select"
        .value=${live(chosen ?? '')}
        @change=${(event: Event) => {
          if (event.target instanceof HTMLSelectElement) onChange({ kind: kindOf(event.target.value) });
        }}
      >
        <option value="" ?selected=${chosen === undefined}>${localize.t('composer.kind-none')}</option>
        ${KINDS.map(
          (kind) => html`<option value=${kind} ?selected=${chosen === kind}>${localize.t(`kind.${kind}`)}</option>`,
        )}
      </select>
    </label>
    <button class="button primary" part="share-button">${sendIcon()} ${localize.t('composer.share')}</button>
  </div>`;
}

function footTemplate(content: string, options: FieldOptions): TemplateResult {
  const { localize, draft, closed, status, warning, isCopied, onDiscard, onCopy } = options;
  const isWritten = content.trim() !== '';
  const copy = html`<button class="button plain" type="button" @click=${onCopy}>
    ${localize.t(isCopied ? 'outbox.copied' : 'outbox.copy')}
  </button>`;
  const discard = html`<button class="button plain" type="button" part="discard-button" @click=${onDiscard}>
    ${localize.t('composer.discard')}
  </button>`;
  return html`${warning === '' ? nothing : html`<p class="notice warning small" part="warning">${triangleAlertIcon()}<bdi>${warning}</bdi></p>`}
    <div class="foot">
      <p class="muted small status" part="composer-status"><bdi>${status}</bdi></p>
      <div class="foot-acts">
        ${isWritten && (closed !== null || warning !== '') ? copy : nothing}
        ${isWritten || draft?.amends !== undefined ? discard : nothing}
      </div>
    </div>`;
}

function kindOf(value: string): NoteKind | undefined {
  return KINDS.find((kind) => kind === value);
}
