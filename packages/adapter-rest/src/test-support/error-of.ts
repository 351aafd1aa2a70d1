import { SessionError } from '@active-session/core';

/** What a promise was rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<SessionError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SessionError) return error;
    throw error;
  }
  throw new Error('It was expected to fail.');
}
