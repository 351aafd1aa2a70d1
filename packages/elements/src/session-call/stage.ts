import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { monitorUpIcon, moveIcon, videoOffIcon, xIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { MessageKey } from '../shared/messages.js';
import { safeText } from '../shared/safe-text.js';
import type { Notice, NoticeAction } from './call-notices.js';
import type { Quote, StageButton, StageMessage } from './stage-message.js';

export interface MessageOptions {
  readonly localize: Localize;
  /** It lies over the picture. */
  readonly over: boolean;
  /** Something is on its way. */
  readonly busy: boolean;
  readonly avatar: TemplateResult | typeof nothing;
  readonly wayOut: TemplateResult | typeof nothing;
  /** What did not work just now; empty for nothing. */
  readonly failed: string;
  readonly onButton: (button: StageButton) => void;
}

export function messageTemplate(message: StageMessage, options: MessageOptions): TemplateResult {
  const { over, busy, avatar, wayOut, failed } = options;
  return html`<div class="message ${over ? 'over' : ''}" part="message">
    ${avatar}
    <h2>${message.title}</h2>
    ${message.quote === undefined ? nothing : quoteTemplate(message.quote, options.localize)}
    ${message.lines.map((line) => html`<p>${line}</p>`)} ${busy ? html`<div class="busy"></div>` : nothing}
    ${failed === '' ? nothing : html`<p role="alert">${failed}</p>`}
    ${
      message.buttons.length === 0
        ? nothing
        : html`<div class="actions">${message.buttons.map((button) => buttonTemplate(button, options))}</div>`
    }
    ${wayOut}
  </div>`;
}

function quoteTemplate({ by, text }: Quote, localize: Localize): TemplateResult {
  return html`<figure class="quote" part="quote">
    <figcaption>${by}</figcaption>
    ${safeText(text, localize)}
  </figure>`;
}

function buttonTemplate(button: StageButton, { onButton }: MessageOptions): TemplateResult {
  return html`<button
    class=${button.primary ? 'button primary large' : 'button'}
    part=${button.primary ? 'start-button' : 'button'}
    @click=${() => onButton(button)}
  >
    ${button.label}
  </button>`;
}

export interface NoticesOptions {
  readonly localize: Localize;
  readonly onAction: (action: NoticeAction) => void;
  readonly onClose: () => void;
}

export function noticesTemplate(notices: readonly Notice[], options: NoticesOptions): TemplateResult | typeof nothing {
  if (notices.length === 0) return nothing;
  return html`<ul class="notices" part="notices">
    ${repeat(
      notices,
      ({ id }) => id,
      (notice) => noticeTemplate(notice, options),
    )}
  </ul>`;
}

function noticeTemplate({ id, icon, text, action, closes }: Notice, options: NoticesOptions): TemplateResult {
  const { localize, onAction, onClose } = options;
  const act =
    action === undefined
      ? nothing
      : html`<button class="button ${action.primary === true ? 'primary' : ''}" @click=${() => onAction(action.does)}>
          ${action.label}
        </button>`;
  const close =
    closes === true
      ? html`<button class="button close" aria-label=${localize.t('call.close-message')} @click=${onClose}>
          ${xIcon()}
        </button>`
      : nothing;
  return html`<li class="said" part="notice" data-notice=${id}>
    ${icon()}
    <p>${text}</p>
    ${action === undefined && closes !== true ? nothing : html`<span class="does">${act} ${close}</span>`}
  </li>`;
}

/** The corners that the own picture goes through, by the reading direction. */
export const CORNERS = ['bottom-end', 'top-end', 'top-start', 'bottom-start'] as const;
export type Corner = (typeof CORNERS)[number];

export function cornerWords(corner: Corner, direction: string): MessageKey {
  const isRight = corner.endsWith('end') !== (direction === 'rtl');
  if (corner.startsWith('bottom')) return isRight ? 'call.self-bottom-right' : 'call.self-bottom-left';
  return isRight ? 'call.self-top-right' : 'call.self-top-left';
}

export interface SelfOptions {
  readonly localize: Localize;
  readonly corner: Corner;
  /** What is to be seen of the person: their camera, or a word for why not. */
  readonly shows: 'camera' | Unseen;
  /** As in a mirror; not where the camera looks away from the person. */
  readonly mirrored: boolean;
  /** Null where it has one place only. */
  readonly onMove: (() => void) | null;
}

export function selfTemplate({ localize, corner, shows, mirrored, onMove }: SelfOptions): TemplateResult {
  return html`<div class="self" part="self-view" data-corner=${corner}>
    <video
      data-self
      autoplay
      playsinline
      .muted=${true}
      ?data-mirrored=${mirrored}
      ?hidden=${shows !== 'camera'}
      tabindex="-1"
      aria-hidden="true"
    ></video>
    ${shows === 'camera' ? nothing : html`<span class="off">${unseenTemplate(shows, localize)}</span>`}
    ${
      onMove === null
        ? nothing
        : html`<button class="move" part="move-button" @click=${onMove}>
            ${moveIcon()}<span class="visually-hidden">${localize.t('call.move-self')}</span>
          </button>`
    }
  </div>`;
}

/** Why there is no own picture; `held`: what is shown is kept back so that the sound gets through. */
export type Unseen = 'nothing' | 'screen' | 'held' | 'screen-held';

function unseenTemplate(shows: Unseen, localize: Localize): TemplateResult {
  switch (shows) {
    case 'screen':
      return html`${monitorUpIcon()} ${localize.t('call.sharing')}`;
    case 'held':
      return html`${videoOffIcon()} ${localize.t('weak.not-sent')}`;
    case 'screen-held':
      return html`${videoOffIcon()} ${localize.t('weak.screen-not-sent')}`;
    case 'nothing':
      return html`${videoOffIcon()} ${localize.t('call.your-camera-off')}`;
  }
}
