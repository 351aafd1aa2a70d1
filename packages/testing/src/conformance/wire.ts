import { fieldProblems } from '@active-session/core';
import { operations, problemSchema, type Operation, type OperationId } from '@active-session/core/contract';
import { addressOf } from './cuttable-fetch.js';

/** Whether something that every answer should have is there. `partly`: in some and not in others. */
export type Presence = 'offered' | 'missing' | 'partly';

/** What the answers themselves showed, whatever was asked. */
export interface Wire {
  /** Looks at every answer that comes through it. */
  watch(base: typeof globalThis.fetch): typeof globalThis.fetch;
  findings(): Promise<WireFindings>;
}

export interface WireFindings {
  /** Answers that are not as the contract says, each once. */
  readonly faults: readonly string[];
  readonly serverTime: Presence;
  readonly problemDetails: Presence;
}

export function createWire(endpoint: string): Wire {
  const faults = new Set<string>();
  const looking = new Set<Promise<void>>();
  const serverTime = { there: 0, missing: 0 };
  const problems = { there: 0, missing: 0 };

  const lookAt = async (id: OperationId | undefined, response: Response): Promise<void> => {
    const count = Number.isFinite(Number(response.headers.get('Server-Time') ?? NaN)) ? 'there' : 'missing';
    serverTime[count] += 1;
    if (response.status >= 400) {
      const fault = await faultOfProblem(response);
      if (response.status < 500) problems[fault === null ? 'missing' : 'there'] += 1;
      if (fault !== null && fault !== '') faults.add(`${id ?? 'an unknown route'}: ${fault}`);
    } else if (id !== undefined) {
      const fault = await faultOfAnswer(operations[id], response);
      if (fault !== null) faults.add(`${id}: ${fault}`);
    }
  };

  return {
    watch: (base) => async (input, init) => {
      const response = await base(input, init);
      const id = operationOf(endpoint, init?.method ?? 'GET', addressOf(input));
      const isStream = /event-stream/.test(response.headers.get('Content-Type') ?? '');
      const look = lookAt(id, isStream ? new Response(null, response) : response.clone()).catch(() => undefined);
      looking.add(look);
      void look.then(() => looking.delete(look));
      return response;
    },
    async findings() {
      await Promise.all(looking);
      return { faults: [...faults], serverTime: presenceOf(serverTime), problemDetails: presenceOf(problems) };
    },
  };
}

function presenceOf({ there, missing }: { there: number; missing: number }): Presence {
  return there === 0 ? 'missing' : missing === 0 ? 'offered' : 'partly';
}

/** Null: it is none. Empty: all is well. */
async function faultOfProblem(response: Response): Promise<string | null> {
  if (!/^application\/problem\+json\b/.test(response.headers.get('Content-Type') ?? '')) return null;
  const result = problemSchema.safeParse(await response.json().catch(() => undefined));
  if (!result.success) return `its problem details are not the contract’s: ${worded(result.error.issues)}`;
  const { status } = result.data;
  return status === response.status ? '' : `its problem details say ${status} and the answer ${response.status}`;
}

async function faultOfAnswer({ answer, status }: Operation, response: Response): Promise<string | null> {
  const isJson = /\bjson\b/.test(response.headers.get('Content-Type') ?? '');
  if (answer === null || !isJson) return null;
  const value: unknown = await response.json().catch(() => undefined);
  // A list with nothing around it is a page too, the only one.
  const result = answer.safeParse(Array.isArray(value) ? { items: value } : value);
  if (!result.success) return `its answer is not as the contract says: ${worded(result.error.issues)}`;
  return response.status === status ? null : `answered ${response.status} where the contract says ${status}`;
}

function worded(issues: Parameters<typeof fieldProblems>[0]): string {
  return fieldProblems(issues)
    .slice(0, 3)
    .map(({ path, message }) => `${path}: ${message}`)
    .join('; ');
}

const ROUTES = Object.entries(operations).map(([id, { method, path }]) => ({
  id,
  method,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

function operationOf(endpoint: string, method: string, address: string): OperationId | undefined {
  if (!address.startsWith(endpoint)) return undefined;
  const path = new URL(address).pathname.slice(new URL(endpoint).pathname.length);
  const found = ROUTES.find((route) => route.method === method && route.pattern.test(path))?.id;
  return found !== undefined && isOperation(found) ? found : undefined;
}

function isOperation(id: string): id is OperationId {
  return id in operations;
}
