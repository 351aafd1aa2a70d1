/** Puts something in place of a property, of a prototype say, until what is given back is called. */
export function replace<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): () => void {
  const before = Object.getOwnPropertyDescriptor(target, key);
  Object.defineProperty(target, key, { configurable: true, writable: true, value });
  return () => {
    if (before === undefined) Reflect.deleteProperty(target, key);
    else Object.defineProperty(target, key, before);
  };
}
