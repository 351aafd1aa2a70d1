import type { Server } from 'node:http';
import type { Hono } from 'hono';
import { createMeter } from './allowance.js';
import { createHeadPublisher } from './audit-heads.js';
import { systemClock, type Clock } from './clock.js';
import type { ServerConfig } from './config.js';
import { recordUnheard } from './domain/audit.js';
import { purge, settle } from './domain/sweep.js';
import { createProbeTokens } from './domain/probe-tokens.js';
import { socketLost } from './domain/seats.js';
import { redeem } from './domain/tickets.js';
import { readUnit, type Domain } from './domain/unit.js';
import { createEventHub } from './events/hub.js';
import { createApp } from './http/app.js';
import type { AppEnv } from './http/context.js';
import type { Inspect } from './http/inspect.js';
import { clientAddress, DEFAULT_LIMITS } from './http/limits.js';
import { originsOf } from './http/origins.js';
import { describeError, silentLog, type Log } from './log.js';
import { createSignalling } from './signalling/signalling.js';
import type { Store } from './store/store.js';

const SWEEP_EVERY = 1_000;
const PURGE_EVERY = 60_000;
/** How long a stopping server waits for the file of the audit heads. */
const HEADS_WITHIN = 1_000;

export interface ServerOptions {
  readonly config: ServerConfig;
  readonly store: Store;
  readonly clock?: Clock;
  readonly log?: Log;
  /** ms between two sweeps; 0: none, `sweep` is called by who made the server. */
  readonly sweepEvery?: number;
  /** Sees every answer before it is sent. */
  readonly inspect?: Inspect;
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

  const { engine = 'peerjs', preconnect } = config;
  const preconnects = engine === 'webrtc' && preconnect !== undefined;
  const hub = createEventHub({ store, clock, log });
  const addresses = createMeter((config.limits ?? DEFAULT_LIMITS).address, () => clock.now());
  const signalling = createSignalling({
    path,
    clock,
    log,
    originAllowed: originsOf(config).listed,
    redeem: (shown) => redeem(domain, shown),
    addressOf: ({ socket, headers }) =>
      clientAddress(socket.remoteAddress, headers['x-forwarded-for'], config.proxies ?? 0),
    addresses,
    preconnects,
    // Never fails; what can't be written is logged.
    denied: (seated, refused) => void recordUnheard({ domain, log }, seated, refused),
    lost: ({ booking, seat, lease }) => {
      socketLost(domain, { booking, seat, lease }).catch(failed('signalling.lost-failed'));
    },
  });
  hub.wake();
  const domain: Domain = {
    store,
    clock,
    policy: config.policy,
    preconnects,
    probes: createProbeTokens(),
    live: {
      cut: (lease, reason) => signalling.cut(lease, reason),
      expect: (peer) => signalling.expect(peer),
      admit: (lease, isAdmitted) => signalling.admit(lease, isAdmitted),
      dismissed: (person) => hub.dismiss(person),
      published: () => hub.wake(),
    },
  };

  const socketUrl = new URL(path, publicUrl);
  socketUrl.protocol = publicUrl.protocol === 'https:' ? 'wss:' : 'ws:';
  const address = {
    engine,
    preconnect: preconnects ? preconnect : undefined,
    url: socketUrl.href,
    iceServers: config.iceServers,
    iceTransportPolicy: config.iceTransportPolicy,
    turn: config.turn,
  };
  const app = createApp({ config, domain, hub, address, log, addresses, inspect: options.inspect });

  const heads = createHeadPublisher({ store, clock, log, file: config.auditHeadFile });
  void heads.tick();

  let purgedAt = -Infinity;
  let seated: ReadonlySet<string> = new Set();
  let sweeping: Promise<void> | undefined;

  /** Waits for nothing: a database that is slow must not silence the streams. */
  function tick(): void {
    signalling.tick();
    hub.tick(seated);
  }

  async function sweepOnce(): Promise<void> {
    // Another process may write to the same database.
    hub.wake();
    const thorough = Math.abs(clock.now() - purgedAt) >= PURGE_EVERY;
    const leases = await settle(domain, { thorough, failed: failed('sweep.booking-failed') });
    signalling.keep(new Set(leases.map(({ lease }) => lease)));
    hub.drop(await readUnit(domain, ({ view }) => view.people.gone(hub.people())));
    seated = new Set(leases.map(({ person }) => person));
    tick();
    // A file that hangs, as on a mount that is gone, must not keep leases and streams from ending.
    void heads.tick();
    if (!thorough) return;
    await purge(domain);
    purgedAt = clock.now();
  }

  function failed(event: string): (error: unknown) => void {
    return (error) => log({ level: 'error', event, ...describeError(error) });
  }

  const sweep = (): Promise<void> => (sweeping ??= sweepOnce().finally(() => (sweeping = undefined)));
  const timer =
    sweepEvery > 0
      ? setInterval(() => {
          tick();
          sweep().catch(failed('sweep.failed'));
        }, sweepEvery)
      : undefined;

  return {
    app,
    attach: (server) => signalling.attach(server),
    sweep,
    async close() {
      clearInterval(timer);
      hub.close();
      signalling.close();
      await sweeping?.catch(() => undefined);
      if (!(await within(HEADS_WITHIN, heads.close()))) log({ level: 'error', event: 'audit.head-unpublished' });
    },
  };
}

/** Whether `work` was done in `ms`; it goes on otherwise. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((done) => (timer = setTimeout(done, ms, false)));
  const isDone = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return isDone;
}
