import { operations } from '@active-session/core/contract';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answered } from '../src/http/inspect.js';
import { openApiDocument } from '../src/http/openapi.js';

const DOCUMENT = 'contract';

/** Holds answers against the OpenAPI document: what is not described there, or not as described, is a fault. */
export interface ContractCheck {
  /** What is wrong with an answer; null: nothing. */
  (answer: Answered): string | null;
}

export function createContractCheck(): ContractCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // ajv-formats is CommonJS, and its types speak of a default that Node wraps once more.
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(openApiDocument('http://localhost', { strict: true }), DOCUMENT);
  const known = new Map<string, ValidateFunction | null>();

  const validator = (pointer: string): ValidateFunction | null => {
    const before = known.get(pointer);
    if (before !== undefined) return before;
    const found = ajv.getSchema(`${DOCUMENT}${pointer}`) ?? null;
    known.set(pointer, found);
    return found;
  };

  return ({ operation, status, contentType, body }) => {
    if (body === null) return null;
    const type = contentType.split(';')[0] ?? '';
    // Before an operation is known (signed in, routed) there are only problems.
    if (operation === undefined) {
      const problem = validator('#/components/schemas/Problem');
      return type === 'application/problem+json' && problem?.(body) === true ? null : `${status} is no problem`;
    }
    const { path, method } = operations[operation];
    const place = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    const pointer = `#/${place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    const validate = validator(pointer);
    if (validate === null) return `${operation}: ${status} ${type} is not described`;
    if (validate(body)) return null;
    return `${operation}: ${status} is not as described: ${ajv.errorsText(validate.errors)}`;
  };
}
