import { html, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';

/** The notes of the session that is chosen, or what was before. */
export type Tab = 'session' | 'earlier';
const TABS: readonly Tab[] = ['session', 'earlier'];

export interface TabsOptions {
  readonly localize: Localize;
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
}

/** One stop for the Tab key; the arrow keys go from one to the other. */
export function tabsTemplate({ localize, tab, onTab }: TabsOptions): TemplateResult {
  return html`<div class="tabs" role="tablist" aria-label=${localize.t('dashboard.notes')} @keydown=${onKey}>
    ${TABS.map(
      (one) =>
        html`<button
          class="button"
          part="tab"
          role="tab"
          id=${`tab-${one}`}
          aria-controls="panel"
          aria-selected=${one === tab ? 'true' : 'false'}
          tabindex=${one === tab ? 0 : -1}
          @click=${() => onTab(one)}
        >
          ${localize.t(`dashboard.${one}`)}
        </button>`,
    )}
  </div>`;

  /** Two tabs: from either one every arrow leads to the other. */
  function onKey(event: KeyboardEvent): void {
    const list = event.currentTarget;
    const wanted = reached(event.key);
    if (wanted === undefined || !(list instanceof HTMLElement)) return;
    event.preventDefault();
    onTab(wanted);
    list.querySelector<HTMLElement>(`#tab-${wanted}`)?.focus();
  }

  function reached(key: string): Tab | undefined {
    if (key === 'Home') return TABS[0];
    if (key === 'End') return TABS.at(-1);
    return key === 'ArrowLeft' || key === 'ArrowRight' ? TABS.find((one) => one !== tab) : undefined;
  }
}
