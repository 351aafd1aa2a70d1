/** So many at once, and so many a second in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Lets one more through, or says how many seconds from now it would. What is refused costs nothing. */
export type Allowance = () => number;

export function createAllowance({ burst, perSecond }: Rate, now: () => number): Allowance {
  let left = burst;
  let at = now();
  return () => {
    const time = now();
    left = Math.min(burst, left + (Math.max(0, time - at) / 1000) * perSecond);
    at = time;
    if (left < 1) return (1 - left) / perSecond;
    left -= 1;
    return 0;
  };
}

/** Past so many, whoever asked longest ago is forgotten. */
const KEPT = 50_000;

/** An allowance for each key. */
export interface Meter {
  /** 0: `key` may go on; otherwise whole seconds until it may. */
  ask(key: string): number;
}

export function createMeter(rate: Rate, now: () => number): Meter {
  const allowances = new Map<string, Allowance>();
  return {
    ask(key) {
      const allowance = allowances.get(key) ?? createAllowance(rate, now);
      allowances.delete(key);
      allowances.set(key, allowance);
      const [oldest] = allowances.keys();
      if (allowances.size > KEPT && oldest !== undefined) allowances.delete(oldest);
      return Math.ceil(allowance());
    },
  };
}
