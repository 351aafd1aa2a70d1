import fc from 'fast-check';

/** Something that holds whatever comes. */
export interface NamedProperty {
  readonly name: string;
  check(options: CheckOptions): Promise<Outcome>;
}

export interface CheckOptions {
  readonly seed: number;
  readonly runs: number;
  /** Looks for no shorter counterexample. */
  readonly quick?: boolean;
}

export interface Outcome {
  readonly failed: boolean;
  /** The shortest counterexample and how to have it again; empty where there is none. */
  readonly report: string;
}

export function holds<T>(name: string, property: fc.IRawProperty<T>): NamedProperty {
  return {
    name,
    async check({ seed, runs, quick = false }) {
      const details = await fc.check(property, { seed, numRuns: runs, endOnFailure: quick });
      const { failed, errorInstance } = details;
      const reason = errorInstance instanceof Error ? errorInstance.message : '';
      return { failed, report: failed ? `${reason}\n${fc.defaultReportMessage(details) ?? ''}` : '' };
    },
  };
}

/** Whether one of these notices that something is wrong. */
export async function isRejected(properties: readonly NamedProperty[], options: CheckOptions): Promise<boolean> {
  for (const property of properties) if ((await property.check({ ...options, quick: true })).failed) return true;
  return false;
}
