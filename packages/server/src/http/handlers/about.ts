import { Problem } from '../../domain/problem.js';
import type { Domain } from '../../domain/unit.js';
import { openApiDocument } from '../openapi.js';
import type { Handlers } from '../operation-routes.js';

/** What this server is and how it is. */
export function aboutHandlers(
  domain: Domain,
  publicUrl: string,
): Pick<Handlers, 'getOpenApi' | 'getHealth' | 'getReadiness'> {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return {
    getOpenApi: async () => ({ ...(document ??= openApiDocument(publicUrl)) }),
    getHealth: async () => ({ status: 'ok' }),
    async getReadiness() {
      try {
        await domain.store.read((view) => view.events.span());
      } catch (cause) {
        throw new Problem('unavailable', 'The database does not answer.', { cause, retryAfter: 1 });
      }
      return { status: 'ready' };
    },
  };
}
