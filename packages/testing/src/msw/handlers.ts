import { bookingSchema, SessionError, toSessionError, type Booking, type PartyRole } from '@active-session/core';
import { operations, type Access, type Operation, type OperationId } from '@active-session/core/contract';
import { http, HttpResponse, type HttpHandler, type PathParams, type WebSocketHandler } from 'msw';
import { withoutSlash } from '../address.js';
import type { MemoryBackend, PersonalBackend } from '../memory-backend.js';
import { answers, type Answered } from './answers.js';
import { eventStream } from './event-stream.js';
import { idempotencyKey, ifMatch, readBody, readQuery } from './input.js';
import { problemResponse, Refusal } from './problems.js';
import { signallingHandler } from './signalling.js';

export interface SessionHandlersOptions {
  readonly backend: MemoryBackend;
  /** Where the contract's routes are. In Node it must be absolute, as every address there. */
  readonly endpoint: string;
}

/**
 * The contract over a backend in memory, for `setupServer` and `setupWorker`: the same wire as that of a real one, but
 * for the OpenAPI document and the video engine's own signalling. Who asks is named by the token: `Bearer ann`.
 */
export function sessionHandlers({ backend, endpoint }: SessionHandlersOptions): (HttpHandler | WebSocketHandler)[] {
  const root = withoutSlash(endpoint);
  const routes = Object.entries(operations).flatMap(([id, operation]) => {
    if (!isServed(id)) return [];
    const path = `${root}${operation.path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    const method = METHODS[operation.method];
    return [method(path, ({ request, params }) => respond(backend, id, request, params))];
  });
  const nothing = http.all(`${root}/*`, ({ request }) => elsewhere(backend, request));
  return [...routes, nothing, signallingHandler(backend)];
}

type Served = Exclude<OperationId, 'getOpenApi'>;

const METHODS = { GET: http.get, POST: http.post, PUT: http.put } as const;

async function respond(
  backend: MemoryBackend,
  operationId: Served,
  request: Request,
  params: PathParams,
): Promise<Response> {
  const operation: Operation = operations[operationId];
  const headers = standardHeaders(backend);
  const id = String(params['id'] ?? '');
  let asker: Asker | undefined;
  try {
    if (operation.access !== 'everybody') {
      asker = signedIn(backend, request);
      requireAccess(backend, asker, operation, id);
    }
    if (operationId === 'followEvents') return followEvents(backend, signedIn(backend, request), request, headers);
    const call = {
      own: asker?.own,
      id,
      note: String(params['note'] ?? ''),
      seat: String(params['seat'] ?? ''),
      query: operation.query && readQuery(request, operation.query),
      body: operation.body && (await readBody(request, operation.body)),
      key: operation.once ? idempotencyKey(request) : '',
      version: operation.ifMatch ? ifMatch(request) : 0,
      signal: request.signal,
    };
    const answer = await answerOf(operationId)(call).catch((error: unknown) => {
      throw operation.ifMatch ? asMismatch(error, call.version, bookingOf(backend, id)) : error;
    });
    if (operation.status === 204) return new HttpResponse(null, { status: 204, headers });
    const etag = operation.answer === bookingSchema ? { ETag: etagOf(answer) } : {};
    return new HttpResponse(JSON.stringify(answer), {
      status: operation.status,
      headers: { ...headers, ...etag, 'Content-Type': 'application/json' },
    });
  } catch (error) {
    const booking = (): Booking | undefined => {
      const found = bookingOf(backend, id);
      return asker !== undefined && partyOf(found, asker.id) !== undefined ? found : undefined;
    };
    return problemResponse(error, { operation: operationId, headers, booking });
  }
}

/** The table's types tie each answer to its operation; past this point all calls are alike. */
function answerOf(id: Answered): (call: object) => Promise<unknown> {
  return answers[id] as (call: object) => Promise<unknown>;
}

function isServed(id: string): id is Served {
  return id in operations && id !== 'getOpenApi';
}

/** Taken before the data is read: who starts the stream after it misses nothing. */
function standardHeaders(backend: MemoryBackend): Record<string, string> {
  return {
    'Server-Time': String(backend.now()),
    'Event-Id': backend.feed('').newest(),
    'Cache-Control': 'no-store',
  };
}

/** Who asks: somebody of the backend's people, or a guest of one booking. */
interface Asker {
  readonly id: string;
  readonly role: PartyRole;
  readonly own: PersonalBackend;
  readonly guestOf?: string;
}

function signedIn(backend: MemoryBackend, { headers }: Request): Asker {
  const name = /^Bearer (.+)$/.exec(headers.get('Authorization') ?? '')?.[1];
  if (name?.startsWith('guest_') === true) return guestSignedIn(backend, name);
  const person = name === undefined ? undefined : backend.person(name);
  if (person === undefined) throw new SessionError('unauthenticated', 'The sign-in is missing or not one of here.');
  return { id: person.id, role: person.role, own: backend.for(person.id) };
}

function guestSignedIn(backend: MemoryBackend, token: string): Asker {
  try {
    const { id, booking } = backend.guest(token);
    return { id, role: 'guest', own: backend.forGuest(token), guestOf: booking };
  } catch (error) {
    const why = toSessionError(error);
    // There is no race that they have lost: they may not come in any more.
    throw why.code === 'unauthenticated' ? why : new Refusal(403, why);
  }
}

/** It comes before the request is read, so that who may not learns nothing from how a request is refused. */
function requireAccess(backend: MemoryBackend, person: Asker, { access, once }: Operation, id: string): void {
  if (person.guestOf !== undefined) {
    requireGuestAccess(access, person.guestOf, id);
    return;
  }
  // Who has lost the booking since gets the answer that was lost on the way.
  if (access === 'its-provider' && once) return;
  const forbidden = new SessionError('forbidden', 'This is not for you.');
  switch (access) {
    case 'patients':
      if (person.role !== 'patient') throw forbidden;
      return;
    case 'providers':
    case 'their-provider':
      if (person.role !== 'provider') throw forbidden;
      return;
    case 'participant':
    case 'party':
    case 'its-provider': {
      const role = partyOf(bookingOf(backend, id), person.id);
      if (role === undefined) throw new SessionError('not-found', 'There is nothing here for you.');
      if (access === 'its-provider' && role !== 'provider') throw forbidden;
      return;
    }
    case 'accounts':
    case 'reader':
    case 'signed-in':
    case 'everybody':
      return;
  }
}

const FOR_GUESTS: readonly Access[] = ['everybody', 'signed-in'];
const OF_BOOKING: readonly Access[] = ['participant', 'party', 'reader', 'its-provider'];

function requireGuestAccess(access: Access, booking: string, id: string): void {
  if (FOR_GUESTS.includes(access)) return;
  if (OF_BOOKING.includes(access) && id !== booking) {
    throw new SessionError('not-found', 'There is nothing here for you.');
  }
  if (access !== 'participant') throw new SessionError('forbidden', 'This is not for guests of a session.');
}

function bookingOf(backend: MemoryBackend, id: string): Booking | undefined {
  try {
    return backend.booking(id);
  } catch {
    return undefined;
  }
}

function partyOf(booking: Booking | undefined, person: string): 'patient' | 'provider' | undefined {
  return (['patient', 'provider'] as const).find((role) => booking?.[role] === person);
}

/** A conflict because somebody changed it since is told apart from one because of how it stands. */
function asMismatch(error: unknown, version: number, booking: Booking | undefined): unknown {
  const isConflict = error instanceof SessionError && error.code === 'conflict';
  return isConflict && booking?.version !== version ? new Refusal(412, error) : error;
}

function etagOf(answer: unknown): string {
  const version = typeof answer === 'object' && answer !== null && 'version' in answer ? answer.version : undefined;
  return `"${String(version)}"`;
}

function followEvents(
  backend: MemoryBackend,
  { id }: Asker,
  request: Request,
  headers: Record<string, string>,
): Response {
  if (!backend.offers('followEvents')) throw new SessionError('not-supported', 'There are no events here.');
  const feed = backend.feed(id);
  if (feed.isCut) return HttpResponse.error();
  const { after } = readQuery(request, operations.followEvents.query);
  const from = request.headers.get('Last-Event-ID') ?? after;
  if (!(request.headers.get('Accept') ?? '').includes('text/event-stream')) {
    return HttpResponse.json(feed.since(from), { headers });
  }
  return new HttpResponse(eventStream(backend, feed, from, request.signal), {
    headers: { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8' },
  });
}

function elsewhere(backend: MemoryBackend, request: Request): Response {
  const headers = standardHeaders(backend);
  const context = { operation: 'getMe', headers, booking: () => undefined } as const;
  try {
    signedIn(backend, request);
    throw new SessionError('not-found', 'There is nothing here for you.');
  } catch (error) {
    return problemResponse(error, context);
  }
}
