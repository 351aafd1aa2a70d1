import { describe, expect, it } from 'vitest';
import type { Connection } from './connection.js';
import { createSwitchboard, type Switchboard } from './switchboard.js';

interface TestConnection extends Connection {
  readonly sent: unknown[];
  readonly closed: string[];
}

type Fields = Partial<Pick<Connection, 'booking' | 'peerId' | 'kind'>>;

function connection(seat: string, { booking = 'b', peerId = seat, kind = 'peerjs' }: Fields = {}) {
  const [sent, closed]: [unknown[], string[]] = [[], []];
  const own: TestConnection = {
    kind,
    person: seat,
    booking,
    seat,
    lease: `${booking}-${seat}`,
    peerId,
    sent,
    closed,
    send: (message) => void sent.push(message),
    close: (reason) => void closed.push(reason),
  };
  return own;
}

let time = 0;
let told: unknown[] = [];
function board(...connections: TestConnection[]): Switchboard {
  time = 1_000_000;
  told = [];
  const made = createSwitchboard(() => time, {
    preconnects: false,
    denied: (from, refused) => void told.push([from.person, refused.what, refused.booking]),
  });
  for (const one of connections) {
    made.admit(one.lease, true);
    made.add(one);
  }
  return made;
}
const expectPatient = (one: Switchboard, peerId = 'patient'): void =>
  one.expect({ booking: 'b', seat: 'patient', lease: 'b-patient', peerId });
function tickAt(one: Switchboard, at: number): void {
  time = at;
  one.tick(() => undefined);
}

describe('what passes between the sockets of a booking', () => {
  it('needs both to be admitted; of whom nothing was said is not', () => {
    const [patient, provider] = [connection('patient'), connection('provider')];
    const one = board(provider);
    one.add(patient);
    expect(one.toPeer(provider, 'patient', 1)).toBe(false);
    one.admit(patient.lease, true);
    expect(one.toPeer(provider, 'patient', 2)).toBe(true);
    one.admit(patient.lease, false);
    expect(one.toPeer(provider, 'patient', 3)).toBe(false);
    expect(one.toPeer(patient, 'provider', 4)).toBe(false);
    expect([patient.sent, provider.sent]).toEqual([[2], []]);
  });

  it('is kept for who is about to connect, and dropped where they are held by then', () => {
    const provider = connection('provider');
    const one = board(provider);
    one.admit('b-patient', true);
    expectPatient(one);
    expect(one.toPeer(provider, 'patient', 1)).toBe(true);
    one.admit('b-patient', false);
    const patient = connection('patient');
    one.add(patient);
    expect(patient.sent).toEqual([]);
  });
});

describe('with pre-connection', () => {
  const early = (...seats: string[]): { one: Switchboard; all: TestConnection[] } => {
    const one = createSwitchboard(() => 1_000_000, { preconnects: true, denied: () => undefined });
    const all = seats.map((seat) => connection(seat, { kind: 'native' }));
    for (const each of all) one.add(each);
    return { one, all };
  };

  it('patient and provider meet on the native channel before anybody is admitted', () => {
    const { one, all } = early('patient', 'provider');
    const [patient, provider] = [all[0]!, all[1]!];
    expect([one.toSeat(provider, 'patient', 1), one.toSeat(patient, 'provider', 2)]).toEqual([true, true]);
    expect([patient.sent, provider.sent]).toEqual([[1], [2]]);
    one.admit(patient.lease, false);
    expect(one.toSeat(provider, 'patient', 3)).toBe(true);
  });

  it('a guest meets nobody before they and the other are admitted', () => {
    const { one, all } = early('patient', 'provider', 'guest-1', 'guest-2');
    const [, provider, guest] = all;
    for (const [from, to] of [
      [provider, 'guest-1'],
      [guest, 'provider'],
      [guest, 'patient'],
      [guest, 'guest-2'],
    ] as const) {
      expect([from!.seat, to, one.toSeat(from!, to, 1)]).toEqual([from!.seat, to, false]);
    }
    one.admit(guest!.lease, true);
    expect(one.toSeat(guest!, 'patient', 1)).toBe(false);
    one.admit(provider!.lease, true);
    expect(one.toSeat(guest!, 'provider', 1)).toBe(true);
  });

  it('nothing passes by PeerJS, to oneself, or from another booking', () => {
    const { one, all } = early('patient');
    const elsewhere = connection('provider', { kind: 'native', booking: 'c' });
    const dialler = connection('provider');
    for (const each of [elsewhere, dialler]) one.add(each);
    expect(one.toSeat(elsewhere, 'patient', 1)).toBe(false);
    expect(one.toSeat(all[0]!, 'patient', 1)).toBe(false);
    one.expect({ booking: 'b', seat: 'patient', lease: 'b-patient', peerId: 'patient' });
    expect(one.toPeer(dialler, 'patient', 1)).toBe(false);
    expect(all[0]!.sent).toEqual([]);
  });
});

describe('whom a ticket made expected', () => {
  it.each([
    ['after a minute', (one: Switchboard) => tickAt(one, time + 60_000)],
    ['when the clock steps back', (one: Switchboard) => tickAt(one, time - 3_600_000)],
    ['when the lease is cut', (one: Switchboard) => one.cut('b-patient', 'left')],
    ['when the lease is gone', (one: Switchboard) => one.keep(new Set(['b-provider']))],
    ['when the seat has a newer ticket', (one: Switchboard) => expectPatient(one, 'newer')],
  ])('is forgotten %s', (_, happens) => {
    const provider = connection('provider');
    const one = board(provider);
    one.admit('b-patient', true);
    expectPatient(one);
    expect(one.toPeer(provider, 'patient', 1)).toBe(true);
    happens(one);
    one.admit('b-patient', true);
    expect(one.toPeer(provider, 'patient', 2)).toBe(false);
  });
});

describe('leases that hold no more', () => {
  it('lose their sockets, and others keep theirs', () => {
    const [patient, provider] = [connection('patient'), connection('provider')];
    const one = board(patient, provider);
    one.keep(new Set([provider.lease]));
    expect([patient.closed, provider.closed]).toEqual([['seat-lost'], []]);
  });
});

describe('what does not pass', () => {
  it('is told with who, why and of which booking, once for each socket and kind', () => {
    const [patient, provider] = [connection('patient'), connection('provider')];
    const elsewhere = connection('provider', { booking: 'c', peerId: 'elsewhere' });
    const one = board(patient, provider, elsewhere);
    one.add(connection('guest-1', { kind: 'native' }));
    for (let i = 0; i < 200; i++) {
      one.toPeer(elsewhere, 'patient', i);
      one.toPeer(patient, 'patient', i);
      one.toSeat(provider, 'guest-1', i);
      one.toSeat(provider, 'constructor', i);
    }
    expect(told).toEqual([
      ['provider', 'another-booking', 'b'],
      ['patient', 'own-seat', 'b'],
      ['provider', 'not-admitted', 'b'],
      ['provider', 'unknown-seat', 'b'],
    ]);
    one.toPeer(connection('provider', { booking: 'c', peerId: 'newer' }), 'patient', 1);
    expect(told.slice(4)).toEqual([['provider', 'another-booking', 'b']]);
  });

  it('is no matter of who passes, of a seat that is empty, or of what is on its way when somebody has to wait or leaves', () => {
    const native = (seat: string): TestConnection => connection(seat, { kind: 'native' });
    const [patient, provider] = [native('patient'), native('provider')];
    const one = board(patient, provider);
    expect(one.toSeat(provider, 'patient', 1)).toBe(true);
    expect(one.toSeat(provider, 'guest-2', 1)).toBe(false);
    one.admit(patient.lease, false);
    expect(one.toSeat(provider, 'patient', 2)).toBe(false);
    expect(one.toSeat(patient, 'provider', 2)).toBe(false);
    one.admit(patient.lease, true);
    one.cut(patient.lease, 'left');
    expect(one.toSeat(provider, 'patient', 3)).toBe(false);
    expect(told).toEqual([]);
    tickAt(one, time + 5_000);
    expect(one.toSeat(patient, 'provider', 4)).toBe(false);
    expect(told).toEqual([['patient', 'not-admitted', 'b']]);
  });

  it('for an id that nobody has is told only of who goes on guessing', () => {
    const provider = connection('provider');
    const one = board(provider);
    const miss = (id: string): boolean => one.toPeer(provider, id, 1);
    for (let i = 0; i < 200; i++) miss('just replaced');
    for (let call = 0; call < 20; call++) {
      time += 20_000;
      miss(`replaced ${call}`);
    }
    expect(told).toEqual([]);
    for (let guess = 0; guess < 200; guess++) miss(`guessed ${guess}`);
    expect(told).toEqual([['provider', 'unknown-peer', 'b']]);
  });
});
