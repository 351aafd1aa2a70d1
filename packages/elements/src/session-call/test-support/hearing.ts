import { textOf } from '../../test-support/page.js';

/** What a screen reader is told by an element, in order. */
export interface Hearing {
  readonly said: readonly string[];
  stop(): void;
}

/** Listens to the live region of an element from now on; what stands in it already counts. */
export function hear(element: HTMLElement): Hearing {
  const region = element.shadowRoot?.querySelector('[role=status]');
  if (!region) throw new Error(`There is no live region in <${element.localName}>.`);
  const said: string[] = [];
  const listen = (): void => {
    const text = textOf(region);
    if (text !== '' && text !== said.at(-1)) said.push(text);
  };
  listen();
  const observer = new MutationObserver(listen);
  observer.observe(region, { childList: true, characterData: true, subtree: true });
  return { said, stop: () => observer.disconnect() };
}
