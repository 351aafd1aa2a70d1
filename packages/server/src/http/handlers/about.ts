import { Problem } from '../../domain/problem.js';
import type { Domain } from '../../domain/unit.js';
import { openApiDocument } from '../openapi.js';
import type { Handlers } from '../operation-routes.js';

/** Anybody may ask, and whoever balances load does all the time; nobody keeps the database busy with it. */
const READY_FOR = 1_000;

/** What this server is and how it is. */
export function aboutHandlers(
  domain: Domain,
  publicUrl: string,
): Pick<Handlers, 'getOpenApi' | 'getHealth' | 'getReadiness'> {
  const { store, clock } = domain;
  let asked: { readonly at: number; readonly answer: Promise<unknown> } | undefined;

  /** Those who ask meanwhile wait for the same answer. */
  function askStore(): Promise<unknown> {
    if (asked === undefined || Math.abs(clock.now() - asked.at) >= READY_FOR) {
      asked = { at: clock.now(), answer: store.read((view) => view.events.span()) };
    }
    return asked.answer;
  }

  let document: ReturnType<typeof openApiDocument> | undefined;
  return {
    getOpenApi: async () => ({ ...(document ??= openApiDocument(publicUrl)) }),
    getHealth: async () => ({ status: 'ok' }),
    async getReadiness() {
      try {
        await askStore();
      } catch (cause) {
        throw new Problem('unavailable', 'The database does not answer.', { cause, retryAfter: 1 });
      }
      return { status: 'ready' };
    },
  };
}
