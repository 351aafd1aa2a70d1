import type { Device, DeviceCheckView, DeviceKind, DeviceSettingsView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Localize } from '../shared/localize.controller.js';

export interface ChoiceOptions {
  readonly localize: Localize;
  readonly view: DeviceCheckView;
  readonly devices: DeviceSettingsView;
  readonly onChoose: (kind: DeviceKind, id: string) => void;
}

/** Chromium lists what the system uses twice more, under names of its own. Of these, only "the usual one" is a choice. */
const USUAL = 'default';
const PSEUDO: readonly string[] = [USUAL, 'communications'];

/** Where there is something to choose: a choice that is kept for next time. */
export function choiceTemplate(kind: DeviceKind, options: ChoiceOptions): TemplateResult | typeof nothing {
  const { localize, devices } = options;
  if (kind === 'speaker' && !devices.can.chooseSpeaker) return nothing;
  const found = choicesOf(kind, devices.list);
  if (found.filter(({ id }) => !PSEUDO.includes(id)).length < 2) return nothing;
  const chosen = chosenOf(kind, options);
  const hasUsual = kind !== 'speaker' || found.some(({ id }) => id === USUAL);
  const onChange = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) options.onChoose(kind, target.value);
  };
  return html`<label class="choice">
    <span>${localize.t(`check.choose-${kind}`)}</span>
    <select part="choice" name=${kind} @change=${onChange}>
      ${
        hasUsual
          ? nothing
          : html`<option value="" .selected=${live(!found.some(({ id }) => id === chosen))}>
              ${localize.t('check.usual-speaker')}
            </option>`
      }
      ${found.map(
        ({ id, label }, index) =>
          html`<option value=${id} dir="auto" .selected=${live(id === chosen)}>
            ${label === '' ? localize.t(`check.nameless-${kind}`, index + 1) : label}
          </option>`,
      )}
    </select>
  </label>`;
}

function choicesOf(kind: DeviceKind, list: readonly Device[]): readonly Device[] {
  return list.filter((device) => device.kind === kind && device.id !== '' && device.id !== 'communications');
}

/** What is in use, which is not always what was chosen: that one may be gone, or could not be had. */
function chosenOf(kind: DeviceKind, { view, devices }: ChoiceOptions): string {
  const wanted = devices.choice[kind];
  if (kind === 'speaker') return wanted ?? USUAL;
  const using = view.using[kind];
  // Where the usual one was chosen, the browser names the one that this is now.
  return wanted === USUAL ? wanted : (using ?? wanted ?? '');
}
