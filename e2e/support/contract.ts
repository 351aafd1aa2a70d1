import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Page, Response } from '@playwright/test';

type Paths = Readonly<Record<string, Readonly<Record<string, { responses?: Readonly<Record<string, unknown>> }>>>>;

/** Holds what a page gets from the server against the OpenAPI document that the server gives. */
export interface ContractWatch {
  watch(page: Page): void;
  /** What was not as described. Call it when the page has got what it asked for. */
  faults(): Promise<readonly string[]>;
}

/** What is wrong with an answer; null: nothing. `path` as the document has it, `/bookings/{id}`. */
type AnswerCheck = (answer: {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}) => string | null;

interface Document {
  readonly paths: Paths;
  readonly components: unknown;
}

const known = new Map<string, AnswerCheck>();

/** A check by an OpenAPI document; the same one for documents that differ in their server alone. */
export function answerCheck(document: Document): AnswerCheck {
  const key = JSON.stringify([document.paths, document.components]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const ajv = new Ajv2020({ strict: false });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'contract');
  const check: AnswerCheck = ({ method, path, status, contentType, body }) => {
    const type = contentType.split(';')[0] ?? '';
    const place = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    const escaped = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = ajv.getSchema(`contract#/${escaped.join('/')}`);
    const what = `${method} ${path} ${String(status)} ${type}`;
    if (validate === undefined) return `${what} is not described`;
    return validate(body) === true ? null : `${what}: ${ajv.errorsText(validate.errors)}`;
  };
  known.set(key, check);
  return check;
}

export async function watchContract(endpoint: string): Promise<ContractWatch> {
  const document = (await (await fetch(`${endpoint}/openapi.json`)).json()) as Document;
  const isDescribed = answerCheck(document);
  const checks: Promise<string | null>[] = [];

  const check = async (response: Response): Promise<string | null> => {
    const contentType = response.headers()['content-type'] ?? '';
    if (!contentType.includes('json')) return null;
    const { pathname } = new URL(response.url());
    const path = Object.keys(document.paths).find((candidate) => matches(candidate, pathname.slice(prefix.length)));
    if (path === undefined) return `${pathname} is not described`;
    // A page that has gone took the answer with it.
    const body: unknown = await response.json().catch(() => undefined);
    if (body === undefined) return null;
    return isDescribed({ method: response.request().method(), path, status: response.status(), contentType, body });
  };
  const prefix = new URL(endpoint).pathname;

  return {
    watch(page) {
      page.on('response', (response) => {
        if (response.url().startsWith(endpoint)) checks.push(check(response));
      });
    },
    faults: async () => (await Promise.all(checks)).filter((fault) => fault !== null),
  };
}

/** `/bookings/active` is itself before it is a `/bookings/{id}`. */
function matches(template: string, path: string): boolean {
  if (template === path) return true;
  if (path === '/bookings/active') return false;
  const [own, given] = [template.split('/'), path.split('/')];
  return own.length === given.length && own.every((part, index) => part.startsWith('{') || part === given[index]);
}
