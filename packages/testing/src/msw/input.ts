import { SessionError } from '@active-session/core';
import { checked, type Schema } from '../memory/checked.js';
import { Refusal } from './problems.js';

/** The body as the contract has it. @throws Refusal 400 where it is no JSON; SessionError `invalid` */
export async function readBody<T>(request: Request, schema: Schema<T>): Promise<T> {
  const text = await request.text();
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Refusal(400, new SessionError('invalid', 'The request is not JSON.'));
  }
  return checked(schema, value);
}

export function readQuery<T>(request: Request, schema: Schema<T>): T {
  return checked(schema, Object.fromEntries(new URL(request.url).searchParams));
}

/** The key that makes a repeated request known as one. */
export function idempotencyKey({ headers }: Request): string {
  const key = headers.get('Idempotency-Key') ?? '';
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  const problems = [{ path: 'Idempotency-Key', message: 'expected 1 to 200 visible characters' }];
  throw new Refusal(400, new SessionError('invalid', 'This request needs an Idempotency-Key.', { problems }));
}

/** The version that the asker knows, from a strong ETag. */
export function ifMatch({ headers }: Request): number {
  const header = headers.get('If-Match');
  if (header === null) throw new Refusal(428, new SessionError('invalid', 'This request needs If-Match.'));
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined) throw new Refusal(412, new SessionError('conflict', 'If-Match is no ETag of this.'));
  return Number(version);
}
