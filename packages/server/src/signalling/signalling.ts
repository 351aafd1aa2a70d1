import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { createAllowance, type Meter, type Rate } from '../allowance.js';
import type { Clock } from '../clock.js';
import type { Redeemed, Shown } from '../domain/tickets.js';
import { describeError, type Log } from '../log.js';
import { closeSocket, connectionOf, type CloseReason, type Connection, type Seated } from './connection.js';
import { createPulse, readFrame, type Frame } from './guard.js';
import { helloToken, isPing, PONG, READY, relaySeatFrame } from './native-protocol.js';
import { expired, OPEN, relayPeerFrame } from './peerjs-protocol.js';
import { createProbes } from './probes.js';
import type { Refused } from './refusals.js';
import { createStrangers } from './strangers.js';
import { createSwitchboard, type Switchboard } from './switchboard.js';

const MAX_FRAME = 64 * 1024;
/** Frames of one socket. */
const FRAMES: Rate = { burst: 200, perSecond: 50 };
/** Upgrades whose grant the store is still to look up. */
const WAITING_AT_MOST = 500;

export interface SignallingOptions {
  /** Path of the signalling base, without a slash at its end. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a page of `origin` may connect; none is named by programs that are no browsers. `host` is whom they asked. */
  originAllowed(origin: string | undefined, host: string | undefined): boolean;
  /** Redeems a grant; undefined when it gives nothing, whatever the reason. */
  redeem(shown: Shown): Promise<Redeemed | undefined>;
  /** The network address that a request comes from. */
  addressOf(request: IncomingMessage): string;
  /** How much each network address has asked, here and elsewhere. */
  readonly addresses: Meter;
  /** Whether patient and provider may connect before the patient is let in. */
  readonly preconnects: boolean;
  /** Somebody sent what they may not; told once for each socket and kind. */
  readonly denied: (seated: Seated, refused: Refused) => void;
  /** The last socket of a lease closed, and not by us. */
  lost(seated: Seated): void;
}

export interface Signalling extends Pick<Switchboard, 'cut' | 'expect' | 'admit'> {
  attach(server: Server): void;
  /** Cuts every socket whose lease is not among these: another process may have ended it. */
  keep(leases: ReadonlySet<string>): void;
  tick(): void;
  close(): void;
}

/** Offers, answers and candidates between the parties of one booking, for stock PeerJS clients and for our own channel. */
export function createSignalling(options: SignallingOptions): Signalling {
  const { path, clock, log } = options;
  const now = (): number => clock.now();
  const board = createSwitchboard(now, options);
  const strangers = createStrangers(now);
  const probes = createProbes(now);
  const pulse = createPulse();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  const detach: (() => void)[] = [];
  const cutByUs = new WeakSet<Connection>();
  let closing = false;
  let waiting = 0;

  function seat(socket: WebSocket, seated: Seated): Connection {
    const own = connectionOf(socket, seated);
    const connection: Connection = {
      ...own,
      close(reason: CloseReason) {
        cutByUs.add(connection);
        own.close(reason);
      },
    };
    socket.on('close', () => {
      const last = board.remove(connection);
      if (last && !closing && !cutByUs.has(connection)) options.lost(seated);
    });
    return connection;
  }

  /** Hands each well-formed frame to `handle`, in order, and closes on the first that is not. */
  function listen(socket: WebSocket, handle: (frame: Frame) => boolean): void {
    const ask = createAllowance(FRAMES, now);
    socket.on('message', (data, isBinary) => {
      if (socket.readyState !== socket.OPEN) return;
      contain(socket, () => {
        if (ask() > 0) {
          closeSocket(socket, 'flood');
          return;
        }
        const frame = readFrame(data, isBinary);
        if (frame === undefined || !handle(frame)) closeSocket(socket, 'malformed');
      });
    });
  }

  /** Whatever somebody sends, now or to be delivered later, ends their own connection at most, never the process. */
  function contain(socket: WebSocket, act: () => void): void {
    try {
      act();
    } catch (error) {
      fail(error, () => closeSocket(socket, 'malformed'));
    }
  }

  function welcome(socket: WebSocket): void {
    // ws reports frames that break the protocol here and closes the socket itself.
    socket.on('error', () => undefined);
    pulse.watch(socket, now());
  }

  async function upgradePeer(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void> {
    const [peerId, token] = [url.searchParams.get('id'), url.searchParams.get('token')];
    const seated = peerId && token ? await redeemPeer(token, peerId) : undefined;
    if (seated === undefined || seated.kind === 'probe' || closing) {
      refuse(socket, 403);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      welcome(webSocket);
      const connection = seat(webSocket, seated);
      listen(webSocket, (frame) => relayPeerFrame(connection, frame, board));
      contain(webSocket, () => {
        connection.send(OPEN);
        board.add(connection);
      });
    });
  }

  async function redeemPeer(token: string, peerId: string): Promise<Redeemed | undefined> {
    waiting += 1;
    try {
      return await options.redeem({ kind: 'peerjs', token, peerId });
    } finally {
      waiting -= 1;
    }
  }

  function upgradeNative(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      welcome(webSocket);
      const known = strangers.add(webSocket, options.addressOf(request));
      let greeted = false;
      let take: ((frame: Frame) => boolean) | undefined;
      listen(webSocket, (frame) => {
        if (take !== undefined) return take(frame);
        const token = helloToken(frame);
        // Nothing may be said before `ready`.
        if (token === undefined || greeted) return false;
        greeted = true;
        options
          .redeem({ kind: 'native', token })
          .then((redeemed) => {
            known();
            if (redeemed === undefined || closing) closeSocket(webSocket, 'refused');
            else if (webSocket.readyState === webSocket.OPEN) take = begin(webSocket, redeemed);
          })
          .catch((error: unknown) => fail(error, () => closeSocket(webSocket, 'refused')));
        return true;
      });
    });
  }

  /** Says `ready` to who has shown a good grant. What takes their frames from now on. */
  function begin(socket: WebSocket, redeemed: Redeemed): (frame: Frame) => boolean {
    if (redeemed.kind === 'probe') {
      socket.send(JSON.stringify(READY));
      return answeringPings(socket, probes.add(socket));
    }
    const connection = seat(socket, redeemed);
    connection.send(READY);
    board.add(connection);
    return answeringPings(socket, (frame) => relaySeatFrame(connection, frame, board));
  }

  function fail(error: unknown, refuseIt: () => void): void {
    log({ level: 'error', event: 'signalling.failed', ...describeError(error) });
    refuseIt();
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = URL.parse(request.url ?? '', 'http://localhost');
    if (url?.pathname !== path && url?.pathname !== `${path}/peerjs`) return false;
    const retryAfter = options.addresses.ask(options.addressOf(request));
    if (closing) refuse(socket, 503);
    else if (retryAfter > 0) refuse(socket, 429, retryAfter);
    else if (!options.originAllowed(request.headers.origin, request.headers.host)) refuse(socket, 403);
    else if (url.pathname === path) upgradeNative(request, socket, head);
    else if (waiting >= WAITING_AT_MOST) refuse(socket, 503, 1);
    else upgradePeer(request, socket, head, url).catch((error: unknown) => fail(error, () => refuse(socket, 503)));
    return true;
  }

  return {
    attach(server) {
      const listener = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
        // Node takes its own listener off an upgraded socket: without one, a reset by anybody would end the process.
        socket.on('error', () => socket.destroy());
        // Somebody else on this server may know the path; if nobody can, the socket must not stay open.
        if (!upgrade(request, socket, head) && server.listenerCount('upgrade') === 1) refuse(socket, 404);
      };
      server.on('upgrade', listener);
      detach.push(() => server.off('upgrade', listener), passOthersBy(server));
    },
    cut: (lease, reason) => board.cut(lease, reason),
    expect: (peer) => board.expect(peer),
    admit: (lease, isAdmitted) => board.admit(lease, isAdmitted),
    keep: (leases) => board.keep(leases),
    tick() {
      pulse.tick(now());
      strangers.tick();
      probes.tick();
      board.tick((from, peerId) => from.send(expired(peerId)));
    },
    close() {
      closing = true;
      for (const undo of detach) undo();
      for (const socket of sockets.clients) closeSocket(socket, 'stopping');
    },
  };
}

/** A page can't see WebSocket's own pings: by these it knows that its channel still carries. */
function answeringPings(socket: WebSocket, take: (frame: Frame) => boolean): (frame: Frame) => boolean {
  return (frame) => {
    if (!isPing(frame)) return take(frame);
    socket.send(PONG);
    return true;
  };
}

const REFUSALS = { 403: 'Forbidden', 404: 'Not Found', 429: 'Too Many Requests', 503: 'Service Unavailable' };

/** Says nothing about what exists, and does not wait for the other end to close too. */
function refuse(socket: Duplex, status: keyof typeof REFUSALS, retryAfter?: number): void {
  socket.once('finish', () => socket.destroy());
  const retry = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`;
  socket.end(`HTTP/1.1 ${status} ${REFUSALS[status]}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

/**
 * An offer to go on in another protocol, as some clients make with each request (`Upgrade: h2c`), may be passed over:
 * without this, Node would hand the request to nobody. Gives its own undo.
 */
function passOthersBy(server: Server & { shouldUpgradeCallback?: (request: IncomingMessage) => boolean }): () => void {
  const former = server.shouldUpgradeCallback;
  server.shouldUpgradeCallback = (request) => {
    const isOurs = request.headers.upgrade?.toLowerCase() === 'websocket';
    return isOurs || server.listenerCount('upgrade') > 1;
  };
  return () => {
    if (former !== undefined) server.shouldUpgradeCallback = former;
  };
}
