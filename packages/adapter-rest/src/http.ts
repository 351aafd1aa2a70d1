import { SessionError, type ClockSample } from '@active-session/core';
import { errorFromResponse } from './problems.js';
import type { TokenSource } from './tokens.js';

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
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** May be sent while the page goes away. */
  readonly keepalive?: boolean;
  /** ms until the answer's headers must be here, and from then until its JSON must be. */
  readonly timeout?: number;
}

export interface Http {
  /** The parsed JSON body of a 2xx answer; undefined for 204. @throws SessionError */
  json(request: HttpRequest): Promise<unknown>;
  /** The answer itself, with a 2xx status. @throws SessionError */
  open(request: HttpRequest): Promise<Response>;
}

const TIMEOUT = 15_000;

/** The HTTP edge: sign-in, deadlines, problem details, the server's clock. Everything it throws is a `SessionError`. */
export function createHttp(options: HttpOptions): Http {
  const { tokens, monotonic, onSample, onEventId } = options;

  const attempt = async (request: HttpRequest, token: string | null): Promise<Response> => {
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort();
    }, request.timeout ?? TIMEOUT);
    const sentAt = monotonic();
    try {
      const response = await options.fetch(addressOf(options.endpoint, request), {
        method: request.method ?? 'GET',
        headers: headersOf(request, token),
        credentials: 'same-origin',
        cache: 'no-store',
        keepalive: request.keepalive ?? false,
        signal: AbortSignal.any([request.signal, deadline.signal]),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      });
      readHeaders(response, sentAt);
      return response;
    } catch (cause) {
      if (request.signal.aborted) throw new SessionError('aborted', 'The request was aborted.', { cause });
      if (deadline.signal.aborted) {
        throw new SessionError('timeout', `No answer from ${pathOf(request)} in time.`, { cause });
      }
      throw new SessionError('network', `${pathOf(request)} can't be reached.`, { cause });
    } finally {
      clearTimeout(timer);
    }
  };

  const readHeaders = (response: Response, sentAt: number): void => {
    const serverTime = Number(response.headers.get('Server-Time') ?? NaN);
    const fromCache = Number(response.headers.get('Age') ?? 0) > 0;
    if (Number.isFinite(serverTime) && !fromCache) onSample({ serverTime, sentAt, receivedAt: monotonic() });
    const eventId = response.headers.get('Event-Id');
    if (eventId !== null) onEventId(eventId);
  };

  const open = async (request: HttpRequest): Promise<Response> => {
    const token = await tokens.get();
    let response = await attempt(request, token);
    if (response.status === 401 && token !== null) {
      const renewed = await tokens.renew(token);
      if (renewed !== null && renewed !== token) response = await attempt(request, renewed);
    }
    if (!response.ok) throw await errorFromResponse(response, pathOf(request));
    return response;
  };

  return {
    open,
    async json(request) {
      const stalled = new AbortController();
      const signal = AbortSignal.any([request.signal, stalled.signal]);
      const response = await open({ ...request, signal });
      if (response.status === 204) return undefined;
      if (!isJson(response)) {
        // A captive portal answers every address with its own page.
        throw new SessionError('network', `${pathOf(request)} was answered by something that is not the backend.`);
      }
      const timer = setTimeout(() => {
        stalled.abort();
      }, request.timeout ?? TIMEOUT);
      try {
        return (await response.json()) as unknown;
      } catch (cause) {
        if (request.signal.aborted) throw new SessionError('aborted', 'The request was aborted.', { cause });
        throw unreadable(pathOf(request), cause, stalled.signal.aborted);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Why the body of an answer did not become JSON: only words that came whole and are none are the backend's mistake. */
function unreadable(request: string, cause: unknown, stalled: boolean): SessionError {
  if (stalled) return new SessionError('timeout', `The answer to ${request} stopped half-way.`, { cause });
  if (cause instanceof SyntaxError) {
    return new SessionError('malformed', `${request} answered with JSON that can't be read.`, { cause });
  }
  return new SessionError('network', `The answer to ${request} broke off.`, { cause });
}

function addressOf(endpoint: string, { path, query = {} }: HttpRequest): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value);
  const search = parameters.toString();
  return `${endpoint}${path}${search === '' ? '' : `?${search}`}`;
}

function headersOf(request: HttpRequest, token: string | null): Record<string, string> {
  return {
    Accept: 'application/json',
    ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    ...request.headers,
  };
}

function isJson(response: Response): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/i.test(response.headers.get('Content-Type') ?? '');
}

/** For messages: the method and the path, never the query. */
function pathOf({ method = 'GET', path }: HttpRequest): string {
  return `${method} ${path}`;
}
