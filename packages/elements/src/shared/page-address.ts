/** The address as the portal gave it, if a page can be there; null for anything else, such as a script. */
export function pageAddress(href: string): string | null {
  if (href === '' || !URL.canParse(href, document.baseURI)) return null;
  const { protocol } = new URL(href, document.baseURI);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
