import type { Grant, Party, Seat, Ticket } from '@active-session/core';
import type { ApiAnswer, Portal } from './portal.js';
import { RawSocket } from './raw-socket.js';

const MOUNT = '/api/session/v1';

/** Somebody with a token that is good, who speaks to the server past any page. */
export class Attacker {
  readonly #portal: Portal;
  readonly #token: string;
  readonly #booking: string;
  #seat: Seat | undefined;

  /** @param booking the one that they have a part in */
  constructor(portal: Portal, token: string, booking: string) {
    this.#portal = portal;
    this.#token = token;
    this.#booking = booking;
  }

  static async patient(portal: Portal, person: string, booking: string): Promise<Attacker> {
    const answer = await fetch(`${portal.origin}/sign-in/token?as=${person}`);
    return new Attacker(portal, ((await answer.json()) as { token: string }).token, booking);
  }

  static async guest(portal: Portal, name: string, booking: string): Promise<Attacker> {
    const { status, body } = await portal.api('dr-smith', 'POST', `/bookings/${booking}/guests`, {
      name,
      kind: 'interpreter',
    });
    if (status !== 201) throw new Error(`Not invited: ${JSON.stringify(body)}`);
    return new Attacker(portal, String(body['token']), booking);
  }

  async ask(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const response = await fetch(`${this.#portal.origin}${MOUNT}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.#token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  /** Takes the own seat anew: who floods may say nothing for so long that it is given free. */
  async comeBack(): Promise<void> {
    this.#seat = undefined;
    await this.ticket();
  }

  /** A new ticket for the own seat. */
  async ticket(): Promise<Ticket> {
    this.#seat ??= await this.#own<Seat>('POST', 'seat', { holder: 'attacker', takeOver: true });
    return this.#own<Ticket>('POST', 'join', { lease: this.#seat.lease });
  }

  /** As a page does that is in its waiting room, or says that it is in the call. */
  async report(state: 'waiting' | 'in-call'): Promise<void> {
    await this.#own('PUT', 'presence', { lease: this.#seat?.lease, state });
  }

  async parties(): Promise<readonly Party[]> {
    const { body } = await this.ask('GET', `/bookings/${this.#booking}`);
    return (body as { parties?: Party[] }).parties ?? [];
  }

  async #own<T>(method: string, what: string, body: unknown): Promise<T> {
    const answer = await this.ask(method, `/bookings/${this.#booking}/${what}`, body);
    if (answer.status >= 300) throw new Error(`${what}: ${JSON.stringify(answer)}`);
    return answer.body as T;
  }
}

/** As a page greets the server on its channel. */
export async function openNative({ url, token }: Grant): Promise<RawSocket> {
  const socket = await RawSocket.open(url);
  socket.send({ type: 'hello', token });
  await socket.next('ready');
  return socket;
}

/** As PeerJS registers itself. */
export async function openPeer({ url, token }: Grant, peerId: string): Promise<RawSocket> {
  const socket = await RawSocket.open(`${url}/peerjs?key=peerjs&id=${peerId}&token=${token}&version=1.5.5`);
  await socket.next('OPEN');
  return socket;
}
