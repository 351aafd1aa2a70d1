import type { OperationId } from '@active-session/core/contract';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './context.js';

/** One answer as it goes out. */
export interface Answered {
  readonly operation: OperationId | undefined;
  readonly status: number;
  readonly contentType: string;
  /** JSON where it is JSON, else null. */
  readonly body: unknown;
}

/** Sees every answer before it is sent: tests hold them against the contract. */
export type Inspect = (answer: Answered) => void;

export function inspectAnswers(inspect: Inspect): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    const contentType = c.res.headers.get('Content-Type') ?? '';
    const body: unknown = /json/.test(contentType) ? await c.res.clone().json() : null;
    inspect({ operation: c.get('operation'), status: c.res.status, contentType, body });
  };
}
