import {
  NOTE_MAX_LENGTH,
  noteKindSchema,
  type NoteKind,
  type OutboxItem,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { errorWords } from '../shared/error-words.js';
import { sendIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { Draft } from './drafts.js';

const KINDS: readonly NoteKind[] = noteKindSchema.options;

export interface ComposerOptions {
  readonly localize: Localize;
  /** Whose chart the note goes to. */
  readonly name: string;
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly onShare: () => void;
  readonly onRetry: (id: string) => void;
  readonly onTakeBack: (id: string) => void;
}

/** Where a provider writes a note, and what of it is still on its way. */
export function composerTemplate(view: SessionView, options: ComposerOptions): TemplateResult {
  const { localize, name, draft, onChange, onShare } = options;
  const readOnly = !view.canWrite;
  return html`
    ${outboxTemplate(view, options)}
    <form class="composer" part="composer" @submit=${onSubmit} @keydown=${onKeydown}>
      <label for="note" part="composer-label"
        >${localize.t('composer.label', name)}
        <span class="muted small">${localize.t('composer.hint', name)}</span></label
      >
      ${readOnly ? html`<p class="muted small">${localize.t('composer.closed')}</p>` : nothing}
      <textarea
        id="note"
        part="note-field"
        rows="4"
        dir="auto"
        maxlength=${NOTE_MAX_LENGTH}
        placeholder=${localize.t('composer.placeholder')}
        ?readonly=${readOnly}
        .value=${draft.content}
        @input=${(event: InputEvent) => onChange({ content: (event.target as HTMLTextAreaElement).value })}
      ></textarea>
      <div class="composer-row">
        <label class="kind-choice"
          ><span class="small muted">${localize.t('composer.kind')}</span>
          <select
            .value=${draft.kind ?? ''}
            @change=${(event: Event) => onChange({ kind: kindOf((event.target as HTMLSelectElement).value) })}
          >
            <option value="" ?selected=${draft.kind === undefined}>${localize.t('composer.kind-none')}</option>
            ${KINDS.map(
              (kind) =>
                html`<option value=${kind} ?selected=${draft.kind === kind}>${localize.t(`kind.${kind}`)}</option>`,
            )}
          </select>
        </label>
        <button class="button primary" part="share-button" aria-disabled=${readOnly ? 'true' : 'false'}>
          ${sendIcon()} ${localize.t('composer.share')}
        </button>
      </div>
      <p class="muted small status" part="composer-status">
        ${
          view.outbox.length > 0
            ? localize.t('composer.unsent', view.outbox.length)
            : localize.t('composer.shortcut', /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘ Enter' : 'Ctrl+Enter')
        }
      </p>
    </form>
  `;

  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (!readOnly) onShare();
  }

  function onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    if (!readOnly) onShare();
  }
}

function outboxTemplate(view: SessionView, options: ComposerOptions): TemplateResult | typeof nothing {
  if (view.outbox.length === 0) return nothing;
  return html`<ul class="outbox" part="outbox">
    ${repeat(
      view.outbox,
      ({ id }) => id,
      (item) => outboxItem(item, options),
    )}
  </ul>`;
}

function outboxItem(item: OutboxItem, { localize, onRetry, onTakeBack }: ComposerOptions): TemplateResult {
  const refused = item.state === 'refused';
  const reason = refused && item.error !== null ? errorWords(item.error, localize).title : '';
  return html`<li class="unsent ${item.state}" part="outbox-item">
    <p class="text" dir="auto">${item.content}</p>
    <p class="small state">${localize.t(`outbox.${item.state}`)} ${reason}</p>
    ${
      refused
        ? html`<div class="actions">
            <button class="button" type="button" @click=${() => onRetry(item.id)}>
              ${localize.t('action.try-again')}
            </button>
            <button class="button plain" type="button" @click=${() => onTakeBack(item.id)}>
              ${localize.t('outbox.take-back')}
            </button>
          </div>`
        : nothing
    }
  </li>`;
}

function kindOf(value: string): NoteKind | undefined {
  return KINDS.find((kind) => kind === value);
}
