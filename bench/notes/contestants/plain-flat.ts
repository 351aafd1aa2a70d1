import type { Contestant } from '../contestant.js';
import { plainList, plainNote } from '../plain.js';

let list: HTMLElement;

/** The DOM with no library, every note a child of the list. */
export const contestant: Contestant = {
  mount(box, notes) {
    list = plainList(box);
    list.append(...notes.map(plainNote));
  },
  append(note) {
    list.append(plainNote(note));
  },
};
