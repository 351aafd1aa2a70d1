import type { SessionClient } from '@active-session/core';
import { fixture } from '@open-wc/testing';
import { html, type LitElement, type TemplateResult } from 'lit';
import { inScope } from './render.js';

type OwnTag = keyof {
  [K in keyof HTMLElementTagNameMap as HTMLElementTagNameMap[K] extends LitElement ? K : never]: K;
};
type Element<K extends OwnTag> = HTMLElementTagNameMap[K];

/** All text of an element as a reader meets it: through its shadow roots, without what is hidden from everybody. */
export function textOf(node: Node): string {
  return collect(node).replaceAll(/\s+/g, ' ').trim();
}

function collect(node: Node): string {
  if (node instanceof Text) return node.data;
  if (node instanceof HTMLStyleElement) return '';
  if (node instanceof HTMLElement && (node.hidden || (node instanceof HTMLDialogElement && !node.open))) return '';
  const children =
    node instanceof HTMLElement && node.shadowRoot !== null ? node.shadowRoot.childNodes : node.childNodes;
  return [...children].map(collect).join(' ');
}

/** Renders an element below a scope with this client, and waits until it and what is inside it have rendered. */
export async function mount<K extends OwnTag>(
  tag: K,
  client: SessionClient,
  content: TemplateResult,
): Promise<Element<K>> {
  const scope = await fixture(inScope(client, html`${content}`));
  const element = scope.querySelector(tag);
  if (element === null) throw new Error(`The page has no <${tag}>.`);
  await settled(element);
  return element;
}

/** Waits until an element and the elements in its shadow root have rendered what they know. */
export async function settled(element: LitElement): Promise<void> {
  await element.updateComplete;
  const inner = [...(element.shadowRoot?.querySelectorAll<LitElement>('*') ?? [])];
  for (const child of inner) if ('updateComplete' in child) await settled(child);
  await element.updateComplete;
}

/** The one element in a shadow root; throws where there is none, or none of this kind. */
export function part(element: HTMLElement, selector: string): HTMLElement;
export function part<T extends HTMLElement>(element: HTMLElement, selector: string, type: abstract new () => T): T;
export function part(
  element: HTMLElement,
  selector: string,
  type: abstract new () => HTMLElement = HTMLElement,
): HTMLElement {
  const found = element.shadowRoot?.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`There is no ${selector} in <${element.localName}>.`);
}

/** The button with this text, in the element or in what is inside it. */
export function buttonNamed(element: HTMLElement, name: string): HTMLButtonElement {
  const found = buttonsIn(element).find((button) => textOf(button).includes(name));
  if (found === undefined) throw new Error(`There is no button “${name}” in <${element.localName}>.`);
  return found;
}

export function buttonsIn(element: HTMLElement): readonly HTMLButtonElement[] {
  const all = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])];
  return all.flatMap((node) =>
    node instanceof HTMLButtonElement ? [node] : node.shadowRoot === null ? [] : buttonsIn(node),
  );
}

/** What the Tab key stops at, in order, by its name: in the element, in what is inside it, and in what is slotted. */
export function tabStops(element: HTMLElement): readonly string[] {
  return stopsIn(element.shadowRoot ?? element).map(nameOf);
}

const STOP = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';

function stopsIn(root: ParentNode): readonly HTMLElement[] {
  return [...root.children].flatMap((node): readonly HTMLElement[] => {
    if (!(node instanceof HTMLElement) || !node.checkVisibility({ visibilityProperty: true })) {
      // A slot has no box of its own.
      if (!(node instanceof HTMLSlotElement)) return [];
    }
    if (node instanceof HTMLSlotElement) {
      return node
        .assignedElements()
        .flatMap((one) => (one instanceof HTMLElement ? [...own(one), ...stopsIn(one)] : []));
    }
    return [...own(node), ...stopsIn(node.shadowRoot ?? node)];
  });
}

function own(node: HTMLElement): readonly HTMLElement[] {
  return node.matches(STOP) ? [node] : [];
}

function nameOf(node: HTMLElement): string {
  return node.getAttribute('aria-label') ?? textOf(node);
}

/** Every text that comes into the element's own live region from now on, as often as it comes. */
export function heard(element: HTMLElement): readonly string[] {
  const region = [...(element.shadowRoot?.children ?? [])].findLast((one) => one.matches('[role=status]'));
  if (region === undefined) throw new Error(`<${element.localName}> has no live region.`);
  const texts: string[] = [];
  new MutationObserver(() => {
    const text = textOf(region);
    if (text !== '') texts.push(text);
  }).observe(region, { childList: true, characterData: true, subtree: true });
  return texts;
}
