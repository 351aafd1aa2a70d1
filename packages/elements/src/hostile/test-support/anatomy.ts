/** What an element is made of: every element in it, by its name, its attributes' names and what it stands in. */
export function anatomyOf(root: Element): ReadonlySet<string> {
  const found = new Set<string>();
  look(root, '', found);
  return found;
}

function look(element: Element, inside: string, found: Set<string>): void {
  const attributes = element.getAttributeNames().sort().join(' ');
  const self = `${element.namespaceURI?.endsWith('svg') === true ? 'svg:' : ''}${element.localName}`;
  found.add(`${inside} > ${self}[${attributes}]`);
  for (const child of element.shadowRoot?.children ?? []) look(child, `#${self}`, found);
  for (const child of element.children) look(child, self, found);
}

/** All text in an element, through its shadow roots, to the last character. What is said of a link is not the link's text. */
export function rawTextOf(root: Node): string {
  if (root instanceof Text) return root.data;
  if (!(root instanceof Element)) return '';
  if (root.matches('a > .visually-hidden')) return '';
  const nodes = root.shadowRoot === null ? root.childNodes : root.shadowRoot.childNodes;
  return Array.from(nodes, rawTextOf).join('');
}

/** Attributes that lead somewhere, in all of an element, where they lead elsewhere than a link may. */
export function wildAddressesIn(root: Element): readonly string[] {
  const all = [...(root.shadowRoot?.querySelectorAll('*') ?? []), ...root.querySelectorAll('*')];
  return all.flatMap((element) => (element.shadowRoot === null ? wildAddressesOf(element) : wildAddressesIn(element)));
}

/** What stands on an element of ours is an attribute like any other; what it makes of it counts. */
function wildAddressesOf(element: Element): readonly string[] {
  return LEADING.flatMap((name) => {
    const value = element.getAttribute(name);
    return value === null || isTame(value) ? [] : [`${element.localName} ${name}=${value}`];
  });
}

const LEADING = ['href', 'src', 'action', 'formaction', 'xlink:href', 'srcdoc', 'data', 'poster', 'background', 'ping'];

/** As a browser reads it, whatever it looks like. */
function isTame(address: string): boolean {
  if (!URL.canParse(address, location.href)) return true;
  return ['http:', 'https:', 'tel:', 'mailto:', 'blob:'].includes(new URL(address, location.href).protocol);
}
