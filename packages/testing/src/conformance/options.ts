/** Whom the backend knows the test's people by. They should last for two days of its clock. */
export interface Tokens {
  readonly patient: string;
  readonly provider: string;
  /** Another patient. */
  readonly stranger: string;
  /** Another provider, who has no booking with the patient. */
  readonly otherProvider?: string | undefined;
}

export interface ConformanceOptions {
  /** Where the contract's routes are, absolute. */
  readonly endpoint: string;
  readonly tokens: Tokens;
  /** Where left out, `GET /me` or the active booking says it. */
  readonly providerId?: string | undefined;
  /** A test-only address of the backend's own team, by which bookings are made and the clock is moved. */
  readonly fixtures?: string | undefined;
  readonly fixturesToken?: string | undefined;
  /** Only the promises whose name has this in it; the others are left out of the report. */
  readonly only?: string | undefined;
}

/** It was called in a way that lets nothing be found out. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
