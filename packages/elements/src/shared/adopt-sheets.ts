import { adoptStyles, CSSResult, type CSSResultOrNative } from 'lit';

/** A style sheet that a script made belongs to one window. */
const copies = new WeakMap<Window, Map<CSSResult, CSSStyleSheet>>();

/** Gives a shadow root its styles, in whichever window it is: a small window of the page is another one. */
export function adoptSheets(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const view = root.ownerDocument.defaultView;
  if (view === null || view === window) {
    adoptStyles(root, [...styles]);
    return;
  }
  root.adoptedStyleSheets = styles.flatMap((style) => (style instanceof CSSResult ? copyOf(style, view) : []));
}

/** The same sheet for another window. */
export function copyOf(style: CSSResult, view: Window): CSSStyleSheet {
  const known = copies.get(view) ?? new Map<CSSResult, CSSStyleSheet>();
  copies.set(view, known);
  const copy = known.get(style) ?? new (view as Window & typeof globalThis).CSSStyleSheet();
  if (!known.has(style)) copy.replaceSync(style.cssText);
  known.set(style, copy);
  return copy;
}
