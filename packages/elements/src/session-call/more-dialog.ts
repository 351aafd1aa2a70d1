import type { CallView, Device, DeviceKind, DeviceSettingsView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { maximizeIcon, minimizeIcon, monitorOffIcon, monitorUpIcon, pictureInPicture2Icon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import { measuredTemplate } from './quality.js';
import { SHORTCUTS, type ShortcutAction } from './shortcuts.js';

/** Something that the browser may have, and that is on or not. */
export interface Extra {
  readonly isOffered: boolean;
  readonly isOn: boolean;
  readonly toggle: () => void;
}

export interface MoreOptions {
  readonly localize: Localize;
  readonly call: CallView;
  readonly settings: DeviceSettingsView;
  readonly speakerFailed: boolean;
  readonly share: Extra;
  readonly fullScreen: Extra;
  readonly pictureInPicture: Extra;
  readonly shortcuts: boolean;
  readonly onChoose: (kind: DeviceKind, id: string) => void;
  readonly onDone: () => void;
}

/** What is needed now and then in a call: other devices, the screen, a larger or a smaller picture. */
export function moreDialogTemplate(options: MoreOptions): TemplateResult {
  const { localize, share, fullScreen, pictureInPicture } = options;
  return html`<div class="stack">
    <h2 id="more-title" tabindex="-1">${localize.t('call.more-title')}</h2>
    ${deviceTemplate('camera', options)} ${deviceTemplate('microphone', options)} ${speakerTemplate(options)}
    <div class="extras wide">
      ${extraTemplate(share, share.isOn ? monitorOffIcon() : monitorUpIcon(), options, {
        on: 'call.stop-sharing',
        off: 'call.share',
        kind: 'share',
      })}
      ${extraTemplate(fullScreen, fullScreen.isOn ? minimizeIcon() : maximizeIcon(), options, {
        on: 'call.leave-full-screen',
        off: 'call.full-screen',
        kind: 'full-screen',
      })}
      ${extraTemplate(pictureInPicture, pictureInPicture2Icon(), options, {
        on: 'call.leave-picture-in-picture',
        off: 'call.picture-in-picture',
        kind: null,
      })}
    </div>
    ${measuredTemplate(options.call, localize)} ${options.shortcuts ? keysTemplate(options) : nothing}
    <button class="button wide" part="close-button" @click=${options.onDone}>${localize.t('action.close')}</button>
  </div>`;
}

function deviceTemplate(kind: 'camera' | 'microphone', options: MoreOptions): TemplateResult {
  const { call, settings, localize } = options;
  const devices = settings.list.filter((device) => device.kind === kind);
  if (devices.length === 0) return html`<p class="muted">${localize.t(`call.none-found-${kind}`)}</p>`;
  // One that is off is only chosen; one that is on is what is in use, whatever was chosen.
  const chosen = call[kind] === 'on' ? call.using[kind] : settings.choice[kind];
  return selectTemplate(kind, devices, chosen ?? settings.choice[kind] ?? '', options);
}

function speakerTemplate(options: MoreOptions): TemplateResult {
  const { settings, localize, speakerFailed } = options;
  if (!settings.can.chooseSpeaker) return html`<p class="muted">${localize.t('call.speaker-elsewhere')}</p>`;
  const devices = settings.list.filter(({ kind }) => kind === 'speaker');
  // The browser's own entry for it has an id of its own.
  const hasDefault = devices.some(({ id }) => id === '' || id === 'default');
  const usual = { id: '', kind: 'speaker', label: localize.t('call.speaker-by-default') } as const;
  const all = hasDefault ? devices : [usual, ...devices];
  return html`${selectTemplate('speaker', all, settings.choice.speaker ?? all[0]?.id ?? '', options)}
  ${speakerFailed ? html`<p class="small" role="alert">${localize.t('call.speaker-failed')}</p>` : nothing}`;
}

function selectTemplate(
  kind: DeviceKind,
  devices: readonly Device[],
  chosen: string,
  { localize, onChoose }: MoreOptions,
): TemplateResult {
  const value = devices.some(({ id }) => id === chosen) ? chosen : (devices[0]?.id ?? '');
  const onChange = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) onChoose(kind, event.target.value);
  };
  return html`<label class="device wide">
    <span>${localize.t(`call.choose-${kind}`)}</span>
    <select part="device" name=${kind} dir="auto" .value=${live(value)} @change=${onChange}>
      ${devices.map(
        ({ id, label }, index) =>
          html`<option value=${id} ?selected=${id === value}>
            ${label || localize.t(`call.unnamed-${kind}`, index + 1)}
          </option>`,
      )}
    </select>
  </label>`;
}

function extraTemplate(
  extra: Extra,
  icon: TemplateResult,
  { localize, shortcuts, onDone }: MoreOptions,
  words: {
    readonly on: 'call.stop-sharing' | 'call.leave-full-screen' | 'call.leave-picture-in-picture';
    readonly off: 'call.share' | 'call.full-screen' | 'call.picture-in-picture';
    readonly kind: ShortcutAction | null;
  },
): TemplateResult | typeof nothing {
  if (!extra.isOffered) return nothing;
  const onClick = (): void => {
    onDone();
    extra.toggle();
  };
  return html`<button
    class="button ${words.kind ?? ''}"
    part="extra"
    aria-keyshortcuts=${shortcuts && words.kind !== null ? SHORTCUTS[words.kind] : nothing}
    @click=${onClick}
  >
    ${icon} ${localize.t(extra.isOn ? words.on : words.off)}
  </button>`;
}

function keysTemplate({ localize, share, fullScreen }: MoreOptions): TemplateResult {
  const keys = [
    [SHORTCUTS.microphone, 'call.microphone'],
    [SHORTCUTS.camera, 'call.camera'],
    ...(share.isOffered ? [[SHORTCUTS.share, 'call.share'] as const] : []),
    ...(fullScreen.isOffered ? [[SHORTCUTS['full-screen'], 'call.full-screen'] as const] : []),
    [SHORTCUTS.more, 'call.more'],
  ] as const;
  return html`<section class="wide" part="shortcuts" aria-labelledby="keys-title">
    <h3 id="keys-title">${localize.t('call.shortcuts')}</h3>
    <dl class="facts keys">
      ${keys.map(
        ([key, name]) =>
          html`<dt><kbd>${key.toUpperCase()}</kbd></dt>
            <dd>${localize.t(name)}</dd>`,
      )}
    </dl>
    <p class="muted small">${localize.t('call.shortcuts-help')}</p>
  </section>`;
}
