import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { bookingSchema } from '@active-session/core';
import { operations, type Operation, type OperationId } from '@active-session/core/contract';
import type { Hono } from 'hono';
import type * as z from 'zod/mini';
import { Problem } from '../domain/problem.js';
import type { AppContext, AppEnv, SignedIn } from './context.js';
import { idempotencyKey, ifMatch, readBody, readQuery } from './input.js';

type Operations = typeof operations;
type Shape<Id extends OperationId, Part extends 'body' | 'query'> =
  Operations[Id] extends Record<Part, infer S extends z.ZodMiniType> ? z.output<S> : undefined;
type Answer<Id extends OperationId> = Operations[Id]['answer'] extends infer S extends z.ZodMiniType
  ? z.output<S>
  : undefined;

/** One call of an operation, with everything that it names read and valid. */
export interface Call<Id extends OperationId = OperationId> {
  readonly context: AppContext;
  /** The `{id}` of the path; empty where it has none. */
  readonly id: string;
  readonly query: Shape<Id, 'query'>;
  readonly body: Shape<Id, 'body'>;
  /** The idempotency key, where the operation is done once for one. */
  readonly key: string;
  /** The version in `If-Match`, where the operation asks for it. */
  readonly version: number;
  /** Who calls. @throws Error in an operation for everybody */
  readonly signedIn: SignedIn;
}

/** What an operation is answered with; a `Response` where it has its own form. */
export type Handler<Id extends OperationId> = (call: Call<Id>) => Promise<Answer<Id> | Response>;

/** One for every operation of the contract: one that is missing does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

/** Whether this person may call this operation for this `{id}`. @throws Problem */
export type Guard = (operation: OperationId, call: Pick<Call, 'id' | 'signedIn'>) => Promise<void>;

/** Mounts what is in `handlers`, each behind `guard`, which comes before anything that was sent is looked at. */
export function mountOperations(app: Hono<AppEnv>, handlers: Partial<Handlers>, guard: Guard): void {
  for (const [id, handler] of entriesOf(handlers)) {
    const operation: Operation = operations[id];
    app.on(operation.method, honoPath(operation.path), async (c) => {
      c.set('operation', id);
      const basis = { context: c, id: c.req.param('id') ?? '' };
      if (operation.access !== 'everybody') await guard(id, { ...basis, signedIn: c.get('signedIn') });
      const call = {
        ...basis,
        query: operation.query && readQuery(c, operation.query),
        body: operation.body && (await readBody(c, operation.body)),
        key: operation.once ? idempotencyKey(c) : '',
        version: operation.ifMatch ? ifMatch(c) : 0,
        get signedIn() {
          return c.get('signedIn');
        },
      };
      return respond(c, operation, await handler(call));
    });
  }
}

/** Last, because it takes what no operation took: a known path says which methods it has. */
export function mountMethods(app: Hono<AppEnv>): void {
  const methods = new Map<string, string[]>();
  for (const { path, method } of Object.values(operations)) methods.set(path, [...(methods.get(path) ?? []), method]);
  for (const [path, allowed] of methods) {
    app.all(honoPath(path), (c) => {
      c.header('Allow', allowed.join(', '));
      throw new Problem('not-supported', `Here is only ${allowed.join(' and ')}.`, { status: 405 });
    });
  }
}

function respond(c: AppContext, { status, answer }: Operation, value: unknown): Response {
  // Hono's Node adapter puts a class of its own in place of Response; that answer is of the former one.
  if (value === RESPONSE_ALREADY_SENT || value instanceof Response) return value as Response;
  if (answer === null || status === 204) return c.body(null, 204);
  if (answer === bookingSchema) c.header('ETag', etagOf(value));
  return c.json(value as object, status);
}

function etagOf(booking: unknown): string {
  const version = typeof booking === 'object' && booking !== null && 'version' in booking ? booking.version : undefined;
  return `"${String(version)}"`;
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

type AnyHandler = (call: object) => Promise<unknown>;

/** The contract's types tie each handler to its operation; past this point all are alike. */
function entriesOf(handlers: Partial<Handlers>): [OperationId, AnyHandler][] {
  return Object.entries(handlers) as unknown as [OperationId, AnyHandler][];
}
