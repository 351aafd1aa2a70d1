import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findTool } from '../../scripts/lib/system.mjs';
import { countArrived, recordCall, type Counted } from './net/recorder.js';

const WITHIN = 60_000;

/** A person in Firefox, with a camera that always exists and is always allowed. */
export class FirefoxPerson {
  readonly page: Page;
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static async start(): Promise<FirefoxPerson> {
    const executablePath = findTool('firefox-esr');
    if (executablePath === undefined) throw new Error('There is no firefox-esr here: pnpm setup:system');
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
        'media.peerconnection.ice.obfuscate_host_addresses': false,
        'media.peerconnection.ice.loopback': true,
        'media.autoplay.default': 0,
      },
    });
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(recordCall);
    return new FirefoxPerson(browser, page);
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address, { waitUntil: 'domcontentloaded', timeout: WITHIN });
  }

  /** Presses what has this role and a name that matches, when it is there, through all shadow roots. */
  async press(role: 'button' | 'tab', name: string): Promise<void> {
    await this.page.waitForFunction(pressIn, { timeout: WITHIN, polling: 100 }, role, name);
  }

  /** Waits until this text is to be seen. */
  async sees(text: string): Promise<void> {
    await this.page.waitForFunction(isSeen, { timeout: WITHIN, polling: 100 }, text);
  }

  arrived(): Promise<Counted> {
    return this.page.evaluate(countArrived);
  }

  async end(): Promise<void> {
    await this.#browser.close();
  }
}

/** Runs in the page. */
function pressIn(role: string, name: string): boolean {
  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot === null ? [] : all(element.shadowRoot)),
    ]);
  const found = all(document).find(
    (element): element is HTMLElement =>
      element instanceof HTMLElement &&
      (role === 'button' ? element.localName === 'button' : element.role === role) &&
      element.checkVisibility() &&
      element.ariaDisabled !== 'true' &&
      (element.ariaLabel ?? element.textContent).trim().includes(name),
  );
  found?.click();
  return found !== undefined;
}

/** Runs in the page. */
function isSeen(text: string): boolean {
  const has = (root: ParentNode): boolean =>
    [...root.querySelectorAll<HTMLElement>('*')].some(
      (element) =>
        (element.shadowRoot !== null && has(element.shadowRoot)) ||
        (element.checkVisibility() &&
          element.textContent.replaceAll(/[\u2066-\u2069]/g, '').includes(text) &&
          element.childElementCount < 4),
    );
  return has(document);
}
