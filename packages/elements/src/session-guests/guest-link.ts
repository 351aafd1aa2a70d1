import { pageAddress } from '../shared/page-address.js';

/**
 * The link that a guest opens: the portal's page for guests, with the token behind the `#`, where it is sent to no
 * server and stands in no log. Null where the portal names no page that a browser can open.
 */
export function guestLink(page: string, token: string): string | null {
  if (pageAddress(page) === null) return null;
  const link = new URL(page, document.baseURI);
  link.hash = token;
  return link.href;
}
