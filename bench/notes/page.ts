import type { Contestant } from './contestant.js';
import type { ProviderNote } from '../../packages/core/src/index.js';
import { manyNote } from '../../packages/elements/src/test-support/notes.js';

declare global {
  interface Window {
    bench: {
      /** Makes the notes, so that making them is not measured. */
      prepare(count: number): void;
      mount(): Promise<void>;
      append(): Promise<void>;
      /** How much is on the page. */
      size(): { readonly notes: number; readonly elements: number };
    };
  }
}

/** What the runner calls in a page. One contestant is bundled with it. */
export function run(contestant: Contestant): void {
  const box = document.createElement('div');
  box.className = 'box';
  document.body.append(box);
  let notes: readonly ProviderNote[] = [];
  let next = 0;

  const settle = async (): Promise<void> => {
    box.scrollTop = box.scrollHeight;
    for (let frame = 0; frame < 2; frame += 1) await new Promise((done) => requestAnimationFrame(done));
    box.scrollTop = box.scrollHeight;
    await new Promise((done) => setTimeout(done));
  };

  window.bench = {
    prepare(count) {
      notes = Array.from({ length: count }, (_, index) => manyNote(index));
      next = count;
    },
    async mount() {
      await contestant.mount(box, notes);
      notes = [];
      await settle();
    },
    async append() {
      await contestant.append(manyNote(next));
      next += 1;
      await settle();
    },
    size() {
      const [elements, items] = count(box);
      return { notes: items, elements };
    },
  };
}

/** All elements below one, through shadow roots, and how many of them are notes. */
function count(root: ParentNode): readonly [number, number] {
  let [elements, items] = [0, 0];
  for (const element of root.querySelectorAll('*')) {
    elements += 1;
    if (element.getAttribute('role') === 'listitem') items += 1;
    const inner = element.shadowRoot === null ? ([0, 0] as const) : count(element.shadowRoot);
    elements += inner[0];
    items += inner[1];
  }
  return [elements, items];
}
