import type { ServerConfig } from '../config.js';

/** Whether a page of `origin` may use this server; none is named by programs that are no browsers. `host` is whom they asked. */
export type OriginAllowed = (origin: string | undefined, host: string | undefined) => boolean;

/** Pages of the server's own origin, and those of the list. */
export function originsOf({ publicUrl, allowedOrigins }: Pick<ServerConfig, 'publicUrl' | 'allowedOrigins'>): {
  own: OriginAllowed;
  listed: OriginAllowed;
} {
  const { origin: ownOrigin, protocol } = new URL(publicUrl);

  /** The same origin under another name of this server, as `localhost` and `127.0.0.1` are. */
  function isOtherName(origin: string, host: string | undefined): boolean {
    const page = URL.parse(origin);
    if (page === null || host === undefined || host === '') return false;
    return page.host === host.toLowerCase() && (protocol !== 'https:' || page.protocol === 'https:');
  }

  const own: OriginAllowed = (origin, host) =>
    origin === undefined || origin === ownOrigin || isOtherName(origin, host);
  return {
    own,
    listed: (origin, host) => own(origin, host) || (origin !== undefined && allowedOrigins.includes(origin)),
  };
}
