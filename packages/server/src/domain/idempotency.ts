import { digest } from '../random.js';
import { Problem } from './problem.js';
import type { Unit } from './unit.js';

export interface IdempotentRequest {
  readonly person: string;
  /** What is done, with the booking it is done to. */
  readonly route: string;
  readonly key: string;
  readonly request: unknown;
}

export interface Answer {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

/** Does `work` once for a key: in its own transaction, so that effect and memory of it are both there or neither. */
export async function once(
  unit: Unit,
  { person, route, key, request }: IdempotentRequest,
  work: () => Promise<{ status: number; body: unknown }>,
): Promise<Answer> {
  const requestHash = digest(JSON.stringify(request));
  const before = await unit.view.answers.recall(person, route, key);
  if (before !== undefined) {
    if (before.requestHash === requestHash) return before;
    throw new Problem('invalid', 'This Idempotency-Key was used for another request.');
  }
  const { status, body } = await work();
  const answer = { status, body: JSON.stringify(body) };
  await unit.view.answers.remember(person, route, key, { ...answer, requestHash }, unit.now);
  return answer;
}
