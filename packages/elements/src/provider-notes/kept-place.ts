/** Where something stands on the screen, and in what it scrolls. */
interface Place {
  readonly node: Element;
  readonly top: number;
  readonly scroller: Element;
}

/**
 * Keeps what is being read where it is while notes come above it. Browsers that do so by themselves do not look into
 * boxes that they may leave out of the layout, and not every browser does.
 */
export class KeptPlace {
  #place: Place | null = null;

  /** Call it before the page changes, with what notes stand in. */
  take(boxes: readonly Element[], host: Element): void {
    this.#place = null;
    if (boxes.length === 0) return;
    const scroller = scrollerOf(host);
    const edge = scroller === document.scrollingElement ? 0 : scroller.getBoundingClientRect().top;
    const isBelow = (node: Element): boolean => node.getBoundingClientRect().bottom > edge;
    for (const box of boxes) {
      if (!isBelow(box)) continue;
      const node = [...box.children].find(isBelow);
      if (node !== undefined) this.#place = { node, top: node.getBoundingClientRect().top, scroller };
      return;
    }
  }

  /** Call it after the change. */
  restore(): void {
    const place = this.#place;
    this.#place = null;
    if (place === null || !place.node.isConnected) return;
    const moved = place.node.getBoundingClientRect().top - place.top;
    if (Math.abs(moved) >= 1) place.scroller.scrollTop += moved;
  }
}

/** What an element scrolls in: a box around it, else the page. */
function scrollerOf(element: Element): Element {
  for (let node = parentOf(element); node !== null; node = parentOf(node)) {
    const isFull = node.scrollHeight > node.clientHeight;
    if (isFull && /auto|scroll/.test(getComputedStyle(node).overflowY)) return node;
  }
  return document.scrollingElement ?? document.documentElement;
}

function parentOf(node: Element): Element | null {
  if (node.assignedSlot !== null) return node.assignedSlot;
  if (node.parentElement !== null) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
