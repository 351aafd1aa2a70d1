import { createRestBackend, type RestBackend } from '@active-session/adapter-rest';
import type { Instant } from '@active-session/core';
import { cuttableFetch, type CuttableFetch } from './cuttable-fetch.js';
import type { ConformanceOptions } from './options.js';
import { patientFetch } from './patient-fetch.js';
import type { Wire } from './wire.js';

/** Everybody who takes part in one test, each with a connection of their own. */
export interface People {
  readonly patient: RestBackend;
  readonly provider: RestBackend;
  readonly stranger: RestBackend;
  readonly otherProvider: RestBackend | undefined;
  /** Who came by a link. */
  readonly guest: (token: string) => RestBackend;
  readonly streams: CuttableFetch;
}

export function createPeople({ endpoint, tokens }: ConformanceOptions, wire: Wire): People {
  const patient = patientFetch();
  const streams = cuttableFetch(patient);
  const reach = (token: string, fetch = patient): RestBackend =>
    createRestBackend({ endpoint, getToken: () => token, fetch: wire.watch(fetch) });
  return {
    patient: reach(tokens.patient, streams.fetch),
    provider: reach(tokens.provider),
    stranger: reach(tokens.stranger),
    otherProvider: tokens.otherProvider === undefined ? undefined : reach(tokens.otherProvider),
    guest: (token) => reach(token),
    streams,
  };
}

/** The server's clock, as its answers show it; the one of this machine where they do not. */
export interface ServerClock {
  now(): Instant;
  /** Reads it again. */
  measure(): Promise<void>;
}

export function createServerClock(read: () => Promise<number | undefined>): ServerClock {
  let offset = Date.now() - performance.now();
  return {
    now: () => performance.now() + offset,
    async measure() {
      const sentAt = performance.now();
      const serverTime = await read();
      if (serverTime !== undefined) offset = serverTime - (sentAt + performance.now()) / 2;
    },
  };
}
