import { SessionError, type BookingId, type SessionErrorCode } from '@active-session/core';
import type { operations } from '@active-session/core/contract';

type Contract = typeof operations;

/** `POST /bookings/{id}/cancel`: a route of the contract, which the compiler holds it against. */
export type Route = { [Id in keyof Contract]: `${Contract[Id]['method']} ${Contract[Id]['path']}` }[keyof Contract];

export interface Target {
  /** What stands for the route's `{…}`, in order. */
  readonly of?: readonly BookingId[];
  readonly query?: Readonly<Record<string, string | undefined>>;
}

/** Wherever there is a backend, a 404 here is about what was asked for. */
const EVERYWHERE: ReadonlySet<Route> = new Set<Route>([
  'GET /bookings/active',
  'GET /bookings/{id}',
  'GET /bookings/{id}/notes',
  'POST /bookings/{id}/notes',
]);

export function addressOf(endpoint: string, route: Route, { of = [], query = {} }: Target): string {
  const segments = of.map(segment);
  const path = route.replace(/^\w+ /, '').replace(/\{\w+\}/g, () => segments.shift() ?? '');
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value);
  return `${endpoint}${path}${parameters.size === 0 ? '' : `?${parameters.toString()}`}`;
}

/**
 * What a 404, 405 or 501 means that does not come from the contract's backend itself: mostly that there is no such
 * route. One that has answered before is away for the moment, and one that must be there has not found what was asked for.
 */
export function codeOfMissing(route: Route, status: number, hasAnswered: boolean): SessionErrorCode {
  const isKnown = hasAnswered || EVERYWHERE.has(route);
  if (isKnown && status === 404 && (route.includes('{') || EVERYWHERE.has(route))) return 'not-found';
  return hasAnswered ? 'unavailable' : 'not-supported';
}

function segment(value: BookingId): string {
  const text = encodeURIComponent(value);
  if (text !== '.' && text !== '..') return text;
  // It would climb to another route.
  throw new SessionError('not-found', 'Nothing can have this id.');
}
