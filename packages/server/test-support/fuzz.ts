import fc from 'fast-check';
import { operations, type Operation, type OperationId } from '@active-session/core/contract';
import { openApiDocument } from '../src/http/openapi.js';

/** One request as somebody hostile or broken could send it. */
export interface FuzzRequest {
  readonly operation: OperationId;
  readonly method: string;
  readonly path: string;
  readonly person: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Ids that exist, for requests that get further than the door. */
export interface Known {
  readonly bookings: readonly string[];
  readonly notes: readonly string[];
}

const document = JSON.parse(JSON.stringify(openApiDocument('http://localhost'))) as {
  components: { schemas: Record<string, Schema> };
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
};

const NASTY = [
  '',
  '\u0000',
  '\ud800',
  '\u202e',
  '__proto__',
  "'; drop table bookings; --",
  '../../etc',
  '%00',
  '\r\nX: y',
  'x'.repeat(400),
  '{{7*7}}',
  '<img src=x onerror=alert(1)>',
  '\u{1F469}\u200d\u2695\ufe0f',
  '-1',
  '1e309',
  'NaN',
];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...NASTY));
const instant = fc.oneof(
  fc
    .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '2026-02-30T00:00:00Z',
    '2026-03-02',
    '+275760-09-13T00:00:00Z',
    '2026-03-02T10:00:00',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ),
);

/** A value that fits a schema of the document, mostly. */
function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return fitting(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return fc.oneof(...options.map(fitting));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.format === 'date-time') return instant;
  if (schema.format === 'uuid') return fc.uuid({ version: 4 });
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {}).map(
        ([name, value]) => [name, fitting(value)] as const,
      );
      return fc.record(Object.fromEntries(properties), { requiredKeys: [...(schema.required ?? [])] });
    }
    case 'array':
      return fc.array(fitting(schema.items ?? {}), { maxLength: 5 });
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: -10, max: 300 }), fc.constantFrom(0.5, 1e21, -0));
    case 'boolean':
      return fc.boolean();
    default:
      return text;
  }
}

/** The same with something wrong about it. */
function spoilt(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(value, fc.nat(), fc.oneof(fc.anything({ maxDepth: 3 }), text)).map(([good, at, bad]) => {
    if (typeof good !== 'object' || good === null) return bad;
    const names = Object.keys(good);
    const name = names[at % (names.length + 1)] ?? '__proto__';
    return { ...good, [name]: bad };
  });
}

function bodyOf(id: OperationId): fc.Arbitrary<string | undefined> {
  const { path, method }: Operation = operations[id];
  const schema = document.paths[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return fc.option(text, { nil: undefined, freq: 20 });
  const json = (value: unknown): string => {
    try {
      return JSON.stringify({ value }).slice('{"value":'.length, -1);
    } catch {
      return 'null';
    }
  };
  return fc.oneof(
    { weight: 6, arbitrary: fitting(schema).map(json) },
    { weight: 4, arbitrary: spoilt(fitting(schema)).map(json) },
    { weight: 1, arbitrary: text },
    { weight: 1, arbitrary: fc.constantFrom('null', '[]', '"x"', '0', '{', '[[[[', '{"a":1,"a":2}', '\ufeff{}') },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** What may stand in a header: anything else never leaves a client. */
const headerText = fc
  .string({ unit: 'grapheme-ascii', maxLength: 60 })
  .map((value) => value.replaceAll(/[^\x21-\x7e ]/g, '').trim());

function headersOf(operation: Operation): fc.Arbitrary<Record<string, string>> {
  return fc
    .record({
      key: fc.oneof({ weight: 5, arbitrary: fc.uuid() }, { weight: 1, arbitrary: headerText }),
      match: fc.oneof(
        { weight: 4, arbitrary: fc.nat({ max: 20 }).map((version) => `"${version}"`) },
        { weight: 1, arbitrary: headerText },
      ),
      after: fc.oneof(
        headerText,
        fc.tuple(fc.stringMatching(/^[0-9a-f]{8}$/), fc.nat()).map(([instance, seq]) => `${instance}-${seq}`),
      ),
      odd: headerText,
    })
    .map(({ key, match, after, odd }) => ({
      Accept: 'application/json',
      'Last-Event-ID': after,
      'X-Forwarded-For': odd,
      ...(operation.once ? { 'Idempotency-Key': key } : {}),
      ...(operation.ifMatch ? { 'If-Match': match } : {}),
    }));
}

/** Requests to every operation, from people who may and people who may not. */
export function requests(known: Known): fc.Arbitrary<FuzzRequest> {
  const id = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...known.bookings, 'ana', 'lee', 'moss', 'ben') },
    { weight: 2, arbitrary: text },
  );
  const note = fc.oneof(fc.constantFrom(...known.notes), text);
  const query = fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc
        .dictionary(
          fc.constantFrom('from', 'to', 'status', 'cursor', 'limit', 'kind', 'after', 'x'),
          fc.oneof(text, instant, fc.constantFrom('scheduled', '5', 'W10=', 'WzEsIngiXQ')),
          { maxKeys: 4 },
        )
        .map((values) => `?${new URLSearchParams(Object.entries(values)).toString()}`),
    },
  );
  const ids = (Object.keys(operations) as OperationId[]).filter((operation) => operation !== 'getOpenApi');
  return fc.constantFrom(...ids).chain((operation) =>
    fc
      .record({
        id,
        note,
        query,
        body: bodyOf(operation),
        headers: headersOf(operations[operation]),
        person: fc.constantFrom('ana', 'ana', 'lee', 'lee', 'ben', 'moss'),
      })
      .map(({ id: chosen, note: noteId, query: search, body, headers, person }) => {
        const { method, path } = operations[operation];
        const filled = path.replace('{id}', encode(chosen)).replace('{note}', encode(noteId));
        return { operation, method, path: filled + search, person, headers, body: method === 'GET' ? undefined : body };
      }),
  );
}

function encode(value: string): string {
  const encoded = encodeURIComponent(value.toWellFormed());
  // An empty segment, and one that a URL takes for a step up, is another path.
  return encoded === '' || encoded === '.' || encoded === '..' ? '%20' : encoded;
}

/** A frame nested as deep as one of 64 kB can be, or as no message of a call is. */
function deepFrame(dst: string): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom('OFFER', 'probe'), fc.constantFrom(40, 8_000, 32_000)).map(([type, levels]) => {
    const nested = '['.repeat(levels) + ']'.repeat(levels);
    return `{"type":"${type}","dst":"${dst}","payload":{"type":"media","sdp":${nested}}}`;
  });
}

/** A frame that passes on, if nothing before it closed the socket. */
const mediaFrame = (peerId: string): fc.Arbitrary<string> =>
  fc
    .record({ type: fc.constantFrom('OFFER', 'ANSWER', 'CANDIDATE'), sdp: text })
    .map(({ type, sdp }) => JSON.stringify({ type, dst: peerId, payload: { type: 'media', sdp } }));

/** Frames as a client of signalling could send them, some to `peerId`, who is there. */
export const framesTo = (peerId: string): fc.Arbitrary<string | Buffer> =>
  fc.oneof(
    { weight: 1, arbitrary: deepFrame(peerId) },
    { weight: 2, arbitrary: mediaFrame(peerId) },
    {
      weight: 5,
      arbitrary: fc
        .record({
          type: fc.oneof(
            fc.constantFrom('OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'HEARTBEAT', 'hello', 'probe', '__proto__'),
            text,
          ),
          dst: fc.oneof(text, fc.constantFrom('__proto__', 'constructor', peerId)),
          src: text,
          seat: fc.constantFrom('patient', 'provider', 'guest', '', '__proto__'),
          payload: fc.oneof(
            fc.record({ type: fc.constantFrom('media', 'data'), sdp: fc.anything({ maxDepth: 2 }) }),
            fc.anything({ maxDepth: 2 }),
          ),
        })
        .map((frame) => {
          try {
            return JSON.stringify(frame);
          } catch {
            return '{}';
          }
        }),
    },
    { weight: 1, arbitrary: text },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'null',
        '[]',
        '{',
        '1',
        '"x"',
        '{"type":1}',
        `{"type":"OFFER","dst":"${'x'.repeat(70_000)}"}`,
      ),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)) },
  );
