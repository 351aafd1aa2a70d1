import type { Person } from './test.js';

/** What a screen reader is told by a page and everything in it, in order. */
export interface Hearing {
  /**
   * All that was said so far. Where the page takes the focus to a sentence, that is read: "→ You can join now.". What the
   * person goes to by themselves does not count.
   */
  readonly said: readonly string[];
}

/** Listens to every live region of this person's pages from their first moment, through all shadow roots. */
export async function listen({ context, page }: Person): Promise<Hearing> {
  const said: string[] = [];
  await context.exposeBinding('tellSaid', (source, text: string) => {
    if (source.page === page) said.push(text);
  });
  await context.addInitScript(watchRegions);
  return { said };
}

/**
 * Runs in the page. A region that changes is read; one that comes with its text is read if it is an alert. What changes
 * several times at once is read as it then stands, and what is hidden is not read.
 */
function watchRegions(): void {
  const LIVE = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
  const { tellSaid } = window as unknown as { tellSaid: (text: string) => void };
  const texts = new WeakMap<Element, string>();
  const regionOf = (node: Node): Element | null =>
    (node instanceof Element ? node : node.parentElement)?.closest(LIVE) ?? null;
  const textOf = (node: Node): string =>
    (node.textContent ?? '')
      .replaceAll(/[\u2066-\u2069]/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
  const isHidden = (region: Element): boolean => !region.checkVisibility({ visibilityProperty: true });
  const read = (region: Element): void => {
    const text = textOf(region);
    if (text === texts.get(region)) return;
    texts.set(region, text);
    if (text !== '' && !isHidden(region)) tellSaid(text);
  };
  const take = (node: Node): void => {
    if (!(node instanceof Element)) return;
    for (const region of [node, ...node.querySelectorAll('*')].filter((one) => one.matches(LIVE))) {
      if (region.matches('[role=alert]')) read(region);
      else texts.set(region, textOf(region));
    }
  };
  const observer = new MutationObserver((changes) => {
    const regions = new Set<Element>();
    for (const { target, addedNodes } of changes) {
      for (const node of addedNodes) take(node);
      const region = regionOf(target);
      if (region !== null) regions.add(region);
    }
    for (const region of regions) read(region);
  });
  const watch = (root: Node): void => observer.observe(root, { childList: true, characterData: true, subtree: true });
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with the element that it is of
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    watch(root);
    return root;
  };
  watch(document);
  document.addEventListener('focusin', (event) => {
    const [place] = event.composedPath();
    if (place instanceof HTMLElement && place.tabIndex === -1 && !place.matches('button'))
      tellSaid(`→ ${place.ariaLabel ?? textOf(place)}`);
  });
}
