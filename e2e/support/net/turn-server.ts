import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './place.js';

const PORT = 3478;
const STARTS_WITHIN = 10_000;

/** What a careful relay has: nobody reaches an inner address by it. */
const DENIED = [
  '0.0.0.0-0.255.255.255',
  '10.0.0.0-10.255.255.255',
  '100.64.0.0-100.127.255.255',
  '127.0.0.0-127.255.255.255',
  '169.254.0.0-169.254.255.255',
  '172.16.0.0-172.31.255.255',
  '192.168.0.0-192.168.255.255',
  '::1',
  'fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  '::ffff:0.0.0.0-::ffff:255.255.255.255',
];

/** A real coturn in a place, with a secret that it shares with the server of the portal. */
export class TurnServer {
  readonly place: Place;
  readonly port = PORT;
  readonly secret = 'a secret of the relay and of the portal';
  readonly realm = 'relay.test';
  readonly #folder = mkdtempSync(join(tmpdir(), 'active-session-turn-'));
  #process: ChildProcess | undefined;

  private constructor(place: Place) {
    this.place = place;
  }

  static async start(place: Place): Promise<TurnServer> {
    const server = new TurnServer(place);
    const file = join(server.#folder, 'turnserver.conf');
    writeFileSync(file, server.#settings());
    const [program, args] = place.inside('turnserver', '-c', file);
    server.#process = spawn(program, args, { stdio: 'ignore' });
    await server.#listens();
    return server;
  }

  /** What the portal's server has to know of it. */
  env(transport: 'udp' | 'tcp', more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
    return {
      ACTIVE_SESSION_TURN_URLS: `turn:${this.place.address}:${String(PORT)}?transport=${transport}`,
      ACTIVE_SESSION_TURN_SECRET: this.secret,
      ...more,
    };
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #settings(): string {
    const { address } = this.place;
    return [
      `listening-ip=${address}`,
      `relay-ip=${address}`,
      `listening-port=${String(PORT)}`,
      'min-port=50000',
      'max-port=50100',
      `realm=${this.realm}`,
      'use-auth-secret',
      `static-auth-secret=${this.secret}`,
      ...['fingerprint', 'no-tls', 'no-dtls', 'no-cli', 'no-multicast-peers', 'log-file=stdout'],
      `pidfile=${join(this.#folder, 'pid')}`,
      `userdb=${join(this.#folder, 'users')}`,
      ...DENIED.map((range) => `denied-peer-ip=${range}`),
      // Both people are at this relay, so each one's peer is the relay itself.
      `allowed-peer-ip=${address}`,
      '',
    ].join('\n');
  }

  async #listens(): Promise<void> {
    const end = Date.now() + STARTS_WITHIN;
    while (Date.now() < end) {
      if (this.#process?.exitCode !== null) break;
      const socket = connect(PORT, this.place.address);
      const isOpen = await Promise.race([
        once(socket, 'connect').then(() => true),
        once(socket, 'error').then(() => false),
      ]).catch(() => false);
      socket.destroy();
      if (isOpen) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('coturn does not listen.');
  }
}
