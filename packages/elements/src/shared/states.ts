/** Shows one of several values as a custom state, for `:state(open)`; the former one goes. */
export class States {
  /** An element has one only: what it is in a form goes by this, too. */
  readonly internals: ElementInternals;
  /** Missing in browsers of early 2024 and before. */
  readonly #states: CustomStateSet | undefined;
  readonly #shown = new Map<string, string>();

  constructor(element: HTMLElement) {
    this.internals = element.attachInternals();
    this.#states = this.internals.states;
  }

  set(group: string, value: string | null): void {
    const before = this.#shown.get(group);
    if (before === value) return;
    if (before !== undefined) this.#states?.delete(before);
    if (value === null) {
      this.#shown.delete(group);
      return;
    }
    this.#shown.set(group, value);
    this.#states?.add(value);
  }
}
