import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endAllIn, ip, nft } from './commands.js';

/** Seen from the place: what it sends, and what it is sent. */
export type Direction = 'out' | 'in';

export interface Loss {
  /** Both, where left out. */
  readonly direction?: Direction | undefined;
  /** Of packets; all of them, where left out. */
  readonly percent?: number | undefined;
  /** Only these; all, where left out. */
  readonly of?: 'udp' | 'tcp' | undefined;
  /** Only what goes to, or comes from, these addresses. */
  readonly with?: readonly string[] | undefined;
  /** Only this place's TCP connections with these ports of its own. */
  readonly ownPorts?: readonly number[] | undefined;
}

export interface PlaceOptions {
  /** Of its namespace. */
  readonly name: string;
  readonly hub: string;
  /** The hub's end of its cable. */
  readonly port: string;
  readonly address: string;
  readonly folder: string;
}

const LINK = 'eth0';
const PREFIX = '/24';

/**
 * Where one person, or one server, is: a namespace with one cable to the others. What is broken is broken on the hub's
 * side of the cable, as in a real network: nobody in the place is told, and no call of theirs fails.
 */
export class Place {
  readonly name: string;
  readonly #hub: string;
  readonly #port: string;
  readonly #folder: string;
  #address: string;

  constructor({ name, hub, port, address, folder }: PlaceOptions) {
    this.name = name;
    this.#hub = hub;
    this.#port = port;
    this.#folder = folder;
    this.#address = address;
  }

  get address(): string {
    return this.#address;
  }

  /** A file that runs `program` in here, for whoever wants one file and no arguments. */
  wrapperOf(program: string): string {
    const file = join(this.#folder, `${this.name}.sh`);
    writeFileSync(file, `#!/bin/sh\nexec ip netns exec ${this.name} '${program}' "$@"\n`, { mode: 0o755 });
    return file;
  }

  /** The command that runs `args` in here. */
  inside(...args: readonly string[]): readonly [string, string[]] {
    return ['ip', ['netns', 'exec', this.name, ...args]];
  }

  /** From now on these packets vanish, and nobody is told. Adds to what is lost already. */
  lose(loss: Loss = {}): void {
    for (const direction of loss.direction === undefined ? (['out', 'in'] as const) : [loss.direction]) {
      // What a place sends comes in at the hub's end of its cable.
      nft(this.#hub, `add rule netdev ${this.#port} ${direction} ${matchOf(loss, direction)} drop`);
    }
  }

  /** All packets pass again. */
  heal(): void {
    nft(this.#hub, `flush table netdev ${this.#port}`);
  }

  /** The cable is pulled: the place sees it at once. */
  pull(): void {
    ip('-n', this.name, 'link', 'set', LINK, 'down');
  }

  plug(): void {
    ip('-n', this.name, 'link', 'set', LINK, 'up');
  }

  /** Another network: the new address is there before the old one goes. */
  step(address: string): void {
    ip('-n', this.name, 'address', 'add', address + PREFIX, 'dev', LINK);
    this.#leave();
    this.#address = address;
  }

  /** Another network: the old one is gone before the new one is there. @param gap for how long there is none, ms */
  async jump(address: string, gap = 1_000): Promise<void> {
    this.#leave();
    await new Promise((resolve) => setTimeout(resolve, gap));
    ip('-n', this.name, 'address', 'add', address + PREFIX, 'dev', LINK);
    this.#address = address;
  }

  #leave(): void {
    ip('-n', this.name, 'address', 'delete', this.#address + PREFIX, 'dev', LINK);
  }

  /** The ports of its own side of all its TCP connections with that address. */
  portsTo(address: string): readonly number[] {
    const lines = ip('netns', 'exec', this.name, 'ss', '-tnH', 'dst', address).split('\n').filter(Boolean);
    return lines.map((line) => Number(/:(\d+)$/.exec(line.trim().split(/\s+/)[3] ?? '')?.[1]));
  }

  /** Half-open: what is connected with that address now hears nothing any more; new connections are fine. */
  halfOpen(address: string): void {
    const ownPorts = this.portsTo(address);
    if (ownPorts.length > 0) this.lose({ ownPorts, with: [address] });
  }

  /** `kill -9` of all that runs here. */
  kill(): void {
    endAllIn(this.name);
  }

  /** Resets every TCP connection with that address; new ones are fine. */
  reset(address: string): void {
    ip('netns', 'exec', this.name, 'ss', '-K', 'dst', address);
  }
}

function matchOf({ percent, of, with: others, ownPorts }: Loss, direction: Direction): string {
  const [own, other] = direction === 'out' ? ['sport', 'daddr'] : ['dport', 'saddr'];
  return [
    ...(others === undefined ? [] : [`ip ${other} { ${others.join(', ')} }`]),
    ...(of === undefined ? [] : [`meta l4proto ${of}`]),
    ...(ownPorts === undefined ? [] : [`tcp ${own} { ${ownPorts.join(', ')} }`]),
    ...(percent === undefined ? [] : [`numgen random mod 1000 < ${String(Math.round(percent * 10))}`]),
  ].join(' ');
}
