import type { DeviceCheckView } from '@active-session/core';
import { deviceWords, errorWords, type ErrorWords } from '../shared/error-words.js';
import type { Localize } from '../shared/localize.controller.js';
import { networkSentence } from './network-part.js';

/** What has just been found out. */
export interface News {
  readonly text: string;
  /** Where it stands, if it is a failure: after a gesture the focus goes there, and nothing has to be said. */
  readonly failure?: string;
}

/** What a person who does not see the page is told, when one view follows another; null for nothing. */
export function newsOf(before: DeviceCheckView, view: DeviceCheckView, localize: Localize): News | null {
  return (
    devicesNews(before, view, localize) ?? changeNews(before, view, localize) ?? networkNews(before, view, localize)
  );
}

function devicesNews(before: DeviceCheckView, view: DeviceCheckView, localize: Localize): News | null {
  if (view.state === 'asking') {
    return before.state === 'asking' ? null : { text: localize.t('check.opening-help') };
  }
  if (view.state === 'refused') {
    if (before.state === 'refused' || view.error === null) return null;
    return { text: sentences(deviceWords(view.error, localize)), failure: 'all-refused' };
  }
  if (view.state !== 'open') return null;
  for (const kind of ['camera', 'microphone'] as const) {
    const error = view.refused[kind];
    if (error === undefined || (before.state === 'open' && before.refused[kind] === error)) continue;
    return { text: sentences(deviceWords(error, localize)), failure: `${kind}-refused` };
  }
  if (before.state === 'open') return null;
  const { microphone, camera } = view.asked;
  return { text: localize.t(!camera ? 'check.microphone-on' : microphone ? 'check.on' : 'check.camera-on') };
}

function changeNews(before: DeviceCheckView, { changeError }: DeviceCheckView, localize: Localize): News | null {
  if (changeError === null || changeError === before.changeError) return null;
  // The focus stays on what was changed, to change it again.
  return { text: sentences(deviceWords(changeError, localize)) };
}

function networkNews(before: DeviceCheckView, view: DeviceCheckView, localize: Localize): News | null {
  const { network, networkError } = view;
  if (networkError !== null && networkError !== before.networkError) {
    return { text: sentences(errorWords(networkError, localize)), failure: 'network-failed' };
  }
  if (network === before.network || (network !== 'works' && network !== 'testing')) return null;
  return { text: networkSentence({ localize, view }) };
}

function sentences({ title, help }: ErrorWords): string {
  return `${title} ${help}`.trim();
}
