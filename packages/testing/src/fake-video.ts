import {
  SessionError,
  toInstant,
  type Clock,
  type ConnectOptions,
  type Grant,
  type Instant,
  type LocalMedia,
  type NetworkReport,
  type Party,
  type SessionErrorCode,
  type StreamHandle,
  type Ticket,
  type VideoConnection,
  type VideoPort,
  type VideoSnapshot,
  type VideoStats,
} from '@active-session/core';

/** A network on which fake video engines find each other. */
export interface FakeVideoNetwork {
  /** The engine of one page. */
  engine(): VideoPort;
  /** Connections that are not closed. */
  readonly connections: readonly FakeConnection[];
  /** How many times media was built up between two. */
  readonly built: number;
  /** What an engine did that a server would refuse; empty where all is well. */
  readonly violations: readonly string[];
  /** `media`: nothing arrives any more, nothing new can be built. `all`: signalling too. Until `heal`. */
  cut(what: 'media' | 'all'): void;
  /** The network is well again; media that were only cut flow again. */
  heal(): void;
  /** The media that flow now are dead for good; only building anew helps. */
  breakMedia(): void;
  /** The signalling connections of a seat are dropped; media go on. */
  loseSignalling(seat: string): void;
  /** What every engine measures from now on, over what a good network gives. */
  measure(stats: Partial<VideoStats>): void;
  /** What a test of this network finds, or fails with, from now on. */
  answerProbe(answer: NetworkReport | SessionErrorCode): void;
  /** The engine of a seat gives up. */
  close(seat: string, code: SessionErrorCode): void;
}

export interface FakeConnection {
  readonly seat: string;
  readonly peerId: string;
  readonly state: VideoSnapshot['state'];
}

export interface FakeVideoOptions {
  /** With a clock, silence is noticed after `noticeAfter` ms (2 s where not given), else at once. */
  readonly clock?: Clock & { trueTime?: () => Instant };
  readonly noticeAfter?: number;
  /** What the other one gets of what somebody sends; the same stream where left out. */
  readonly remote?: (media: LocalMedia) => StreamHandle;
}

/** Media between two: what both sides share. */
interface Link {
  readonly diallerId: string;
  readonly calleeId: string;
  flows: boolean;
  /** It will never flow again. */
  dead: boolean;
}

/** One side of a link. */
interface End {
  readonly link: Link;
  readonly seat: string;
  readonly stream: StreamHandle;
  /** This side has noticed that nothing arrives. */
  silent: boolean;
}

interface Network {
  readonly options: FakeVideoOptions;
  readonly connections: Set<Connection>;
  readonly usedGrants: Set<string>;
  readonly violations: string[];
  mediaCut: boolean;
  signallingCut: boolean;
  built: number;
  stats: Partial<VideoStats>;
  probe: NetworkReport | SessionErrorCode;
}

interface Connection {
  readonly network: Network;
  readonly media: LocalMedia;
  readonly bookingId: string;
  readonly seat: string;
  readonly listeners: Set<(snapshot: VideoSnapshot) => void>;
  peerId: string;
  met: readonly Party[];
  ends: readonly End[];
  signalling: 'open' | 'lost';
  closed: boolean;
  /** Frames of the other decoded so far. */
  frames: number;
  error: SessionError | undefined;
  snapshot: VideoSnapshot;
}

const WELL = { roundTrip: 20, loss: 0, inbound: 500_000, outbound: 500_000, audioLevel: 0.1 };
/** New ones with each reading. */
const FRAMES = 30;

export function createFakeVideoNetwork(options: FakeVideoOptions = {}): FakeVideoNetwork {
  const network: Network = {
    options,
    connections: new Set(),
    usedGrants: new Set(),
    violations: [],
    mediaCut: false,
    signallingCut: false,
    built: 0,
    stats: {},
    probe: { path: 'direct', signalling: 20 },
  };
  const ofSeat = (seat: string): Connection[] => [...network.connections].filter((other) => other.seat === seat);
  return {
    engine: () => ({
      connect: (ticket, connectOptions) => connect(network, ticket, connectOptions),
      async probe() {
        if (typeof network.probe !== 'string') return network.probe;
        throw new SessionError(network.probe, 'The fake network was told to fail the test.');
      },
    }),
    measure(stats) {
      network.stats = stats;
    },
    answerProbe(answer) {
      network.probe = answer;
    },
    get connections() {
      return [...network.connections].map(({ seat, peerId, snapshot }) => ({ seat, peerId, state: snapshot.state }));
    },
    get built() {
      return network.built;
    },
    violations: network.violations,
    cut(what) {
      network.mediaCut = true;
      network.signallingCut = what === 'all';
      if (network.signallingCut) for (const connection of network.connections) loseSignalling(connection);
      for (const link of linksOf(network)) stopFlow(network, link);
      settle(network);
    },
    heal() {
      network.mediaCut = false;
      network.signallingCut = false;
      for (const link of linksOf(network)) if (!link.dead) startFlow(network, link);
      settle(network);
    },
    breakMedia() {
      for (const link of linksOf(network)) {
        link.dead = true;
        stopFlow(network, link);
      }
      settle(network);
    },
    loseSignalling(seat) {
      for (const connection of ofSeat(seat)) loseSignalling(connection);
      settle(network);
    },
    close(seat, code) {
      for (const connection of ofSeat(seat)) hangUp(connection, new SessionError(code, 'The fake engine gave up.'));
    },
  };
}

function connect(network: Network, ticket: Ticket, { media, signal }: ConnectOptions): VideoConnection {
  const connection: Connection = {
    network,
    media,
    bookingId: String(ticket.bookingId),
    seat: ticket.seat,
    listeners: new Set(),
    peerId: '',
    met: [],
    ends: [],
    signalling: 'lost',
    closed: false,
    frames: 0,
    error: undefined,
    snapshot: { state: 'waiting', remote: [], signalling: 'lost' },
  };
  network.connections.add(connection);
  register(connection, ticket);
  connection.snapshot = project(connection);
  signal.addEventListener(
    'abort',
    () => {
      hangUp(connection);
    },
    { once: true },
  );
  return {
    getSnapshot: () => connection.snapshot,
    subscribe(listener) {
      connection.listeners.add(listener);
      return () => void connection.listeners.delete(listener);
    },
    meet(parties) {
      connection.met = parties.filter(({ seat }) => seat !== connection.seat);
      settle(network);
    },
    restart(next) {
      register(connection, next);
      settle(network);
    },
    stats: async () => {
      connection.frames += FRAMES;
      return { ...WELL, framesDecoded: connection.frames, ...network.stats };
    },
    close: () => {
      hangUp(connection);
    },
  };
}

/** A grant is good for one connection, whatever becomes of it. */
function register(connection: Connection, { peerId, engineGrant, signalling, seat }: Ticket): void {
  const { network } = connection;
  const grant = engineGrant ?? signalling;
  if (grant === undefined) throw new SessionError('video-unconfigured', 'The ticket has no grant.');
  const isUsed = network.usedGrants.has(grant.token);
  if (isUsed) network.violations.push(`${seat} used a grant twice`);
  if (connection.closed) network.violations.push(`${seat} restarted what was closed`);
  network.usedGrants.add(grant.token);
  connection.peerId = peerId;
  connection.signalling = 'open';
  connection.error = undefined;
  if (isUsed || isOver(network, grant) || network.signallingCut) loseSignalling(connection);
}

function loseSignalling(connection: Connection): void {
  connection.signalling = 'lost';
  connection.error = new SessionError('network', 'The fake engine lost its signalling.');
}

function isOver({ options: { clock } }: Network, { expiresAt }: Grant): boolean {
  const now = clock?.trueTime?.() ?? clock?.wall() ?? -Infinity;
  return toInstant(expiresAt) <= now;
}

/** Dials whoever can be dialled, lets go of whoever is gone, and says what has changed. */
function settle(network: Network): void {
  for (const connection of network.connections) drop(network, connection);
  for (const dialler of network.connections) {
    for (const callee of network.connections) if (canDial(dialler, callee)) build(network, dialler, callee);
  }
  for (const connection of [...network.connections]) publish(connection);
}

/** Lets go of whom it may not have any more; the other one gets nothing from then on. */
function drop(network: Network, connection: Connection): void {
  const dropped = connection.ends.filter((end) => !isKept(connection, end));
  connection.ends = connection.ends.filter((end) => !dropped.includes(end));
  for (const { link } of dropped) {
    link.dead = true;
    stopFlow(network, link);
  }
}

/** Media of somebody who is still named are kept; silent ones only until the backend says that the other one went. */
function isKept({ met }: Connection, end: End): boolean {
  const party = met.find(({ seat }) => seat === end.seat);
  return party !== undefined && (!end.silent || party.peerId !== null);
}

function canDial(dialler: Connection, callee: Connection): boolean {
  if (dialler === callee || dialler.bookingId !== callee.bookingId || dialler.network.mediaCut) return false;
  const named = dialler.met.find(({ peerId }) => peerId === callee.peerId);
  const caller = callee.met.find(({ peerId }) => peerId === dialler.peerId);
  if (named === undefined || caller === undefined) return false;
  // Between a guest and the patient the backend names nobody.
  const isDialler = caller.dials === named.dials ? dialler.seat < callee.seat : caller.dials;
  if (!isDialler) return false;
  if (dialler.signalling === 'lost' || callee.signalling === 'lost') return false;
  // Dead media of the same two tickets are not built again: that takes a new ticket.
  return !dialler.ends.some(({ link }) => link.diallerId === dialler.peerId && link.calleeId === callee.peerId);
}

/** The new media are there before the old ones are let go. */
function build(network: Network, dialler: Connection, callee: Connection): void {
  const link: Link = { diallerId: dialler.peerId, calleeId: callee.peerId, flows: true, dead: false };
  network.built += 1;
  for (const [one, other] of [
    [dialler, callee],
    [callee, dialler],
  ] as const) {
    const stream = network.options.remote?.(other.media) ?? other.media.stream;
    one.ends = [
      ...one.ends.filter(({ seat }) => seat !== other.seat),
      { link, seat: other.seat, stream, silent: false },
    ];
  }
}

function stopFlow(network: Network, link: Link): void {
  if (!link.flows) return;
  const { clock, noticeAfter = 2_000 } = network.options;
  link.flows = false;
  const notice = (): void => {
    if (link.flows) return;
    for (const connection of network.connections) {
      for (const end of connection.ends) if (end.link === link) end.silent = true;
    }
    settle(network);
  };
  if (clock === undefined) notice();
  else clock.setTimeout(notice, noticeAfter);
}

function startFlow(network: Network, link: Link): void {
  link.flows = true;
  for (const { ends } of network.connections) for (const end of ends) if (end.link === link) end.silent = false;
}

/** The other one learns of it from the silence, or from the backend. */
function hangUp(connection: Connection, error?: SessionError): void {
  if (connection.closed) return;
  const { network, ends } = connection;
  connection.closed = true;
  connection.error = error;
  connection.ends = [];
  network.connections.delete(connection);
  publish(connection);
  for (const { link } of ends) {
    link.dead = true;
    stopFlow(network, link);
  }
  settle(network);
}

function linksOf({ connections }: Network): Set<Link> {
  return new Set([...connections].flatMap(({ ends }) => ends.map(({ link }) => link)));
}

function project({ signalling, error, closed, ends, met }: Connection): VideoSnapshot {
  if (closed) return { state: 'closed', remote: [], signalling: 'lost', ...(error === undefined ? {} : { error }) };
  const remote = ends.map(
    ({ seat, stream, silent }) => ({ seat, stream, state: silent ? 'interrupted' : 'connected' }) as const,
  );
  const rest = { remote, signalling, ...(error === undefined ? {} : { error }) };
  if (ends.length > 0) return { state: ends.some(({ silent }) => !silent) ? 'connected' : 'interrupted', ...rest };
  const isSomebodyThere = met.some(({ peerId, presence }) => peerId !== null && presence !== 'away');
  return { state: isSomebodyThere ? 'connecting' : 'waiting', ...rest };
}

function publish(connection: Connection): void {
  const next = project(connection);
  const { snapshot } = connection;
  const isSame =
    next.state === snapshot.state &&
    next.signalling === snapshot.signalling &&
    next.error === snapshot.error &&
    next.remote.length === snapshot.remote.length &&
    next.remote.every(({ stream, state }, index) => {
      const before = snapshot.remote[index];
      return stream === before?.stream && state === before.state;
    });
  if (isSame) return;
  connection.snapshot = next;
  for (const listener of [...connection.listeners]) listener(connection.snapshot);
}
