import { messagesEn } from '../shared/messages.en.js';
import type { Messages } from '../shared/messages.js';

/** What stands around each sentence of the catalogue. */
const [OPEN, CLOSE] = ['⟦', '⟧'];

const PLAIN = 'aeiouycnszAEIOUYCNSZ';
const ACCENTED = 'áéíóúýçñšžÁÉÍÓÚÝÇÑŠŽ';

function accented(text: string): string {
  return text.replaceAll(/[aeiouycnsz]/gi, (letter) => ACCENTED.charAt(PLAIN.indexOf(letter)));
}

/** As languages are that need more room: short words the most. */
function longer(text: string): string {
  const more = Math.ceil(text.length * 0.4);
  const filler = 'óné twó thréé fóúr fívé síx sévén éíght níñé tén ';
  return `${text} ${filler
    .repeat(Math.ceil(more / filler.length))
    .slice(0, more)
    .trimEnd()}`;
}

/** Marks an argument, so that it stays as it is. */
const [FIRST, LAST] = ['\uE000', '\uE001'];

function turned(turn: (text: string) => string): Messages {
  const catalogue: Record<string, unknown> = {};
  for (const [key, sentence] of Object.entries<unknown>(messagesEn)) catalogue[key] = turnedSentence(sentence, turn);
  if (!isCatalogue(catalogue)) throw new Error('The catalogue has lost sentences.');
  return catalogue;
}

function turnedSentence(sentence: unknown, turn: (text: string) => string): unknown {
  if (typeof sentence !== 'function') return turn(String(sentence));
  return (...words: readonly unknown[]): string => {
    const marked = words.map((word) => (typeof word === 'string' && word !== '' ? `${FIRST}${word}${LAST}` : word));
    const kept: string[] = [];
    // An argument can hold a sentence that was turned already.
    const text = lifted(String(Reflect.apply(sentence, undefined, marked)), kept);
    return turn(text).replaceAll(/\uE002(\d+)\uE003/g, (_, at: string) => kept[Number(at)] ?? '');
  };
}

function lifted(text: string, kept: string[]): string {
  return text.replaceAll(
    /\uE000([^\uE000\uE001]*)\uE001/g,
    (_, word: string) => `\uE002${String(kept.push(word) - 1)}\uE003`,
  );
}

function isCatalogue(catalogue: object): catalogue is Messages {
  return Object.keys(messagesEn).every((key) => Object.hasOwn(catalogue, key));
}

/**
 * Two languages that nobody speaks: `en-XA` is English with accents, longer by two fifths and in brackets; `ar-XB` is
 * English that is written from right to left. What is not in them is not in the catalogue; what they cut off, another
 * language will.
 */
export const pseudoAccented: Messages = turned((text) => `${OPEN}${longer(accented(text))}${CLOSE}`);
export const pseudoMirrored: Messages = turned((text) => `${OPEN}\u202E${text}\u202C${CLOSE}`);
