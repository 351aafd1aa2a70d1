import type { SessionClient } from '@active-session/core';
import { ContextProvider } from '@lit/context';
import { css, html, LitElement, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { clientContext } from '../shared/client-context.js';
import { defineElement } from '../shared/define-element.js';

/**
 * Hands one client to every element below it, by the context protocol.
 *
 * @tag session-scope
 * @slot - The part of the page that shares the client.
 */
export class SessionScope extends LitElement {
  static override styles: CSSResultGroup = css`
    :host {
      display: contents;
    }
  `;

  /** The client to hand out. It is the page's: taking the scope away closes nothing. */
  @property({ attribute: false }) client: SessionClient | undefined = undefined;

  readonly #provider = new ContextProvider(this, { context: clientContext });

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('session-scope', SessionScope, registry);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#provider.setValue(this.client);
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'session-scope': SessionScope;
  }
}
