/** A piece of a text: plain, or an address that is safe to open. */
export type TextPart = { readonly text: string } | { readonly text: string; readonly href: string };

/** No spaces, no quotes or angles, nothing invisible and nothing that turns the direction of writing. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\p{Cc}\p{Cf}]+/giu;
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Finds http and https addresses in a text. Anything else, however much it looks like a link or like markup, stays text.
 * An address with a user name (`https://clinic.org@evil.example`) is not linked, because it misleads.
 */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimEnd(match[0]);
    const href = safeHref(address);
    if (href === null) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: address, href });
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

function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url.href : null;
}
