/** A piece of a text: plain, or an address that is safe to open. */
export type TextPart = { readonly text: string } | LinkPart;

export interface LinkPart {
  readonly text: string;
  readonly href: string;
  /** Where it leads, where the text does not show that: another script's letters, a number, an escape. */
  readonly host?: string;
}

/** No spaces, no quotes or angles, nothing that is not seen and nothing that turns the direction of writing. */
const ADDRESS = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"'`\p{Cc}\p{Cf}\p{DI}\u2800]+/giu;
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** An address alone: what comes after a "?" would write the letter, or send it to somebody else as well. */
const MAIL = /^mailto:[\w.%+-]{1,64}@[a-z\d-]+(?:\.[a-z\d-]+)+$/i;
/** A number alone: with "*" and "#" a telephone takes it for a command. */
const TELEPHONE = /^tel:\+?\d[\d().-]{2,22}$/i;

/**
 * Finds web addresses in a text, and those of mail and telephone that say so (`mailto:`, `tel:`). Anything else, however
 * much it looks like a link or like markup, stays text. An address with a user name (`https://clinic.org@evil.example`)
 * is not linked, because it misleads.
 */
export function linkify(text: string): readonly TextPart[] {
  if (!text.includes(':')) return [{ text }];
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimEnd(match[0]);
    const link = linkTo(address);
    if (link === null) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push(link);
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** Sentence marks after an address are not part of it, nor is a bracket that it did not open. */
function trimEnd(address: string): string {
  let end = address;
  for (;;) {
    const last = end.slice(-1);
    const opener = CLOSERS[last];
    const unopened = opener !== undefined && end.split(last).length > end.split(opener).length;
    if (!unopened && !/[.,;:!?…*_]/.test(last)) return end;
    end = end.slice(0, -1);
  }
}

function linkTo(address: string): LinkPart | null {
  if (!/^https?:/i.test(address)) {
    return MAIL.test(address) || TELEPHONE.test(address) ? { text: address, href: address } : null;
  }
  if (!URL.canParse(address)) return null;
  const { protocol, username, password, host, href } = new URL(address);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  if (!isWeb || username !== '' || password !== '') return null;
  return showsHost(address, host) ? { text: address, href } : { text: address, href, host };
}

/** Whether one reads in the text where the browser goes. A port that says nothing new may be left out. */
function showsHost(address: string, host: string): boolean {
  const written = /^https?:\/\/([^/?#\\]*)/i.exec(address)?.[1]?.toLowerCase() ?? '';
  return written === host || written.replace(/:\d*$/, '') === host;
}
