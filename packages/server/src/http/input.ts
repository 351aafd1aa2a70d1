import { bodyLimit } from 'hono/body-limit';
import { parse, toInstant, type Instant } from '@active-session/core';
import type { MiddlewareHandler } from 'hono';
import type * as z from 'zod/mini';
import { asInvalid, invalidField, Problem } from '../domain/problem.js';
import type { AppContext, AppEnv } from './context.js';

const MAX_BODY = 64 * 1024;
const PAGE = 50;
const LARGEST_PAGE = 200;

export function limitBody(): MiddlewareHandler<AppEnv> {
  const refuse = (): never => {
    throw new Problem('invalid', 'The request is larger than 64 kB.', { status: 413 });
  };
  const limit = bodyLimit({ maxSize: MAX_BODY, onError: refuse });
  return async (c, next) => {
    try {
      // A body that was begun and not read to its end holds up the next request of its connection: it is not touched.
      const length = c.req.header('Transfer-Encoding') === undefined ? c.req.header('Content-Length') : undefined;
      if (length === undefined) return await limit(c, next);
      if (Number(length) > MAX_BODY) refuse();
      await next();
      return undefined;
    } catch (error) {
      throw error instanceof Problem ? error : brokenOff(error);
    }
  };
}

/** Nobody is there to be answered, and nothing of ours has failed. */
function brokenOff(cause: unknown): Problem {
  return new Problem('invalid', 'The request ended before it was complete.', { status: 400, cause });
}

/** The body as the schema's output. Any content type, because a page that goes away can't always set it. */
export async function readBody<S extends z.ZodMiniType>(c: AppContext, schema: S): Promise<z.output<S>> {
  const bytes = await c.req.arrayBuffer().catch((error: unknown) => {
    throw brokenOff(error);
  });
  let value: unknown;
  try {
    // Bytes that are no UTF-8 must not become other text than was sent.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Problem('invalid', 'The request is not JSON in UTF-8.', { status: 400 });
  }
  return read(schema, value);
}

export function readQuery<S extends z.ZodMiniType>(c: AppContext, schema: S): z.output<S> {
  return read(schema, c.req.query());
}

function read<S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> {
  try {
    return parse(schema, value, 'request');
  } catch (error) {
    throw asInvalid(error);
  }
}

/** The key that makes a repeated request known as one. */
export function idempotencyKey(c: AppContext): string {
  const key = c.req.header('Idempotency-Key');
  if (key !== undefined && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  const fields = [{ path: 'Idempotency-Key', message: 'expected 1 to 200 visible characters' }];
  throw new Problem('invalid', 'This request needs an Idempotency-Key header.', { status: 400, fields });
}

/** The version that the asker knows, from a strong ETag. */
export function ifMatch(c: AppContext): number {
  const header = c.req.header('If-Match');
  if (header === undefined) {
    throw new Problem('invalid', 'This request needs If-Match with the ETag of what it changes.', { status: 428 });
  }
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  // Whatever else it is, it is not the ETag of what is there now.
  if (version === undefined) throw new Problem('conflict', 'If-Match is no ETag of this.', { status: 412 });
  return Number(version);
}

/** An opaque place in a list. */
export function encodeCursor(value: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

export function decodeCursor<S extends z.ZodMiniType>(cursor: string | undefined, schema: S): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  try {
    const result = schema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (result.success) return result.data;
  } catch {
    // Not JSON: not one of ours either.
  }
  throw invalidField('cursor', 'not one that this server gave');
}

export function optionalInstant(value: string | undefined): Instant | undefined {
  return value === undefined ? undefined : toInstant(value);
}

/** How many items on a page. */
export function pageSize(limit: string | undefined): number {
  return Math.min(Number(limit ?? PAGE), LARGEST_PAGE);
}
