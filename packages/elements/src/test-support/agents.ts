import type { Agent, Browser, System } from '../shared/browser.js';

/** A browser as it names itself, and what it is. */
export interface KnownAgent extends Agent {
  readonly name: string;
  readonly browser: Browser;
  readonly system: System;
  readonly app: string | null;
}

const known = (
  name: string,
  [browser, system, app]: readonly [Browser, System, (string | null)?],
  userAgent: string,
  more: Partial<Agent> = {},
): KnownAgent => ({ name, browser, system, app: app ?? null, userAgent, ...more });

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)';
const PIXEL = 'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A.240905.003; wv)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';

/** Real browsers, as they name themselves. */
export const BROWSERS = {
  chromeWindows: known(
    'Chrome on Windows',
    ['chrome', 'windows'],
    `${WINDOWS} ${CHROME} Chrome/131.0.0.0 Safari/537.36`,
  ),
  chromeMac: known('Chrome on macOS', ['chrome', 'macos'], `${MAC} ${CHROME} Chrome/112.0.0.0 Safari/537.36`),
  chromeLinux: known(
    'Chrome on Linux',
    ['chrome', 'other'],
    `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Chrome/111.0.0.0 Safari/537.36`,
  ),
  chromebook: known(
    'Chrome on a Chromebook with a touch screen',
    ['chrome', 'other'],
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Chrome/111.0.0.0 Safari/537.36`,
    { maxTouchPoints: 10 },
  ),
  edge: known('Edge', ['chrome', 'windows'], `${WINDOWS} ${CHROME} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51`),
  opera: known(
    'Opera',
    ['chrome', 'windows'],
    `${WINDOWS} ${CHROME} Chrome/73.0.3683.103 Safari/537.36 OPR/60.0.3255.50747`,
  ),
  chromeAndroid: known(
    'Chrome on Android',
    ['chrome-android', 'android'],
    `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Chrome/121.0.0.0 Mobile Safari/537.36`,
    { maxTouchPoints: 5 },
  ),
  samsung: known(
    'Samsung Internet',
    ['chrome-android', 'android'],
    `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36`,
  ),
  firefox: known(
    'Firefox on Windows',
    ['firefox', 'windows'],
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0',
  ),
  firefoxMac: known(
    'Firefox on macOS',
    ['firefox', 'macos'],
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0',
  ),
  firefoxAndroid: known(
    'Firefox on Android',
    ['firefox-android', 'android'],
    'Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0',
  ),
  safari: known('Safari on macOS', ['safari', 'macos'], `${MAC} ${WEBKIT} Version/18.1 Safari/605.1.15`),
  safariPhone: known(
    'Safari on an iPhone',
    ['safari-ios', 'ios'],
    `${IPHONE} ${WEBKIT} Version/18.1 Mobile/15E148 Safari/604.1`,
    { maxTouchPoints: 5 },
  ),
  safariPad: known('Safari on an iPad', ['safari-ios', 'ios'], `${MAC} ${WEBKIT} Version/18.1 Safari/605.1.15`, {
    maxTouchPoints: 5,
  }),
  homeScreen: known('a page on the home screen', ['safari-ios', 'ios'], `${IPHONE} ${WEBKIT} Mobile/15E148`, {
    maxTouchPoints: 5,
    standalone: true,
  }),
  chromePhone: known(
    'Chrome on an iPhone',
    ['other-ios', 'ios'],
    `${IPHONE} ${WEBKIT} CriOS/130.0.6723.90 Mobile/15E148 Safari/604.1`,
  ),
  firefoxPhone: known(
    'Firefox on an iPhone',
    ['other-ios', 'ios'],
    `${IPHONE} ${WEBKIT} FxiOS/130.1  Mobile/15E148 Safari/605.1.15`,
  ),
  edgePhone: known(
    'Edge on an iPhone',
    ['other-ios', 'ios'],
    `${IPHONE} ${WEBKIT} EdgiOS/128.0.2739.82 Version/18.0 Mobile/15E148 Safari/604.1`,
  ),
  ladybird: known('Ladybird', ['other', 'other'], 'Mozilla/5.0 (Linux; x86_64) Ladybird/1.0'),
} as const satisfies Record<string, KnownAgent>;

/** Pages inside apps, as their browsers name themselves. */
export const APPS = {
  facebookPhone: known(
    'Facebook on an iPhone',
    ['safari-ios', 'ios', 'Facebook'],
    `${IPHONE} ${WEBKIT} Mobile/22B83 [FBAN/FBIOS;FBAV/488.0.0.68.101;FBBV/658219612;FBDV/iPhone12,8;FBMD/iPhone;FBSN/iOS;FBSV/18.1;FBSS/2;FBID/phone;FBLC/en_US;FBOP/5;FBRV/0;IABMV/1]`,
  ),
  facebookNew: known(
    'a newer Facebook on an iPhone',
    ['safari-ios', 'ios', 'Facebook'],
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) ${WEBKIT} Mobile/22G100 Safari/604.1 MetaIAB Facebook`,
  ),
  facebookAndroid: known(
    'Facebook on Android',
    ['chrome-android', 'android', 'Facebook'],
    `${PIXEL} ${CHROME} Version/4.0 Chrome/130.0.6723.83 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/488.0.0.62.79;IABMV/1;]`,
  ),
  messengerPhone: known(
    'Messenger on an iPhone',
    ['safari-ios', 'ios', 'Messenger'],
    'Mozilla/5.0 (iPhone; CPU iPhone OS 10_2_1 like Mac OS X) AppleWebKit/602.4.6 (KHTML, like Gecko) Mobile/14D27 [FBAN/MessengerForiOS;FBAV/117.0.0.36.70;FBBV/57539258;FBDV/iPhone7,2;FBMD/iPhone;FBSN/iOS;FBSV/10.2.1;FBSS/2;FBID/phone;FBLC/zh_TW;FBOP/5;FBRV/0]',
  ),
  instagramPhone: known(
    'Instagram on an iPhone',
    ['safari-ios', 'ios', 'Instagram'],
    `${IPHONE} ${WEBKIT} Mobile/22B83 Instagram 354.0.0.29.90 (iPhone12,8; iOS 18_1; en_US; en; scale=2.00; 750x1334; 654111336; IABMV/1)`,
  ),
  instagramAndroid: known(
    'Instagram on Android',
    ['chrome-android', 'android', 'Instagram'],
    `${PIXEL} ${CHROME} Version/4.0 Chrome/130.0.6723.58 Mobile Safari/537.36 Instagram 355.1.0.44.103 Android (34/14; 420dpi; 1080x2205; Google/google; Pixel 8; shiba; shiba; en_US; 658190016)`,
  ),
  threads: known(
    'Threads on Android',
    ['chrome-android', 'android', 'Threads'],
    `${PIXEL} ${CHROME} Version/4.0 Chrome/130.0.6723.58 Mobile Safari/537.36 Barcelona 355.0.0.39.109 Android (34/14; 420dpi; 1080x2205; Google/google; Pixel 8; shiba; shiba; en_US; 657318936)`,
  ),
  linePhone: known(
    'LINE on an iPhone',
    ['safari-ios', 'ios', 'LINE'],
    'Mozilla/5.0 (iPhone; CPU iPhone OS 11_2_6 like Mac OS X) AppleWebKit/604.5.6 (KHTML, like Gecko) Mobile/15D100 Safari Line/8.4.1',
  ),
  lineAndroid: known(
    'LINE on Android',
    ['chrome-android', 'android', 'LINE'],
    'Mozilla/5.0 (Linux; Android 5.0; ASUS_Z00AD Build/LRX21V; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/51.0.2704.81 Mobile Safari/537.36 Line/6.5.1/IAB',
  ),
  tiktokPhone: known(
    'TikTok on an iPhone',
    ['safari-ios', 'ios', 'TikTok'],
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_3_1 like Mac OS X) ${WEBKIT} Mobile/15E148 BytedanceWebview/d8a21c6 musical_ly_33.2.1 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/US`,
  ),
  tiktokNew: known(
    'a newer TikTok on an iPhone',
    ['safari-ios', 'ios', 'TikTok'],
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) ${WEBKIT} Mobile/15E148 Safari/604.1 musical_ly_41.9.0`,
  ),
  google: known(
    'the Google app, which Gmail opens links with',
    ['safari-ios', 'ios', 'Google'],
    `${IPHONE} ${WEBKIT} GSA/334.0.674067880 Mobile/15E148 Safari/604.1`,
  ),
  wechat: known(
    'WeChat on an iPhone',
    ['safari-ios', 'ios', 'WeChat'],
    'Mozilla/5.0 (iPhone; CPU iPhone OS 10_2_1 like Mac OS X) AppleWebKit/602.4.6 (KHTML, like Gecko) Mobile/14D27 MicroMessenger/6.5.8 NetType/WIFI Language/zh_CN',
  ),
  snapchat: known(
    'Snapchat on an iPhone',
    ['safari-ios', 'ios', 'Snapchat'],
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_3_1 like Mac OS X) ${WEBKIT} Version/17.3.1 Mobile/15E148 Snapchat/12.72.0.39 (like Safari/8617.2.4.10.8, panda)`,
  ),
  linkedin: known(
    'LinkedIn on an iPhone',
    ['safari-ios', 'ios', 'LinkedIn'],
    `${IPHONE} ${WEBKIT} Mobile/15E148 [LinkedInApp]/9.30.1753`,
  ),
  x: known(
    'X on an iPhone',
    ['safari-ios', 'ios', 'X'],
    'Mozilla/5.0 (iPhone; CPU iPhone OS 10_2_1 like Mac OS X) AppleWebKit/602.3.12 (KHTML, like Gecko) Mobile/14D27 Twitter for iPhone',
  ),
  whatsapp: known(
    'WhatsApp on Android',
    ['chrome-android', 'android', 'WhatsApp'],
    `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Chrome/141.0.7390.124 Mobile Safari/537.36 [WA4A/2.25.32.75;]`,
  ),
  yahooJapan: known(
    'Yahoo! Japan on an iPad',
    ['safari-ios', 'ios', 'Yahoo'],
    `Mozilla/5.0 (iPad; CPU OS 18_1_1 like Mac OS X) ${WEBKIT} Mobile/15E148 YJApp-IOS jp.co.yahoo.ipn.appli/4.131.0`,
  ),
  nameless: known(
    'an app on Android that nobody knows',
    ['chrome-android', 'android', ''],
    'Mozilla/5.0 (Linux; Android 13; SH-M20 Build/TKQ1.220915.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/132.0.6834.163 Mobile Safari/537.36',
  ),
  namelessPhone: known(
    'an app on iOS that nobody knows',
    ['safari-ios', 'ios', ''],
    `${IPHONE} ${WEBKIT} Mobile/15E148`,
  ),
} as const satisfies Record<string, KnownAgent>;

/** From now on this browser calls itself another one, until what is given back is called. */
export function pretendToBe({ userAgent, maxTouchPoints = 0, standalone }: Agent): () => void {
  const pretended = { userAgent, maxTouchPoints, standalone };
  for (const [key, value] of Object.entries(pretended)) {
    Object.defineProperty(navigator, key, { configurable: true, get: () => value });
  }
  return () => {
    for (const key of Object.keys(pretended)) Reflect.deleteProperty(navigator, key);
  };
}
