/**
 * Registers an element under its name. A name that the same class has is left as it is; one that another class has stays
 * with that class and is said, because throwing would take the rest of the portal's script down.
 */
export function defineElement(tag: string, element: CustomElementConstructor, registry: CustomElementRegistry): void {
  const present = registry.get(tag);
  if (present === element) return;
  if (present === undefined) {
    registry.define(tag, element);
    return;
  }
  // eslint-disable-next-line no-console -- the page's author has to hear of it, and nothing is broken
  console.warn(`<${tag}> is already defined by another class or another copy of this package. That one stays.`);
}
