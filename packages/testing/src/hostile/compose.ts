/** Every one of these with every one of those. */
export function each<A, B>(these: readonly A[], those: readonly B[], make: (a: A, b: B) => string): readonly string[] {
  return these.flatMap((a) => those.map((b) => make(a, b)));
}

/** With a space between them, where there is something on both sides. */
export function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
