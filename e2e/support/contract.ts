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

export async function watchContract(endpoint: string): Promise<ContractWatch> {
  const document = (await (await fetch(`${endpoint}/openapi.json`)).json()) as { paths: Paths };
  const ajv = new Ajv2020({ strict: false });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'contract');
  const checks: Promise<string | null>[] = [];

  const check = async (response: Response): Promise<string | null> => {
    const type = (response.headers()['content-type'] ?? '').split(';')[0] ?? '';
    if (!type.includes('json')) return null;
    const { pathname } = new URL(response.url());
    const method = response.request().method().toLowerCase();
    const path = Object.keys(document.paths).find((candidate) => matches(candidate, pathname.slice(prefix.length)));
    if (path === undefined) return `${pathname} is not described`;
    // A page that has gone took the answer with it.
    const body: unknown = await response.json().catch(() => undefined);
    if (body === undefined) return null;
    const place = ['paths', path, method, 'responses', String(response.status()), 'content', type, 'schema'];
    const escaped = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = ajv.getSchema(`contract#/${escaped.join('/')}`);
    const what = `${method} ${path} ${String(response.status())} ${type}`;
    if (validate === undefined) return `${what} is not described`;
    return validate(body) === true ? null : `${what}: ${ajv.errorsText(validate.errors)}`;
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
