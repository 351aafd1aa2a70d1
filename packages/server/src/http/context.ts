import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { PartyRole } from '@active-session/core';
import type { OperationId } from '@active-session/core/contract';
import type { GuestRecord, PersonRecord } from '../store/records.js';

/** Who a request comes from. */
export interface SignedIn {
  readonly person: Pick<PersonRecord, 'id' | 'name'>;
  /** The role that the token gives, which a deployment's sign-in decides; `guest` for who has a link only. */
  readonly role: PartyRole;
  /** Who came by a link into one session; undefined for everybody else. */
  readonly guest?: GuestRecord;
  /** Epoch ms from which the token is refused, and a stream that it opened ends. */
  readonly expiresAt: number;
}

export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: { requestId: string; signedIn: SignedIn; operation?: OperationId };
}

export type AppContext = Context<AppEnv>;
