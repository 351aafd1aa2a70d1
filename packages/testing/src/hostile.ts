import { addresses } from './hostile/addresses.js';
import { breakouts, elements, mutations } from './hostile/markup.js';
import { calendarLines, characters, codes, encoded, names, templates } from './hostile/words.js';

/** Most characters in a name on the wire: each of the texts fits into every field. */
const MOST = 300;

/**
 * Texts of somebody who means ill: markup, addresses, ends of what they may stand in, lines of a calendar, letters that
 * turn or vanish. More than 500, each another one, none longer than 300 code points, always in the same order. A page
 * shows every one of them as the text that it is.
 *
 * @param run what they would run as JavaScript, without spaces and quotes; a test defines it and sees that it is not called
 */
export function hostileTexts(run = 'alert(1)'): readonly string[] {
  const all = [
    ...elements(run),
    ...breakouts(run),
    ...mutations(run),
    ...addresses(run),
    ...templates(run),
    ...codes(run),
    ...encoded(run),
    ...calendarLines(),
    ...characters(),
    ...names(),
  ];
  return [...new Set(all)].filter((text) => Array.from(text).length <= MOST);
}
