/** What a request past the adapter is answered with. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where it is no JSON. */
  readonly body: unknown;
}

export interface RawRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Raw = (path: string, request?: RawRequest) => Promise<RawAnswer>;

const PATIENCE = 15_000;

/** Requests as anybody could make them. */
export function createRaw(endpoint: string, fetch: typeof globalThis.fetch): Raw {
  return async (path, { method = 'GET', token, body, headers = {} } = {}) => {
    const response = await fetch(`${endpoint}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
      headers: {
        Accept: 'application/json',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const isJson = /\bjson\b/.test(response.headers.get('Content-Type') ?? '');
    if (!isJson) void response.body?.cancel().catch(() => undefined);
    const value: unknown = isJson ? await response.json().catch(() => undefined) : undefined;
    return { status: response.status, headers: response.headers, body: value };
  };
}
