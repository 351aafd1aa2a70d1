import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../clock.js';
import type { CutReason } from '../domain/unit.js';
import { describeError, type Log } from '../log.js';
import { closeSocket, connectionOf, type CloseReason, type Connection, type Seated } from './connection.js';
import { createAllowance, createPulse, readFrame, type Frame } from './guard.js';
import { helloToken, READY, relaySeatFrame } from './native-protocol.js';
import { expired, OPEN, relayPeerFrame } from './peerjs-protocol.js';
import { createSwitchboard } from './switchboard.js';

const MAX_FRAME = 64 * 1024;
const HELLO_WITHIN = 5_000;
/** Sockets that have not yet shown a grant. */
const STRANGERS = 500;

export interface SignallingOptions {
  /** Path of the signalling base, without a slash at its end. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a page of `origin` may connect; none is named by programs that are no browsers. `host` is whom they asked. */
  originAllowed(origin: string | undefined, host: string | undefined): boolean;
  /** Redeems a grant; undefined when it gives nothing, whatever the reason. */
  redeem(grant: { kind: Seated['kind']; token: string; peerId?: string }): Promise<Seated | undefined>;
  /** The last socket of a lease closed, and not by us. */
  lost(seated: Seated): void;
}

export interface Signalling {
  attach(server: Server): void;
  cut(lease: string, reason: CutReason): void;
  expect(peer: Pick<Seated, 'booking' | 'seat' | 'peerId'>): void;
  /** Cuts every socket whose lease is not among these: another process may have ended it. */
  keep(leases: ReadonlySet<string>): void;
  tick(): void;
  close(): void;
}

/** Offers, answers and candidates between the parties of one booking, for stock PeerJS clients and for our own channel. */
export function createSignalling(options: SignallingOptions): Signalling {
  const { path, clock, log } = options;
  const board = createSwitchboard(() => clock.now());
  const pulse = createPulse();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  const detach: (() => void)[] = [];
  const cutByUs = new WeakSet<Connection>();
  let strangers = 0;
  let closing = false;

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
    const allowed = createAllowance(() => clock.now());
    socket.on('message', (data, isBinary) => {
      if (socket.readyState !== socket.OPEN) return;
      if (!allowed()) {
        closeSocket(socket, 'flood');
        return;
      }
      const frame = readFrame(data, isBinary);
      if (frame === undefined || !handle(frame)) closeSocket(socket, 'malformed');
    });
  }

  function welcome(socket: WebSocket): void {
    // ws reports frames that break the protocol here and closes the socket itself.
    socket.on('error', () => undefined);
    pulse.watch(socket, clock.now());
  }

  async function upgradePeer(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void> {
    const [peerId, token] = [url.searchParams.get('id'), url.searchParams.get('token')];
    const seated = peerId && token ? await options.redeem({ kind: 'peerjs', token, peerId }) : undefined;
    if (seated === undefined || closing) {
      refuse(socket, 403);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      welcome(webSocket);
      const connection = seat(webSocket, seated);
      listen(webSocket, (frame) => relayPeerFrame(connection, frame, board));
      connection.send(OPEN);
      board.add(connection);
    });
  }

  function upgradeNative(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (strangers >= STRANGERS) {
      refuse(socket, 503);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      welcome(webSocket);
      strangers += 1;
      const known = once(() => (strangers -= 1));
      const impatience = setTimeout(() => closeSocket(webSocket, 'refused'), HELLO_WITHIN);
      webSocket.once('close', () => {
        known();
        clearTimeout(impatience);
      });
      let connection: Connection | undefined;
      let greeted = false;
      listen(webSocket, (frame) => {
        if (connection !== undefined) return relaySeatFrame(connection, frame, board);
        const token = helloToken(frame);
        // Nothing may be said before `ready`.
        if (token === undefined || greeted) return false;
        greeted = true;
        options
          .redeem({ kind: 'native', token })
          .then((seated) => {
            known();
            clearTimeout(impatience);
            if (seated === undefined || closing) closeSocket(webSocket, 'refused');
            if (seated === undefined || closing || webSocket.readyState !== webSocket.OPEN) return;
            connection = seat(webSocket, seated);
            connection.send(READY);
            board.add(connection);
          })
          .catch((error: unknown) => fail(error, () => closeSocket(webSocket, 'refused')));
        return true;
      });
    });
  }

  function fail(error: unknown, refuseIt: () => void): void {
    log({ level: 'error', event: 'signalling.failed', ...describeError(error) });
    refuseIt();
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = URL.parse(request.url ?? '', 'http://localhost');
    if (url?.pathname !== path && url?.pathname !== `${path}/peerjs`) return false;
    if (closing) refuse(socket, 503);
    else if (!options.originAllowed(request.headers.origin, request.headers.host)) refuse(socket, 403);
    else if (url.pathname === path) upgradeNative(request, socket, head);
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
      detach.push(() => server.off('upgrade', listener));
    },
    cut: (lease, reason) => board.cut(lease, reason),
    expect: (peer) => board.expect(peer),
    keep: (leases) => board.keep(leases),
    tick() {
      pulse.tick(clock.now());
      board.tick(clock.now(), (from, peerId) => from.send(expired(peerId)));
    },
    close() {
      closing = true;
      for (const undo of detach) undo();
      for (const socket of sockets.clients) closeSocket(socket, 'stopping');
    },
  };
}

/** Says nothing about what exists, and does not wait for the other end to close too. */
function refuse(socket: Duplex, status: 403 | 404 | 503): void {
  socket.once('finish', () => socket.destroy());
  const words = { 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' };
  socket.end(`HTTP/1.1 ${status} ${words[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function once(effect: () => void): () => void {
  let done = false;
  return () => {
    if (!done) effect();
    done = true;
  };
}
