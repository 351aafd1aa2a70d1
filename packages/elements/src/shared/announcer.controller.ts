import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** One polite live region in the host's own root: what is said there is read once by a screen reader. */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #text = '';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#text = '';
  }

  say(text: string): void {
    this.#text = text;
    this.#host.requestUpdate();
  }

  /** Says it also where it was the last thing that was said: another text that reads the same. */
  tell(text: string): void {
    this.say(text !== '' && text === this.#text ? `${text}\u00A0` : text);
  }

  /** The host renders it always, because a region that comes with its text is often not read. */
  get region(): TemplateResult {
    return html`<div class="visually-hidden" role="status">${this.#text}</div>`;
  }
}
