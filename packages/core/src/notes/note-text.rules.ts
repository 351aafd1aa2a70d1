import { PLAIN_TEXT } from '../booking/text.schema.js';
import { NOTE_MAX_LENGTH } from './note.schema.js';

/** How many more characters (code points) a note with this text can take; below 0 it is too long by so many. */
export function roomFor(content: string): number {
  let count = 0;
  for (const _ of content) count += 1;
  return NOTE_MAX_LENGTH - count;
}

/** Whether all of a text can be shared: no control characters but tab and line ends, no halves of a character. */
export function isPlainText(content: string): boolean {
  return PLAIN_TEXT.test(content);
}

/** The same text without what can't be shared: what breaks a line or a page is a line break, the rest goes. */
export function toPlainText(content: string): string {
  return content.replace(/[\v\f\u0085]/gu, '\n').replace(/[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\u{10ffff}]/gu, '');
}
