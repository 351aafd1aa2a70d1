import {
  SessionError,
  type LocalMedia,
  type MediaRequest,
  type Party,
  type SignallingPort,
  type Ticket,
  type VideoConnection,
  type VideoPort,
  type VideoSnapshot,
} from '@active-session/core';
import { assert, equal, present } from './assert.js';

/** What a test of a video engine needs of the world around it. Everything happens in one page. */
export interface VideoHarness {
  /** The engine of one page. */
  engine(): VideoPort;
  media(request: MediaRequest): Promise<LocalMedia>;
  /** A new ticket for a seat, with a peer id that was never used. `preconnect` only where `needs` has it. */
  ticket(seat: string, options: { readonly preconnect?: 'all' }): Ticket;
  readonly signalling: SignallingPort | undefined;
  /** Cuts all signalling of a seat; media go on. */
  loseSignalling(seat: string): void;
  /** From now on no signalling opens. */
  refuseSignalling(refused: boolean): void;
  /** How many connections this page has that are not closed. */
  openConnections(): number;
  /** What this harness can show beside what every engine does. */
  readonly can: readonly VideoAbility[];
  /** Called after each test. */
  reset(): void;
}

/**
 * - `mends`: with the backend's channel, a connection outlives the signalling that it was made over
 * - `preconnects`: connects two who are not let in
 */
export type VideoAbility = 'mends' | 'preconnects';

export interface VideoTest {
  readonly name: string;
  readonly needs: readonly VideoAbility[];
  run(): Promise<void>;
}

const BOTH: MediaRequest = { camera: true, microphone: true };
const PATIENCE = 30_000;

/** What every video engine promises, with one dialling and all reached by the ids that the server names. */
export function videoContract(harness: VideoHarness): readonly VideoTest[] {
  const test = (name: string, run: (room: Room) => Promise<void>, needs: readonly VideoAbility[] = []): VideoTest => ({
    name,
    needs,
    async run() {
      const room = createRoom(harness);
      try {
        await run(room);
      } finally {
        room.close();
        harness.reset();
      }
    },
  });

  return [
    test('two who are named see and hear each other', async (room) => {
      const [provider, patient] = [await room.enter('provider'), await room.enter('patient')];
      await room.connected(provider, patient);
      await room.framesArrive(provider, patient);
      equal(
        patient.snapshot().remote.map(({ seat, state }) => [seat, state]),
        [['provider', 'connected']],
        'who arrives',
      );
    }),
    test('whoever comes first waits, and says so', async (room) => {
      const provider = await room.enter('provider');
      equal(provider.snapshot().state, 'waiting', 'alone');
      const patient = await room.enter('patient');
      await room.connected(provider, patient);
    }),
    test('three who are named all see each other', async (room) => {
      const people = [await room.enter('provider'), await room.enter('patient'), await room.enter('guest-1')];
      for (const person of people) {
        await until(
          'two arrive',
          () => person.snapshot().remote.filter(({ state }) => state === 'connected').length === 2,
        );
      }
    }),
    test('a camera that is turned on during the call arrives, over the same connection', async (room) => {
      const provider = await room.enter('provider', { camera: false, microphone: true });
      const patient = await room.enter('patient');
      await room.connected(provider, patient);
      const open = harness.openConnections();
      await provider.media.turn('camera', true, provider.abort);
      await room.framesArrive(patient);
      equal(harness.openConnections(), open, 'connections');
    }),
    test('who is not named any more is dropped at once', async (room) => {
      const [provider, patient] = [await room.enter('provider'), await room.enter('patient')];
      await room.connected(provider, patient);
      room.remove('provider');
      equal(patient.snapshot().remote, [], 'who arrives');
      equal(patient.snapshot().state, 'waiting', 'state');
    }),
    test('a page that was loaded anew takes the place of the one before it', async (room) => {
      const [provider, patient] = [await room.enter('provider'), await room.enter('patient')];
      await room.connected(provider, patient);
      const before = patient.snapshot().remote[0]?.stream;
      // It went without a word.
      provider.vanish();
      const again = await room.enter('provider');
      await room.connected(again);
      await until('the new one', () => {
        const [now] = patient.snapshot().remote;
        return now !== undefined && now.stream !== before && now.state === 'connected';
      });
      await room.framesArrive(again, patient);
    }),
    test('media go on without signalling, and it is told', async (room) => {
      const [provider, patient] = [await room.enter('provider'), await room.enter('patient')];
      await room.connected(provider, patient);
      harness.loseSignalling('patient');
      await until('lost', () => patient.snapshot().signalling === 'lost');
      assert(patient.snapshot().error instanceof SessionError, 'it says why');
      await room.framesArrive(provider, patient);
      equal(patient.snapshot().state, 'connected', 'state');
    }),
    test('a restart that does not succeed says again that signalling is lost', async (room) => {
      const [provider, patient] = [await room.enter('provider'), await room.enter('patient')];
      await room.connected(provider, patient);
      harness.refuseSignalling(true);
      harness.loseSignalling('patient');
      await until('lost', () => patient.snapshot().signalling === 'lost');
      const reason = patient.snapshot().error;
      room.restart(patient);
      await until('lost again', () => patient.snapshot().error !== reason);
      harness.refuseSignalling(false);
      room.restart(patient);
      await until('open', () => patient.snapshot().signalling === 'open');
      await room.connected(provider, patient);
    }),
    test('when signalling is back, no frame was missed', async (room) => {
      const [provider, patient] = [await room.enter('provider'), await room.enter('patient')];
      await room.connected(provider, patient);
      for (const person of [provider, patient]) harness.loseSignalling(person.seat);
      await until('lost', () => [provider, patient].every((person) => person.snapshot().signalling === 'lost'));
      room.restart(provider);
      room.restart(patient);
      await until('open', () => [provider, patient].every((person) => person.snapshot().signalling === 'open'));
      await room.framesArrive(provider, patient);
      for (const { history } of [provider, patient]) {
        assert(!history.some(({ state }) => state === 'interrupted'), 'nothing was interrupted');
      }
    }),
    test(
      'when signalling is back, the connection is the same one',
      async (room) => {
        const [provider, patient] = [await room.enter('provider'), await room.enter('patient')];
        await room.connected(provider, patient);
        const before = [provider, patient].map((person) => person.snapshot().remote[0]?.stream.id);
        for (const person of [provider, patient]) {
          harness.loseSignalling(person.seat);
          await until('lost', () => person.snapshot().signalling === 'lost');
          room.restart(person);
          await until('open', () => person.snapshot().signalling === 'open');
        }
        // Longer than all questions after the connection could go unanswered.
        await pause(4_000);
        equal(
          [provider, patient].map((person) => person.snapshot().remote[0]?.stream.id),
          before,
          'streams',
        );
        equal(harness.openConnections(), 2, 'connections');
        await room.framesArrive(provider, patient);
      },
      ['mends'],
    ),
    test(
      'who is not let in is connected with, and nothing arrives until they are',
      async (room) => {
        const provider = await room.enter('provider', BOTH, { preconnect: 'all' });
        room.setAdmission('patient', 'asking');
        const patient = await room.enter('patient', BOTH, { preconnect: 'all' });
        await until('a way', () => harness.openConnections() === 2);
        await pause(2_500);
        for (const person of [provider, patient]) {
          equal(person.snapshot().state, 'waiting', 'state');
          equal(person.snapshot().remote, [], 'who arrives');
        }
        room.setAdmission('patient', 'admitted');
        await room.connected(provider, patient);
        await room.framesArrive(provider, patient);
        equal(harness.openConnections(), 2, 'connections');
        room.setAdmission('patient', 'held');
        for (const person of [provider, patient]) {
          equal([person.snapshot().state, person.snapshot().remote.length], ['waiting', 0], 'held again');
        }
      },
      ['preconnects'],
    ),
    test('close hangs up, frees everything but the local media, and can be called twice', async (room) => {
      const [provider, patient] = [await room.enter('provider'), await room.enter('patient')];
      await room.connected(provider, patient);
      provider.connection.close();
      provider.connection.close();
      equal(provider.snapshot(), { state: 'closed', remote: [], signalling: 'lost' }, 'snapshot');
      equal(provider.media.camera, 'on', 'camera');
      room.remove('provider');
      patient.abort.abort();
      equal(patient.snapshot().state, 'closed', 'state');
      equal(harness.openConnections(), 0, 'connections');
    }),
  ];
}

interface Person {
  readonly seat: string;
  readonly media: LocalMedia;
  readonly connection: VideoConnection;
  readonly history: readonly VideoSnapshot[];
  readonly abort: AbortController;
  snapshot(): VideoSnapshot;
  /** Goes without telling anybody but the server. */
  vanish(): void;
}

interface Room {
  enter(seat: string, request?: MediaRequest, options?: { readonly preconnect?: 'all' }): Promise<Person>;
  restart(person: Person): void;
  remove(seat: string): void;
  setAdmission(seat: string, admission: NonNullable<Party['admission']>): void;
  connected(...people: Person[]): Promise<void>;
  framesArrive(...people: Person[]): Promise<void>;
  close(): void;
}

/** The server's part: who is there, under which id, let in or not; all are told of each change. */
function createRoom(harness: VideoHarness): Room {
  const parties = new Map<string, Party>();
  const people = new Map<string, Person>();
  const all: Person[] = [];

  const tell = (): void => {
    for (const { connection, seat } of people.values()) {
      const list = [...parties.values()];
      // As a server that does not connect anybody early tells nobody's id either.
      connection.meet(list.map((party) => (party.seat === seat ? party : { ...party })));
    }
  };
  const seated = (seat: string, peerId: string): Party => ({
    seat,
    role: seat === 'patient' || seat === 'provider' ? seat : 'guest',
    name: seat,
    dials: seat === 'provider',
    since: null,
    admission: 'admitted',
    ...parties.get(seat),
    peerId,
    presence: 'waiting',
  });

  return {
    async enter(seat, request = BOTH, options = {}) {
      const abort = new AbortController();
      const media = await harness.media(request);
      const ticket = harness.ticket(seat, options);
      parties.set(seat, seated(seat, ticket.peerId));
      const connection = harness
        .engine()
        .connect(
          { ...ticket, parties: [...parties.values()] },
          { media, signalling: harness.signalling, signal: abort.signal },
        );
      const history: VideoSnapshot[] = [];
      connection.subscribe((snapshot) => history.push(snapshot));
      const person: Person = {
        ...{ seat, media, connection, history, abort },
        snapshot: () => connection.getSnapshot(),
        vanish() {
          people.delete(seat);
          connection.close();
          media.close();
        },
      };
      people.set(seat, person);
      all.push(person);
      tell();
      return person;
    },
    restart({ seat, connection }) {
      const ticket = harness.ticket(seat, {});
      parties.set(seat, seated(seat, ticket.peerId));
      connection.restart({ ...ticket, parties: [...parties.values()] });
      tell();
    },
    remove(seat) {
      parties.delete(seat);
      people.delete(seat);
      tell();
    },
    setAdmission(seat, admission) {
      const party = parties.get(seat);
      parties.set(seat, { ...(party ?? { ...seated(seat, ''), peerId: null, presence: 'away' }), admission });
      tell();
    },
    async connected(...some) {
      for (const person of some) {
        await until(`${person.seat} is connected`, () => person.snapshot().state === 'connected');
      }
    },
    async framesArrive(...some) {
      for (const { connection, seat } of some) {
        const before = (await connection.stats()).framesDecoded;
        await until(`${seat} gets frames`, async () => (await connection.stats()).framesDecoded > before + 3);
      }
    },
    close() {
      for (const { connection, media } of all) {
        connection.close();
        media.close();
      }
    },
  };
}

async function until(what: string, question: () => boolean | Promise<boolean>): Promise<void> {
  const end = present(globalThis.performance, 'a clock').now() + PATIENCE;
  while (!(await question())) {
    assert(performance.now() < end, `Not in time: ${what}`);
    await pause(40);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
