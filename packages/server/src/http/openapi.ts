import {
  bookingSchema,
  draftKeySchema,
  historyEntrySchema,
  invitationSchema,
  meSchema,
  networkTestSchema,
  noteRequestSchema,
  partySchema,
  presenceAnswerSchema,
  providerNoteSchema,
  providerSchema,
  seatSchema,
  sessionEventSchema,
  slotSchema,
  ticketSchema,
} from '@active-session/core';
import {
  bodies,
  CONTRACT_VERSION,
  operations,
  PROBLEM_STATUS,
  problemSchema,
  type Operation,
  type ProblemCode,
} from '@active-session/core/contract';
import * as z from 'zod/mini';
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiParameters,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';

/** Schemas that the document names. */
const NAMED: Readonly<Record<string, z.ZodMiniType>> = {
  Booking: bookingSchema,
  Party: partySchema,
  Provider: providerSchema,
  Slot: slotSchema,
  ProviderNote: providerNoteSchema,
  NoteRequest: noteRequestSchema,
  HistoryEntry: historyEntrySchema,
  Me: meSchema,
  Invitation: invitationSchema,
  Seat: seatSchema,
  Ticket: ticketSchema,
  PresenceAnswer: presenceAnswerSchema,
  NetworkTest: networkTestSchema,
  DraftKey: draftKeySchema,
  SessionEvent: sessionEventSchema,
  Problem: problemSchema,
};

/** Statuses that a code comes with too: a body that can't be read, and a change that came too late. */
const ALSO: Partial<Record<ProblemCode, readonly number[]>> = {
  invalid: [400, 413],
  'session-ended': [409],
  'session-cancelled': [409],
};

const ANY_TIME = ['unauthenticated', 'forbidden', 'rate-limited', 'unavailable'] as const;
/** A guest's link that opens nothing any more says why, whatever is asked for. */
const VOID_LINK = ['outside-window', 'session-ended', 'session-cancelled'] as const;
const ONCE = z.object({ 'Idempotency-Key': z.string().check(z.minLength(1), z.maxLength(200)) });
const IF_MATCH = z.object({ 'If-Match': z.string().check(z.regex(/^"\d{1,15}"$/)) });

/**
 * The contract as OpenAPI 3.1, made of the schemas that validate.
 *
 * @param strict no answer may have a field that is not named here: for tests. Clients must not be strict, because a
 *   newer server sends more.
 */
export function openApiDocument(serverUrl: string, { strict = false } = {}): ReturnType<typeof createDocument> {
  for (const [id, schema] of Object.entries(NAMED)) z.globalRegistry.add(schema, { id });
  const options: CreateDocumentOptions = {
    override({ jsonSchema, zodSchema }) {
      // A regular expression of 300 characters says no more than the format.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      const isLoose = zodSchema === bodies.document;
      if (!strict || isLoose) delete jsonSchema.additionalProperties;
    },
  };
  return createDocument(describe(serverUrl), options);
}

function describe(serverUrl: string): ZodOpenApiObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [id, operation] of Object.entries<Operation>(operations)) {
    const path = (paths[operation.path] ??= {});
    path[operation.method.toLowerCase()] = operationObject(id, operation);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Active Session',
      version: CONTRACT_VERSION,
      description:
        'The backend contract of Active Session. Times are ISO 8601 with an offset. Every answer carries `Server-Time` ' +
        '(epoch ms) and, where events can be followed, `Event-Id`: the newest event at that moment.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    security: [{ token: [] }],
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'Names a person by `sub`, with `role`. A guest of a session has the opaque token of their invitation.',
        },
      },
    },
    paths,
  };
}

function operationObject(operationId: string, operation: Operation): ZodOpenApiOperationObject {
  const { summary, query, body, once, ifMatch, access } = operation;
  const header = once ? ONCE : ifMatch ? IF_MATCH : undefined;
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const path = z.object(Object.fromEntries(names.map((name) => [name, z.string().check(z.minLength(1))])));
  const parameters: ZodOpenApiParameters = {
    ...(names.length === 0 ? {} : { path }),
    ...(query === undefined ? {} : { query }),
    ...(header === undefined ? {} : { header }),
  };
  return {
    operationId,
    summary,
    description: `For: ${access}.`,
    ...(access === 'everybody' ? { security: [] } : {}),
    ...(Object.keys(parameters).length === 0 ? {} : { requestParams: parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: responsesOf(operationId, operation),
  };
}

function responsesOf(
  operationId: string,
  { status, answer, refusals, access, once, ifMatch }: Operation,
): ZodOpenApiResponsesObject {
  const codes = [...refusals, ...(access === 'everybody' ? [] : ANY_TIME)];
  const byStatus = new Map<number, Set<string>>();
  const add = (at: number, code: string): void => void byStatus.set(at, (byStatus.get(at) ?? new Set()).add(code));
  for (const code of codes) for (const at of [PROBLEM_STATUS[code], ...(ALSO[code] ?? [])]) add(at, code);
  if (access !== 'everybody') for (const code of VOID_LINK) add(PROBLEM_STATUS[code], code);
  if (once) add(400, 'invalid');
  if (ifMatch)
    for (const [at, code] of [
      [412, 'conflict'],
      [428, 'invalid'],
    ] as const)
      add(at, code);
  const stream = operationId === 'followEvents' ? { 'text/event-stream': { schema: z.string() } } : {};
  const good =
    answer === null
      ? { description: 'Done.' }
      : { description: 'Done.', content: { 'application/json': { schema: answer }, ...stream } };
  return {
    [`${status}`]: good,
    ...Object.fromEntries(
      [...byStatus].map(([at, why]) => [
        `${at}`,
        { description: [...why].join(', '), content: { 'application/problem+json': { schema: problemSchema } } },
      ]),
    ),
  };
}
