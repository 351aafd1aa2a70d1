import { clientContext } from '@active-session/elements';
import type { SessionClient } from '@active-session/core';
import { createBrowserClient, tokensFrom } from './create-client.js';

interface ContextRequest extends Event {
  readonly context: unknown;
  readonly subscribe?: boolean;
  readonly callback: (value: SessionClient, unsubscribe?: () => void) => void;
}

const clients = new Map<string, SessionClient>();

/**
 * Answers elements from the attributes `endpoint` and `token-endpoint` on the element itself or on the nearest one around
 * it: one client for each pair. A `<session-scope>` that has a client and is nearer answers itself.
 */
export function answerContextRequests(target: EventTarget): void {
  target.addEventListener(
    'context-request',
    (event) => {
      const request = event as ContextRequest;
      if (request.context !== clientContext) return;
      const place = request.composedPath().find((node) => node instanceof Element && (isScope(node) || isPlace(node)));
      if (!(place instanceof Element) || !isPlace(place)) return;
      request.stopImmediatePropagation();
      request.callback(clientAt(place), () => undefined);
    },
    // On the way down, because a scope without a client would answer with none.
    { capture: true },
  );
}

function isScope(element: Element): boolean {
  return 'client' in element && element.localName === 'session-scope' && element.client !== undefined;
}

function isPlace(element: Element): boolean {
  return !isScope(element) && element.hasAttribute('endpoint');
}

function clientAt(place: Element): SessionClient {
  const endpoint = place.getAttribute('endpoint') ?? '';
  const tokenEndpoint = place.getAttribute('token-endpoint');
  const key = JSON.stringify([endpoint, tokenEndpoint]);
  const known = clients.get(key);
  if (known !== undefined && known.getSnapshot().state !== 'signed-out') return known;
  const client = createBrowserClient({
    endpoint,
    ...(tokenEndpoint === null ? {} : { getToken: tokensFrom(tokenEndpoint) }),
  });
  clients.set(key, client);
  return client;
}
