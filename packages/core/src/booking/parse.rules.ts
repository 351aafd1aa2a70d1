import type * as z from 'zod/mini';
import { SessionError, type FieldProblem } from '../errors.js';

/** What a list held: the items that parse, and for each that does not, where and why. */
export interface ParsedList<T> {
  readonly items: readonly T[];
  readonly problems: readonly FieldProblem[];
}

/**
 * `value` as the schema's output.
 *
 * @throws SessionError `malformed`, with a problem for each field, when it does not parse
 */
export function parse<S extends z.ZodMiniType>(schema: S, value: unknown, what: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = fieldProblems(result.error.issues);
  throw new SessionError('malformed', `This ${what} can't be read: ${listed(problems)}`, {
    problems,
    cause: result.error,
  });
}

/** Each item on its own, so that one bad item hides no good one. */
export function parseList<S extends z.ZodMiniType>(schema: S, value: unknown, what: string): ParsedList<z.output<S>> {
  if (!Array.isArray(value)) throw new SessionError('malformed', `Expected a list of ${what}s, got ${kindOf(value)}.`);
  const items: z.output<S>[] = [];
  const problems: FieldProblem[] = [];
  value.forEach((item, index) => {
    const result = schema.safeParse(item);
    if (result.success) items.push(result.data);
    else problems.push(...fieldProblems(result.error.issues, [index]));
  });
  return { items, problems };
}

/**
 * A list whose items have a key: the first of each stays. One that comes again as it was is left out; one that comes
 * again with something else under its key is told as a problem.
 */
export function onlyOnce<T>({ items, problems }: ParsedList<T>, keyOf: (item: T) => string): ParsedList<T> {
  const first = new Map<string, T>();
  const again: FieldProblem[] = [];
  for (const item of items) {
    const key = keyOf(item);
    const before = first.get(key);
    if (before === undefined) first.set(key, item);
    else if (JSON.stringify(before) !== JSON.stringify(item)) {
      again.push({ path: key, message: 'there is another one under this id; the first counts' });
    }
  }
  return first.size === items.length
    ? { items, problems }
    : { items: [...first.values()], problems: [...problems, ...again] };
}

/** zod/mini says only "Invalid input"; these are our own words for what each issue means. */
export function fieldProblems(
  issues: readonly z.core.$ZodIssue[],
  prefix: readonly PropertyKey[] = [],
): FieldProblem[] {
  return issues.map((issue) => ({
    path: [...prefix, ...issue.path].map(String).join('.') || '(the whole value)',
    message: wordsFor(issue),
  }));
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'expected an ISO 8601 date and time with Z or an offset, like 2026-01-07T10:00:00.000Z'
        : `expected the format ${issue.format}`;
    case 'too_small':
      return `expected at least ${String(issue.minimum)}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'too_big':
      return `expected at most ${String(issue.maximum)}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'invalid_union':
      return 'expected another type or form';
    case 'unrecognized_keys':
      return `unknown ${issue.keys.join(', ')}`;
    default:
      return 'not valid';
  }
}

function listed(problems: readonly FieldProblem[]): string {
  return problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : typeof value;
}
