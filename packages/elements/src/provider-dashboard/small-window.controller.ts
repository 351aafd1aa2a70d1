import { nothing, render, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { adoptSheets } from '../shared/adopt-sheets.js';
import { controls } from '../shared/controls.styles.js';
import { tokens } from '../shared/tokens.styles.js';
import { smallWindowStyles } from './small-window.styles.js';

/** https://wicg.github.io/document-picture-in-picture/: in no browser's types yet. */
interface PictureInPictureOfDocuments {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

type Host = ReactiveControllerHost & HTMLElement;

/**
 * A small window of the page that stays above all others, where the browser has that: for who looks into another program
 * while talking. It goes with its page, and with its host.
 */
export class SmallWindow implements ReactiveController {
  readonly #host: Host;
  #window: Window | null = null;
  #root: ShadowRoot | null = null;
  #isWanted = false;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** A page inside of another one may not open it. */
  get isOffered(): boolean {
    return api() !== null && window.top === window;
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Needs a press of a button. Does nothing where the browser says no. */
  async open(title: string): Promise<void> {
    if (this.#isWanted || this.isOpen) return;
    this.#isWanted = true;
    const opened = await api()
      ?.requestWindow({ width: 380, height: 640 })
      .catch(() => null);
    this.#isWanted = false;
    if (!opened) return;
    if (!this.#host.isConnected) {
      opened.close();
      return;
    }
    this.#window = opened;
    opened.document.title = title;
    this.#root = opened.document.body.attachShadow({ mode: 'open' });
    adoptSheets(this.#root, [...tokens, controls, smallWindowStyles]);
    opened.addEventListener('pagehide', this.#onGone, { once: true });
    this.#host.requestUpdate();
  }

  close(): void {
    this.#window?.close();
    this.#onGone();
  }

  /** What is to be seen in it, in the language and the colours of the place where its host stands. */
  show(template: TemplateResult, language: string): void {
    if (this.#window === null || this.#root === null) return;
    const { documentElement } = this.#window.document;
    const look = getComputedStyle(this.#host);
    documentElement.lang = language;
    documentElement.dir = look.direction;
    documentElement.style.colorScheme = look.colorScheme;
    documentElement.style.font = look.font;
    for (const name of tokenNames()) documentElement.style.setProperty(name, look.getPropertyValue(name));
    render(template, this.#root);
  }

  hostDisconnected(): void {
    this.close();
  }

  readonly #onGone = (): void => {
    if (this.#root === null) return;
    // What stands in it stops to listen, wherever the window goes.
    render(nothing, this.#root);
    this.#root = null;
    this.#window = null;
    this.#host.requestUpdate();
  };
}

function api(): PictureInPictureOfDocuments | null {
  const found: unknown = Reflect.get(window, 'documentPictureInPicture');
  return isApi(found) ? found : null;
}

function isApi(found: unknown): found is PictureInPictureOfDocuments {
  return typeof found === 'object' && found !== null && 'requestWindow' in found;
}

/** The tokens that a portal can set, as the styles name them. */
function tokenNames(): readonly string[] {
  const css = tokens.map(({ cssText }) => cssText).join('\n');
  return [...new Set(Array.from(css.matchAll(/--as-[\w-]+/g), ([name]) => name))];
}
