import { createContext } from '@lit/context';
import type { SessionClient } from '@active-session/core';

/**
 * The key under which elements ask for a client by the context protocol. It is a registered symbol, so that two copies
 * of this package in one page understand each other.
 */
export const clientContext = createContext<SessionClient | undefined, symbol>(Symbol.for('@active-session/client'));
