import { SessionError, type ClockSample } from '@active-session/core';
import { errorFromResponse } from './problems.js';
import { addressOf, type Route, type Target } from './route.js';
import type { TokenSource } from './tokens.js';
import { createTraffic, type TrafficOptions } from './traffic.js';

export interface HttpOptions {
  /** Absolute address of the contract's routes, without a slash at the end. */
  readonly endpoint: string;
  readonly tokens: TokenSource;
  readonly fetch: typeof globalThis.fetch;
  /** ms; the same clock that the platform calls monotonic. */
  readonly monotonic: () => number;
  readonly onSample: (sample: ClockSample) => void;
  /** The id of the newest event at the moment of an answer, where it says so. */
  readonly onEventId: (id: string) => void;
  readonly traffic?: TrafficOptions;
}

export interface HttpRequest extends Target {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** May be sent while the page goes away. */
  readonly keepalive?: boolean;
  /** ms until the answer's headers must be here, and from then until all of it must be. */
  readonly timeout?: number;
  /** Nothing at all is an answer too. */
  readonly mayBeEmpty?: boolean;
}

export interface Http {
  /** The parsed JSON body of a 2xx answer; undefined where it is empty and may be. @throws SessionError */
  json(route: Route, request: HttpRequest): Promise<unknown>;
  /** The answer itself, with a 2xx status; its body may take for ever. @throws SessionError */
  open(route: Route, request: HttpRequest): Promise<Response>;
}

const TIMEOUT = 15_000;

/** The HTTP edge: sign-in, deadlines, problem details, the server's clock. Everything it throws is a `SessionError`. */
export function createHttp(options: HttpOptions): Http {
  const { tokens, monotonic } = options;
  const answered = new Set<Route>();

  const traffic = createTraffic(options.traffic ?? { door: () => null, onFound: () => undefined });

  const fetched = async (route: Route, request: HttpRequest, token: string | null, signal: AbortSignal) => {
    const { body, keepalive = false } = request;
    const sentAt = monotonic();
    const response = await options.fetch(addressOf(options.endpoint, route, request), {
      method: route.slice(0, route.indexOf(' ')),
      headers: headersOf(request, token),
      credentials: 'same-origin',
      cache: 'no-store',
      // The contract has no redirects: one leads to the sign-in page of somebody's network.
      redirect: 'manual',
      keepalive,
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    readHeaders(response, sentAt);
    return response;
  };

  const send = (route: Route, request: HttpRequest, token: string | null, signal: AbortSignal) => {
    const make = () => fetched(route, request, token, signal);
    // While the page goes away nothing waits.
    return request.keepalive === true ? make() : traffic.send(make, signal);
  };

  const readHeaders = (response: Response, sentAt: number): void => {
    const serverTime = Number(response.headers.get('Server-Time') ?? NaN);
    const fromCache = Number(response.headers.get('Age') ?? 0) > 0;
    if (Number.isFinite(serverTime) && !fromCache) options.onSample({ serverTime, sentAt, receivedAt: monotonic() });
    const eventId = response.headers.get('Event-Id');
    if (eventId !== null) options.onEventId(eventId);
  };

  /** Sends, with a new token where the old one was refused, and has the answer read. */
  const exchange = async <T>(
    route: Route,
    request: HttpRequest,
    read: (response: Response) => Promise<T> | T,
  ): Promise<T> => {
    const limit = startLimit(request.signal, request.timeout ?? TIMEOUT);
    try {
      request.signal.throwIfAborted();
      const token = await limit.orEnd(tokens.get());
      let response = await send(route, request, token, limit.signal);
      if (response.status === 401 && token !== null) {
        const renewed = await limit.orEnd(tokens.renew(token));
        if (renewed !== token) {
          discard(response);
          limit.restart();
          response = await send(route, request, renewed, limit.signal);
        }
      }
      limit.restart();
      if (!response.ok) throw await errorFromResponse(response, route, answered.has(route));
      const value = await read(response);
      answered.add(route);
      return value;
    } catch (cause) {
      if (request.signal.aborted) throw new SessionError('aborted', 'The request was aborted.', { cause });
      if (cause instanceof SessionError) throw cause;
      if (limit.hasPassed()) throw new SessionError('timeout', `${route} was not answered in time.`, { cause });
      throw new SessionError('network', `${route} got no answer, or only a part of one.`, { cause });
    } finally {
      limit.stop();
    }
  };

  return {
    open: (route, request) => exchange(route, request, (response) => response),
    json: (route, request) =>
      exchange(route, request, async (response) => {
        const { status, headers } = response;
        const isEmpty = status === 204 || headers.get('Content-Length') === '0';
        if (!isEmpty && !isJson(response)) {
          discard(response);
          throw notOurs(route, headers.get('Content-Type') ?? 'no type');
        }
        const text = isEmpty ? '' : await response.text();
        if (text !== '') return parsed(text, route);
        if (request.mayBeEmpty === true) return undefined;
        throw notOurs(route, 'nothing');
      }),
  };
}

/** Ends with `signal`, or by itself when `ms` have passed since it was started or restarted. */
function startLimit(signal: AbortSignal, ms: number) {
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onEnd = (): void => undefined;
  const end = new Promise<never>((_, reject) => {
    onEnd = () => {
      reject(new DOMException('The request has ended.', 'AbortError'));
    };
  });
  const restart = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      own.abort();
    }, ms);
  };
  either.addEventListener('abort', onEnd);
  restart();
  return {
    signal: either,
    restart,
    stop: () => {
      clearTimeout(timer);
      // A page's signal lives as long as the page, and would keep every request that it ever made.
      either.removeEventListener('abort', onEnd);
    },
    hasPassed: () => own.signal.aborted,
    orEnd: <T>(promise: Promise<T>): Promise<T> => Promise.race([promise, end]),
  };
}

/**
 * A captive portal answers every address with its own page, so that nobody is there is all that is known. What a
 * command is answered with may be the backend's own: it has happened perhaps, and must not be sent again and again.
 */
function notOurs(route: Route, what: string): SessionError {
  const isElsewhere = route.startsWith('GET ') || /html/i.test(what);
  return new SessionError(isElsewhere ? 'network' : 'malformed', `${route} was answered with ${what}, not with JSON.`);
}

function parsed(text: string, route: Route): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Its own message quotes what stood there, which may be about somebody.
    throw new SessionError('malformed', `${route} answered with JSON that can't be read.`);
  }
}

/** With a token, or by the cookies of this site and a header that no form of another site can send. */
function headersOf(request: HttpRequest, token: string | null): Record<string, string> {
  return {
    Accept: 'application/json',
    ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(token === null ? { 'Active-Session-Csrf': '1' } : { Authorization: `Bearer ${token}` }),
    ...request.headers,
  };
}

function isJson(response: Response): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/i.test(response.headers.get('Content-Type') ?? '');
}

/** What nobody reads must not hold its connection. */
function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}
