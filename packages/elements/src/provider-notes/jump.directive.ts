import type { TemplateResult } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { Reading } from './reading.controller.js';

type Template = (count: number) => TemplateResult;

/** Shows how many new notes are not in view. It renders alone: that changes with every turn of a wheel. */
class Jump extends AsyncDirective {
  #reading: Reading | undefined;
  #template: Template | undefined;
  #stop: (() => void) | undefined;

  render(reading: Reading, template: Template): TemplateResult {
    this.#template = template;
    if (reading !== this.#reading) {
      this.#stop?.();
      this.#reading = reading;
      this.reconnected();
    }
    return template(reading.elsewhere.length);
  }

  override disconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  override reconnected(): void {
    this.#stop ??= this.#reading?.subscribe(() => this.#show());
  }

  #show(): void {
    if (this.#template !== undefined) this.setValue(this.#template(this.#reading?.elsewhere.length ?? 0));
  }
}

export const jump = directive(Jump);
