const KEY = 'active-session.hidden-banners';

/**
 * Which messages the person does not want to see any more, for as long as this tab lives: over the pages of a portal, and
 * no longer. Ids alone; where a browser has no storage for us, as long as this page lives.
 */
export class HiddenBanners {
  #ids: ReadonlySet<string> = read();

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids = new Set([...read(), ...this.#ids, id]);
    try {
      sessionStorage.setItem(KEY, JSON.stringify([...this.#ids]));
    } catch {
      // Storage is full or forbidden.
    }
  }

  forget(): void {
    this.#ids = new Set();
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // There was none.
    }
  }
}

function read(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return new Set(Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []);
  } catch {
    return new Set();
  }
}
