import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { SessionError } from '../errors.js';
import { parseBookings } from './booking.rules.js';
import { instantSchema } from './instant.schema.js';
import { onlyOnce, parse, parseList } from './parse.rules.js';
import { booking } from './test-support/bookings.js';

const schema = z.object({ id: z.string(), n: z.int().check(z.minimum(2), z.maximum(9)) });

function refusal(work: () => unknown): SessionError {
  try {
    work();
  } catch (error) {
    if (error instanceof SessionError) return error;
  }
  throw new Error('It was not refused.');
}

/** What a developer reads of one value that a schema refuses. */
function wordsOf(wanted: z.ZodMiniType, value: unknown): string {
  return refusal(() => parse(wanted, value, 'thing'))
    .problems.map(({ message }) => message)
    .join('; ');
}

describe('parse', () => {
  it('gives what the schema makes of it', () => {
    expect(parse(schema, { id: 'a', n: 2, more: true }, 'thing')).toEqual({ id: 'a', n: 2 });
  });

  it('says what it was, names every field, and keeps the cause', () => {
    const error = refusal(() => parse(schema, { id: 1, n: 99 }, 'thing'));
    expect(error).toMatchObject({ code: 'malformed', cause: expect.any(z.core.$ZodError) as unknown });
    expect(error.message).toMatch(/thing.*id: .+; n: /);
    expect(error.problems.map(({ path }) => path)).toEqual(['id', 'n']);
  });

  it('names a field where it stands', () => {
    const deep = z.object({ list: z.array(z.object({ a: z.string() })) });
    expect(refusal(() => parse(deep, { list: [{ a: 'x' }, { a: 3 }] }, 'thing')).problems[0]?.path).toBe('list.1.a');
    expect(refusal(() => parse(deep, 'text', 'thing')).problems[0]?.path).toBe('(the whole value)');
  });
});

describe('words for what is wrong, never "Invalid input"', () => {
  it.each([
    ['another type', z.string(), 3, /string/],
    ['not one of some', z.enum(['red', 'green']), 'blue', /"red".*"green"/],
    ['too short', z.string().check(z.minLength(3)), 'a', /at least 3 characters/],
    ['too long', z.string().check(z.maxLength(3)), 'abcd', /at most 3 characters/],
    ['too small', z.int().check(z.minimum(3)), 1, /at least 3$/],
    ['too big', z.int().check(z.maximum(3)), 4, /at most 3$/],
    ['another format', z.uuid(), 'x', /format uuid/],
    ['neither of two types', z.union([z.string(), z.int()]), null, /another type/],
    ['fields that nobody knows', z.strictObject({}), { mood: 1, hat: 2 }, /unknown mood, hat/],
    ['something else', z.string().check(z.refine(() => false)), 'x', /not valid/],
  ])('%s', (_, wanted, value, expected) => {
    expect(wordsOf(wanted, value)).toMatch(expected);
    expect(wordsOf(wanted, value)).not.toMatch(/invalid input/i);
  });

  it('a time with no offset is told how one looks, by one that is good', () => {
    const [, example] = /like (\S+)$/.exec(wordsOf(instantSchema, '2026-01-07T10:00')) ?? [];
    expect(instantSchema.safeParse(example).success).toBe(true);
  });
});

describe('parseList', () => {
  it('takes each item on its own, and names the bad ones by their place', () => {
    const list = parseList(schema, [{ id: 'a', n: 3 }, { id: 'b' }, { id: 'c', n: 4 }, 7], 'thing');
    expect(list.items.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(list.problems.map(({ path }) => path)).toEqual(['1.n', '3']);
  });

  it.each([
    [null, 'null'],
    [{}, 'an object'],
    ['text', 'string'],
    [undefined, 'undefined'],
  ])('%j is no list, and it is said what came', (value, kind) => {
    const error = refusal(() => parseList(schema, value, 'thing'));
    expect([error.code, error.message]).toEqual(['malformed', `Expected a list of things, got ${kind}.`]);
  });
});

describe('onlyOnce', () => {
  const key = ({ id }: { id: string }): string => id;
  const list = (...items: { id: string; n: number }[]) => onlyOnce({ items, problems: [EARLIER] }, key);
  const EARLIER = { path: '9', message: 'bad' };

  it('changes nothing of a list whose items are different ones', () => {
    const items = [
      { id: 'a', n: 1 },
      { id: 'b', n: 1 },
    ];
    expect(list(...items)).toEqual({ items, problems: [EARLIER] });
  });

  it('leaves out what comes again as it was, and says nothing of it', () => {
    const once = list({ id: 'a', n: 1 }, { id: 'b', n: 2 }, { id: 'a', n: 1 });
    expect(once).toEqual({
      items: [
        { id: 'a', n: 1 },
        { id: 'b', n: 2 },
      ],
      problems: [EARLIER],
    });
  });

  it('keeps the first of an id that comes again with something else, and tells it', () => {
    const { items, problems } = list({ id: 'a', n: 1 }, { id: 'a', n: 2 }, { id: 'a', n: 3 });
    expect(items).toEqual([{ id: 'a', n: 1 }]);
    expect(problems).toEqual([
      EARLIER,
      { path: 'a', message: expect.stringContaining('first') as string },
      { path: 'a', message: expect.stringContaining('first') as string },
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('%s is an id like any other', (id) => {
    expect(list({ id, n: 1 })).toEqual({ items: [{ id, n: 1 }], problems: [EARLIER] });
    expect(list({ id, n: 1 }, { id, n: 2 }).problems).toHaveLength(2);
  });

  it('bookings are one by their id, whether it is a number or a string', () => {
    const { items, problems } = parseBookings([booking({ id: 7 }), booking({ id: '7', notes: 'other' })]);
    expect(items.map(({ id }) => id)).toEqual([7]);
    expect(problems.map(({ path }) => path)).toEqual(['7']);
  });
});
