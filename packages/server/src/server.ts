import type { Server } from 'node:http';
import type { Hono } from 'hono';
import { systemClock, type Clock } from './clock.js';
import type { ServerConfig } from './config.js';
import { purge, settle } from './domain/sweep.js';
import { socketLost } from './domain/seats.js';
import { redeem } from './domain/tickets.js';
import { commit, type Domain } from './domain/unit.js';
import { createEventHub } from './events/hub.js';
import { createApp } from './http/app.js';
import type { AppEnv } from './http/context.js';
import { describeError, silentLog, type Log } from './log.js';
import { createSignalling } from './signalling/signalling.js';
import type { Store } from './store/store.js';

const SWEEP_EVERY = 1_000;
const PURGE_EVERY = 60_000;

export interface ServerOptions {
  readonly config: ServerConfig;
  readonly store: Store;
  readonly clock?: Clock;
  readonly log?: Log;
  /** ms between two sweeps; 0: none, `sweep` is called by who made the server. */
  readonly sweepEvery?: number;
}

export interface SessionServer {
  /** The routes, to be mounted at the path of `config.publicUrl`. */
  readonly app: Hono<AppEnv>;
  /** Takes the WebSocket upgrades of signalling on this HTTP server. */
  attach(server: Server): void;
  /** Ends what has run out, completes what is due, sends heartbeats. */
  sweep(): Promise<void>;
  /** Ends streams and sockets. The store stays open: it is of who made it. */
  close(): Promise<void>;
}

export function createServer(options: ServerOptions): SessionServer {
  const { config, store, clock = systemClock, log = silentLog, sweepEvery = SWEEP_EVERY } = options;
  const publicUrl = new URL(config.publicUrl);
  const path = `${publicUrl.pathname.replace(/\/$/, '')}/signalling`;

  const hub = createEventHub({ store, clock, log });
  const signalling = createSignalling({
    path,
    clock,
    log,
    originAllowed: (origin, host) =>
      origin === undefined ||
      origin === publicUrl.origin ||
      // The same origin under another name of this server, as `localhost` and `127.0.0.1` are.
      URL.parse(origin)?.host === host ||
      config.allowedOrigins.includes(origin),
    redeem: (grant) => commit(domain, (unit) => redeem(unit, grant)),
    lost: ({ booking, seat, lease }) => {
      if (seat !== 'patient' && seat !== 'provider') return;
      socketLost(domain, { booking, seat, lease }).catch(failed('signalling.lost-failed'));
    },
  });
  hub.wake();
  const domain: Domain = {
    store,
    clock,
    policy: config.policy,
    live: {
      cut: (lease, reason) => signalling.cut(lease, reason),
      expect: (peer) => signalling.expect(peer),
      published: () => hub.wake(),
    },
  };

  const socketUrl = new URL(path, publicUrl);
  socketUrl.protocol = publicUrl.protocol === 'https:' ? 'wss:' : 'ws:';
  const address = { url: socketUrl.href, iceServers: config.iceServers };
  const app = createApp({ config, domain, hub, address, log });

  let purgedAt = 0;
  let sweeping: Promise<void> | undefined;

  async function sweepOnce(): Promise<void> {
    signalling.tick();
    // Another process may write to the same database.
    hub.wake();
    const leases = await settle(domain, failed('sweep.booking-failed'));
    signalling.keep(new Set(leases.map(({ lease }) => lease)));
    hub.tick(new Set(leases.map(({ person }) => person)));
    if (Math.abs(clock.now() - purgedAt) < PURGE_EVERY) return;
    purgedAt = clock.now();
    await purge(domain);
  }

  function failed(event: string): (error: unknown) => void {
    return (error) => log({ level: 'error', event, ...describeError(error) });
  }

  const sweep = (): Promise<void> => (sweeping ??= sweepOnce().finally(() => (sweeping = undefined)));
  const timer = sweepEvery > 0 ? setInterval(() => void sweep().catch(failed('sweep.failed')), sweepEvery) : undefined;

  return {
    app,
    attach: (server) => signalling.attach(server),
    sweep,
    async close() {
      clearInterval(timer);
      hub.close();
      signalling.close();
      await sweeping?.catch(() => undefined);
    },
  };
}
