import { SessionError } from '@active-session/core';

/** Gives the access token of who is signed in. `refresh`: the last one was refused, get a new one. */
export type GetToken = (options: { readonly refresh: boolean }) => string | null | Promise<string | null>;

export interface TokenSource {
  /** Null where the backend is signed in to by cookies. @throws SessionError `unauthenticated` */
  get(): Promise<string | null>;
  /** A new token in the place of `refused`; one refresh serves all who were refused. @throws SessionError `unauthenticated` */
  renew(refused: string): Promise<string | null>;
}

export function createTokenSource(getToken: GetToken | undefined): TokenSource {
  if (getToken === undefined) return { get: () => Promise.resolve(null), renew: () => Promise.resolve(null) };
  let current: Promise<string | null> | null = null;

  const fetchToken = (refresh: boolean): Promise<string | null> => {
    const asked = Promise.resolve()
      .then(() => getToken({ refresh }))
      .catch((cause: unknown) => {
        if (current === asked) current = null;
        throw new SessionError('unauthenticated', 'getToken did not give a token.', { cause });
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
