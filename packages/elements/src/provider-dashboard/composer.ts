import {
  NOTE_MAX_LENGTH,
  noteKindSchema,
  type NoteDraft,
  type NoteKeepingView,
  type NoteKind,
  type OutboxItem,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { errorWords } from '../shared/error-words.js';
import { sendIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';

const KINDS: readonly NoteKind[] = noteKindSchema.options;

export interface ComposerOptions {
  readonly localize: Localize;
  /** Whose chart the note goes to. */
  readonly name: string;
  /** What is being written; undefined: nothing yet. */
  readonly draft: OutboxItem | undefined;
  readonly keeping: NoteKeepingView | undefined;
  readonly onChange: (change: Partial<NoteDraft>) => void;
  /** Another note that was begun is to be gone on with. */
  readonly onGoOn: (id: string) => void;
  readonly onShare: () => void;
  readonly onRetry: (id: string) => void;
  /** A refused note is to be changed. */
  readonly onRevise: (id: string) => void;
}

/** Where a provider writes a note, and what of it is still on its way. */
export function composerTemplate(view: SessionView, options: ComposerOptions): TemplateResult {
  const { localize, name, draft, onChange, onShare } = options;
  const readOnly = !view.canWrite;
  return html`
    ${outboxTemplate(view, options)} ${begunTemplate(view, options)}
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
        .value=${draft?.content ?? ''}
        @input=${(event: InputEvent) => onChange({ content: (event.target as HTMLTextAreaElement).value })}
      ></textarea>
      <div class="composer-row">
        <label class="kind-choice"
          ><span class="small muted">${localize.t('composer.kind')}</span>
          <select
            .value=${draft?.kind ?? ''}
            @change=${(event: Event) => onChange({ kind: kindOf((event.target as HTMLSelectElement).value) })}
          >
            <option value="" ?selected=${draft?.kind === undefined}>${localize.t('composer.kind-none')}</option>
            ${KINDS.map(
              (kind) =>
                html`<option value=${kind} ?selected=${draft?.kind === kind}>${localize.t(`kind.${kind}`)}</option>`,
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
        ${keepingWords(options)}
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

function outboxItem(item: OutboxItem, { localize, onRetry, onRevise }: ComposerOptions): TemplateResult {
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
            <button class="button plain" type="button" @click=${() => onRevise(item.id)}>
              ${localize.t('outbox.revise')}
            </button>
          </div>`
        : nothing
    }
  </li>`;
}

/** Notes that were begun, besides the one in the field. */
function begunTemplate(
  view: SessionView,
  { localize, draft, onGoOn }: ComposerOptions,
): TemplateResult | typeof nothing {
  const others = view.drafts.filter(({ id, content }) => id !== draft?.id && content.trim() !== '');
  if (others.length === 0) return nothing;
  return html`<ul class="outbox" part="drafts">
    ${repeat(
      others,
      ({ id }) => id,
      ({ id, content }) =>
        html`<li class="unsent draft" part="outbox-item">
          <p class="text" dir="auto">${content}</p>
          <p class="small state">${localize.t('outbox.draft')}</p>
          <div class="actions">
            <button class="button" type="button" @click=${() => onGoOn(id)}>${localize.t('composer.go-on')}</button>
          </div>
        </li>`,
    )}
  </ul>`;
}

/** Where what is written is safe, once there is something. */
function keepingWords({ draft, keeping, localize }: ComposerOptions): string {
  if (draft === undefined || draft.content.trim() === '' || keeping === undefined) return '';
  if (keeping.state === 'device') return localize.t(keeping.saving ? 'composer.saving' : 'composer.kept');
  return keeping.state === 'unknown'
    ? ''
    : localize.t(keeping.state === 'locked' ? 'composer.locked' : 'composer.in-memory');
}

function kindOf(value: string): NoteKind | undefined {
  return KINDS.find((kind) => kind === value);
}
