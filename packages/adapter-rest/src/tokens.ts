import { SessionError } from '@active-session/core';

/**
 * Gives the access token of who is signed in, null where nobody is. `refresh`: the last one was refused, get a new one.
 * What waits for a token waits for no longer than for an answer. A `SessionError` that it throws is passed on.
 */
export type GetToken = (options: { readonly refresh: boolean }) => string | null | Promise<string | null>;

export interface TokenSource {
  /** Null where the backend is signed in to by cookies. @throws SessionError `unauthenticated` */
  get(): Promise<string | null>;
  /** A new token in the place of `refused`; one refresh serves all who were refused. @throws SessionError `unauthenticated` */
  renew(refused: string): Promise<string>;
}

export function createTokenSource(getToken: GetToken | undefined): TokenSource {
  if (getToken === undefined) {
    return { get: () => Promise.resolve(null), renew: (refused) => Promise.resolve(refused) };
  }
  let current: Promise<string> | null = null;

  const fetchToken = (refresh: boolean): Promise<string> => {
    const asked = ask(getToken, refresh).catch((thrown: unknown) => {
      if (current === asked) current = null;
      throw thrown;
    });
    current = asked;
    return asked;
  };

  return {
    get: () => current ?? fetchToken(false),
    async renew(refused) {
      const pending = current;
      const known = pending === null ? null : await pending;
      // While we waited somebody else may have renewed it already.
      if (known !== null && known !== refused) return known;
      return current !== null && current !== pending ? current : fetchToken(true);
    },
  };
}

async function ask(getToken: GetToken, refresh: boolean): Promise<string> {
  let token: string | null;
  try {
    token = await getToken({ refresh });
  } catch (cause) {
    if (cause instanceof SessionError) throw cause;
    throw new SessionError('unauthenticated', 'getToken did not give a token.', { cause });
  }
  if (token === null || token === '') throw new SessionError('unauthenticated', 'Nobody is signed in.');
  return token;
}
