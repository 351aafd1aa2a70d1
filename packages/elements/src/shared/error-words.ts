import type { SessionError } from '@active-session/core';
import type { Localize } from './localize.controller.js';
import type { MessageKey } from './messages.js';
import { messagesEn } from './messages.en.js';

export interface ErrorWords {
  readonly title: string;
  /** What to do; empty where there is nothing to say. */
  readonly help: string;
}

/** What went wrong and what to do, in words. Never the code, never the message for developers. */
export function errorWords(error: SessionError | null, localize: Localize): ErrorWords {
  const code = error?.code ?? 'unknown';
  if (code === 'devices-denied') return { title: localize.t('error.devices-denied'), help: localize.t(allowKey()) };
  const help = `help.${code}`;
  return { title: localize.t(`error.${code}`), help: hasWords(help) ? localize.t(help) : '' };
}

/** Whether the person's devices are the reason: going on without one of them can help then. */
export function isDeviceError(error: SessionError | null): boolean {
  return error?.code.startsWith('devices-') ?? false;
}

type HelpKey = Extract<MessageKey, `help.${string}`>;

function hasWords(key: string): key is HelpKey {
  return Object.hasOwn(messagesEn, key);
}

/** How to allow devices differs by browser and can't be found out but by its name. */
function allowKey(): HelpKey {
  const agent = navigator.userAgent;
  if (/iPhone|iPad/.test(agent)) return 'help.allow-ios';
  if (agent.includes('Firefox/')) return 'help.allow-firefox';
  if (agent.includes('Safari/') && !/Chrom(e|ium)\//.test(agent)) return 'help.allow-safari';
  return 'help.allow-chrome';
}
