import type { Contestant } from '../contestant.js';
import { make, plainList, plainNote } from '../plain.js';

const SIZE = 50;
let list: HTMLElement;

function lastChunk(): HTMLElement {
  const last = list.lastElementChild;
  if (last instanceof HTMLElement && last.childElementCount < SIZE) return last;
  const chunk = make('div', 'chunk');
  chunk.setAttribute('role', 'presentation');
  chunk.setAttribute('data-size', String(SIZE));
  list.append(chunk);
  return chunk;
}

/** The DOM with no library, in chunks of 50 that are laid out when they come near the view: the practical limit. */
export const contestant: Contestant = {
  mount(box, notes) {
    list = plainList(box);
    for (const note of notes) lastChunk().append(plainNote(note));
  },
  append(note) {
    lastChunk().append(plainNote(note));
  },
};
