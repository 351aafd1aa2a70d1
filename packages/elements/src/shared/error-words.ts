import type { SessionError } from '@active-session/core';
import { surroundings, type Browser, type Surroundings, type System } from './browser.js';
import type { Localize } from './localize.controller.js';
import type { MessageArguments, MessageKey } from './messages.js';
import { messagesEn } from './messages.en.js';

export interface ErrorWords {
  readonly title: string;
  /** What to do; empty where there is nothing to say. */
  readonly help: string;
  /** The browser inside an app is the reason: the page has to be opened in another one. */
  readonly elsewhere: boolean;
}

type Words = Pick<Localize, 't'>;
/** A sentence that needs nothing filled in. */
type PlainKey = { [K in MessageKey]: MessageArguments<K> extends [] ? K : never }[MessageKey];
type HelpKey = Extract<PlainKey, `help.${string}`>;
type Kind = 'camera' | 'microphone';

/** What went wrong and what to do, in words. Never the code, never the message for developers. */
export function errorWords(error: SessionError | null, localize: Words, where = surroundings()): ErrorWords {
  if (error !== null && isDeviceError(error)) return deviceWords(error, localize, where);
  const code = error?.code ?? 'unknown';
  const help = `help.${code}`;
  return { title: localize.t(`error.${code}`), help: hasWords(help) ? localize.t(help) : '', elsewhere: false };
}

/** The same for what opening a camera or a microphone threw, whatever its code. */
export function deviceWords(error: SessionError, localize: Words, where = surroundings()): ErrorWords {
  const { code } = error;
  if (where.app !== null && APP_CODES.has(code)) {
    return { title: localize.t('error.in-app', where.app), help: localize.t(IN_APP[where.system]), elsewhere: true };
  }
  const help = HELP[code]?.(where) ?? 'help.devices-failed';
  return { title: localize.t(titleKey(error)), help: localize.t(help), elsewhere: false };
}

/** Whether the person's devices are the reason: going on without one of them can help then. */
export function isDeviceError(error: SessionError | null): boolean {
  return error?.code.startsWith('devices-') ?? false;
}

/** Of camera and microphone, the one that an error is about; null where it is about both, or does not say. */
export function kindOf({ problems }: SessionError): Kind | null {
  const named = (['camera', 'microphone'] as const).filter((kind) => problems.some(({ path }) => path === kind));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** How to allow devices differs by browser and can't be found out but by its name. */
const ALLOW: Readonly<Record<Browser, HelpKey>> = {
  chrome: 'help.allow-chrome',
  'chrome-android': 'help.allow-chrome-android',
  firefox: 'help.allow-firefox',
  'firefox-android': 'help.allow-firefox-android',
  safari: 'help.allow-safari',
  'safari-ios': 'help.allow-ios',
  'other-ios': 'help.allow-ios-other',
  other: 'help.allow-other',
};

/** The page is allowed, and the system keeps the device from the browser. */
const SYSTEM: Readonly<Record<System, HelpKey>> = {
  windows: 'help.system-windows',
  macos: 'help.system-macos',
  android: 'help.system-android',
  ios: 'help.system-ios',
  other: 'help.system-other',
};

const IN_APP: Readonly<Record<System, HelpKey>> = {
  windows: 'help.in-app',
  macos: 'help.in-app',
  android: 'help.in-app-android',
  ios: 'help.in-app-ios',
  other: 'help.in-app',
};

/** One row a code; a row is a key for each place where something else has to be pressed. */
const HELP: Partial<Record<SessionError['code'], (where: Surroundings) => HelpKey>> = {
  'devices-denied': ({ browser }) => ALLOW[browser],
  'devices-system': ({ system }) => SYSTEM[system],
  'devices-dismissed': () => 'help.devices-dismissed',
  'devices-missing': ({ system }) => (isPhone(system) ? 'help.devices-missing-phone' : 'help.devices-missing'),
  'devices-lost': ({ system }) => (isPhone(system) ? 'help.devices-lost-phone' : 'help.devices-lost'),
  'devices-busy': ({ system }) => (isPhone(system) ? 'help.devices-busy-phone' : 'help.devices-busy'),
  'devices-insecure': () => 'help.devices-insecure',
  'devices-blocked': () => 'help.devices-blocked',
  'devices-failed': ({ system }) => (isPhone(system) ? 'help.devices-failed-phone' : 'help.devices-failed'),
  'not-supported': () => 'help.devices-unsupported',
};

/** What the browser of an app answers that has no camera to give. */
const APP_CODES: ReadonlySet<SessionError['code']> = new Set([
  'devices-denied',
  'devices-dismissed',
  'devices-system',
  'devices-missing',
  'devices-blocked',
  'devices-failed',
  'not-supported',
]);

function titleKey(error: SessionError): PlainKey {
  if (error.code === 'not-supported') return 'error.devices-unsupported';
  const reason = isDeviceError(error) ? error.code.slice('devices-'.length) : 'failed';
  const [own, both] = [`error.${kindOf(error) ?? 'devices'}-${reason}`, `error.devices-${reason}`];
  if (hasWords(own)) return own;
  return hasWords(both) ? both : 'error.devices-failed';
}

function isPhone(system: System): boolean {
  return system === 'android' || system === 'ios';
}

function hasWords(key: string): key is PlainKey {
  return Object.hasOwn(messagesEn, key);
}
