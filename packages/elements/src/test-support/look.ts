/** What a person could not read, press or find, in every element below a place of the page. */

const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';
/** The least size of what can be pressed, in CSS pixels; half a pixel is rounding. */
const TARGET = 43.5;

/** Everything in the shadow roots below; what the page itself has is the portal's. */
export function insideOf(place: Element): readonly HTMLElement[] {
  return [...place.querySelectorAll('*')].flatMap((element) =>
    element.shadowRoot === null ? [] : [...own(element.shadowRoot)],
  );
}

function own(root: ShadowRoot): readonly HTMLElement[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    if (!(element instanceof HTMLElement)) return [];
    return element.shadowRoot === null ? [element] : [element, ...own(element.shadowRoot)];
  });
}

function isVisible(element: HTMLElement): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
}

function isFocusable(element: HTMLElement): boolean {
  return element.matches(FOCUSABLE) && element.tabIndex >= 0 && !element.matches(':disabled') && isVisible(element);
}

/** The place that is to be pressed: of a radio button, say, the whole label. */
function targetOf(element: HTMLElement): HTMLElement {
  const label = element instanceof HTMLInputElement ? element.closest('label') : null;
  return label ?? element;
}

export function nameOf(element: HTMLElement): string {
  const words = element.getAttribute('aria-label') ?? element.textContent.trim().replaceAll(/\s+/g, ' ');
  const host = element.getRootNode();
  const tag = host instanceof ShadowRoot ? host.host.localName : 'page';
  return `<${tag}> ${element.localName}.${element.className} “${words.slice(0, 40)}”`;
}

/** What can be pressed and is too small. A link in a sentence is as high as its line. */
export function smallTargets(place: Element): readonly string[] {
  return insideOf(place)
    .filter((element) => isFocusable(element) && !isInSentence(element))
    .filter((element) => {
      const { width, height } = targetOf(element).getBoundingClientRect();
      return Math.min(width, height) < TARGET;
    })
    .map((element) => `small: ${nameOf(element)}`);
}

function isInSentence(element: HTMLElement): boolean {
  return element.localName === 'a' && getComputedStyle(element).display === 'inline';
}

/** What sticks out of its element, or is cut off, sideways. */
export function stickingOut(place: Element): readonly string[] {
  return insideOf(place)
    .filter((element) => isVisible(element) && !isScrolledAside(element) && (isLeaf(element) || isFocusable(element)))
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      const room = roomOf(element).getBoundingClientRect();
      return left < room.left - 1 || right > room.right + 1;
    })
    .map((element) => `sticks out: ${nameOf(element)}`);
}

function isLeaf(element: HTMLElement): boolean {
  return [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
}

/** The dialog that it stands in, else the element of ours that stands in the page itself. */
function roomOf(element: HTMLElement): Element {
  let at: Element = element;
  for (let next: Element | null = element; next !== null; next = parentOf(next)) {
    if (next instanceof HTMLDialogElement) return next;
    if (next.getRootNode() === document) return next;
    at = next;
  }
  return at;
}

function isScrolledAside(element: HTMLElement): boolean {
  for (let at: Element | null = element; at !== null; at = parentOf(at)) {
    if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true;
    if (at.classList.contains('visually-hidden')) return true;
  }
  return false;
}

function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** What can have the focus and does not show it. */
export function withoutRing(place: Element): readonly string[] {
  const before = document.activeElement;
  const faults = insideOf(place)
    .filter(isFocusable)
    .filter((element) => {
      element.focus();
      // It is gone, or something took the focus from it: another look at it is another state.
      if (!isVisible(element) || !element.matches(':focus')) return false;
      return !showsRing(element);
    })
    .map((element) => `no focus ring: ${nameOf(element)}`);
  if (before instanceof HTMLElement) before.focus();
  return faults;
}

function showsRing(element: HTMLElement): boolean {
  const places = [element, targetOf(element), element.parentElement ?? element];
  const hasOutline = places.some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  return hasOutline || parseFloat(getComputedStyle(element, '::after').borderTopWidth) >= 2;
}

/** With forced colours a ground says nothing: what can be pressed has an edge, or is underlined as a link is. */
export function edgeless(place: Element): readonly string[] {
  return insideOf(place)
    .filter((element) => isFocusable(element) && element.matches('button, select, textarea, input, a'))
    .filter((element) => {
      const field = element.matches('input') ? element.parentElement : null;
      const marks = [element, targetOf(element), field ?? element, ...element.querySelectorAll('.round, .icon')];
      return !marks.some((one) => {
        const { borderTopStyle, borderTopWidth, textDecorationLine } = getComputedStyle(one);
        return (borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1) || textDecorationLine === 'underline';
      });
    })
    .map((element) => `no edge: ${nameOf(element)}`);
}

/** What moves by itself. */
export function moving(place: Element): readonly string[] {
  const inside = new Set<Element | null>(insideOf(place));
  return document
    .getAnimations()
    .filter(
      ({ playState, effect }) =>
        playState === 'running' && effect instanceof KeyframeEffect && inside.has(effect.target),
    )
    .map(({ effect }) => `moves: ${effect instanceof KeyframeEffect ? (effect.target?.className ?? '') : ''}`);
}
