import type { CallView, SessionError } from '@active-session/core';
import { errorWords, kindOf } from '../shared/error-words.js';
import type { Localize } from '../shared/localize.controller.js';

/** What this person last asked of their devices on this page. */
export type DeviceWish = 'microphone' | 'camera' | 'screen';

/** A device that was asked for and can't be had. */
export interface DeviceProblem {
  readonly text: string;
  /** What can be tried again; null where that is not known. */
  readonly device: 'microphone' | 'camera' | null;
}

/** In words, what `devicesError` says; null where there is nothing to tell. */
export function deviceProblem(call: CallView, wish: DeviceWish | null, localize: Localize): DeviceProblem | null {
  const { devicesError: error } = call;
  if (error === null) return null;
  const device = kindOf(error) ?? refusedKind(error, call) ?? wish;
  if (device === 'screen') return screenProblem(error, localize);
  const { title, help } = errorWords(error, localize);
  return { text: `${title} ${help}`.trim(), device };
}

/** Somebody who chose no screen knows that. */
function screenProblem({ code }: SessionError, localize: Localize): DeviceProblem | null {
  return code === 'devices-dismissed' ? null : { text: localize.t('call.share-failed'), device: null };
}

function refusedKind(error: SessionError, { refused }: CallView): 'microphone' | 'camera' | null {
  return (['microphone', 'camera'] as const).find((kind) => refused[kind] === error) ?? null;
}
