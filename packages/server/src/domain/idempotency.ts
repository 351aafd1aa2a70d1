import { digest } from '../random.js';
import type { AuditEntry } from '../store/records.js';
import { Problem } from './problem.js';
import type { Unit } from './unit.js';

export interface IdempotentRequest<T> {
  readonly person: string;
  /** What is done, with the booking it is done to. */
  readonly route: string;
  readonly key: string;
  readonly request: unknown;
  /** The entry about an answer that is given again. */
  readonly retold: (answer: T) => AuditEntry;
}

/**
 * Does `work` once for a key: in its own transaction, so that effect and memory of it are both there or neither. A
 * repeated request gets the answer of the first.
 *
 * @throws Problem `invalid` when the key came before with another request
 */
export async function once<T>(
  unit: Unit,
  { person, route, key, request, retold }: IdempotentRequest<T>,
  work: () => Promise<T>,
): Promise<T> {
  const requestHash = digest(JSON.stringify(request));
  const before = await unit.view.answers.recall(person, route, key);
  if (before !== undefined) {
    if (before.requestHash !== requestHash) {
      throw new Problem('invalid', 'This Idempotency-Key was used for another request.');
    }
    // What was remembered under a route is what that route's work gave.
    const told = JSON.parse(before.body) as T;
    await unit.audit(retold(told));
    return told;
  }
  const answer = await work();
  await unit.view.answers.remember(person, route, key, { requestHash, body: JSON.stringify(answer) }, unit.now);
  return answer;
}
