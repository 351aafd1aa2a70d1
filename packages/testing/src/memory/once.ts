import { SessionError } from '@active-session/core';

/** A repeated request is answered like the first; the same key for another request is refused. */
export type Once<T> = (key: string, request: unknown, work: () => T) => T;

export function createOnce<T>(): Once<T> {
  const answered = new Map<string, { readonly request: string; readonly answer: T }>();
  return (key, value, work) => {
    const request = JSON.stringify(value);
    const before = answered.get(key);
    if (before === undefined) {
      const answer = work();
      answered.set(key, { request, answer });
      return answer;
    }
    if (before.request === request) return before.answer;
    throw new SessionError('invalid', 'This key was used for another request.');
  };
}
