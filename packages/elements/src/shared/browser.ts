/** Families that ask for, and keep, permissions in the same way. `chrome` is Edge, Opera and their like, too. */
export type Browser =
  'chrome' | 'chrome-android' | 'firefox' | 'firefox-android' | 'safari' | 'safari-ios' | 'other-ios' | 'other';

export type System = 'windows' | 'macos' | 'android' | 'ios' | 'other';

/** Where the page is shown, as far as what a person can press there goes. */
export interface Surroundings {
  readonly browser: Browser;
  readonly system: System;
  /** The app whose own browser this is; empty where it is one without a name that people know, null where it is a real browser. */
  readonly app: string | null;
}

/** What a navigator tells of itself. */
export interface Agent {
  readonly userAgent: string;
  readonly maxTouchPoints?: number;
  /** On iOS: started from the home screen. */
  readonly standalone?: boolean;
}

const APPS: readonly (readonly [RegExp, string])[] = [
  [/FBAN\/Messenger|FB_IAB\/MESSENGER/, 'Messenger'],
  [/\bInstagram\b/, 'Instagram'],
  [/\bBarcelona\b/, 'Threads'],
  [/\bFB(?:AN|AV|_IAB|IOS)\b|\bMetaIAB\b/, 'Facebook'],
  [/\bLine\//, 'LINE'],
  [/musical_ly|BytedanceWebview|\bTikTok/i, 'TikTok'],
  [/\bMicroMessenger\//, 'WeChat'],
  [/\bKAKAOTALK\b/i, 'KakaoTalk'],
  [/\bSnapchat\b/, 'Snapchat'],
  [/\bLinkedInApp\b/, 'LinkedIn'],
  [/\bPinterest\b/, 'Pinterest'],
  [/\bTwitter(?: for |Android)/, 'X'],
  [/\bWA(?:4A|iOS)\//, 'WhatsApp'],
  [/\bReddit\//, 'Reddit'],
  [/\bGSA\//, 'Google'],
  [/\bYJApp-/, 'Yahoo'],
];

/**
 * A browser can't be asked where it keeps its permissions, and inside an app it does not say that it is none, so this goes
 * by the names they give themselves.
 */
export function surroundings(agent: Agent = navigator): Surroundings {
  const system = systemOf(agent);
  return { browser: browserOf(agent.userAgent, system), system, app: appOf(agent, system) };
}

function systemOf({ userAgent, maxTouchPoints = 0 }: Agent): System {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  // An iPad says that it is a Mac. No Mac has a touch screen.
  if (userAgent.includes('Macintosh')) return maxTouchPoints > 1 ? 'ios' : 'macos';
  if (userAgent.includes('Android')) return 'android';
  return userAgent.includes('Windows') ? 'windows' : 'other';
}

function browserOf(name: string, system: System): Browser {
  if (system === 'ios')
    return /\b(?:CriOS|FxiOS|EdgiOS|OPT|OPiOS|YaBrowser|DuckDuckGo)\//.test(name) ? 'other-ios' : 'safari-ios';
  if (name.includes('Firefox/')) return system === 'android' ? 'firefox-android' : 'firefox';
  if (/Chrom(?:e|ium)\//.test(name)) return system === 'android' ? 'chrome-android' : 'chrome';
  return system === 'macos' && name.includes('Safari/') ? 'safari' : 'other';
}

function appOf({ userAgent, standalone = false }: Agent, system: System): string | null {
  const known = APPS.find(([pattern]) => pattern.test(userAgent));
  if (known !== undefined) return known[1];
  if (system === 'android' && userAgent.includes('; wv)')) return '';
  return system === 'ios' && !standalone && !userAgent.includes('Safari/') ? '' : null;
}
