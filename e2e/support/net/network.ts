import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteLeftovers, deleteNamespace, ip, nft, prefixOf } from './commands.js';
import { Place } from './place.js';

const HUB_HOST = 1;
const FIRST_HOST = 10;
let built = 0;

/**
 * A network of its own on this machine: a switch, and places with a cable to it. This process is on it too, so that
 * it can speak with a server there. Nothing of it is left when it is taken down, or when this process ends; what a killed one
 * left, the next one finds.
 */
export class Network {
  readonly #hub: string;
  /** Of this machine's own end. */
  readonly #uplink: string;
  readonly #subnet: string;
  readonly #prefix: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'active-session-net-'));
  readonly #places: Place[] = [];
  readonly #down = (): void => this.takeDown();
  #host = FIRST_HOST;

  private constructor(subnet: string) {
    built += 1;
    this.#subnet = subnet;
    this.#prefix = `${prefixOf(process.pid)}${String(built)}-`;
    this.#hub = `${this.#prefix}hub`;
    this.#uplink = `as${String(process.pid)}u${String(built)}`;
  }

  /** @throws Error where this machine builds none: `whyNoNetwork` says why */
  static build(): Network {
    deleteLeftovers();
    const network = new Network(freeSubnet());
    process.once('exit', network.#down);
    try {
      network.#makeHub();
    } catch (error) {
      network.takeDown();
      throw error;
    }
    return network;
  }

  /** A new place. */
  place(name: string): Place {
    const port = `p${String(this.#host)}`;
    const place = new Place({
      ...{ name: `${this.#prefix}${name}`, hub: this.#hub, port },
      ...{ address: this.freeAddress(), folder: this.#folder },
    });
    this.#places.push(place);
    ip('netns', 'add', place.name);
    ip('-n', place.name, 'link', 'set', 'lo', 'up');
    ip('-n', this.#hub, 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', place.name);
    ip('-n', place.name, 'link', 'set', 'eth0', 'addrgenmode', 'none');
    // Otherwise the second address of a network goes with the first.
    ip('netns', 'exec', place.name, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/conf/all/promote_secondaries');
    ip('-n', place.name, 'address', 'add', `${place.address}/24`, 'dev', 'eth0');
    ip('-n', place.name, 'link', 'set', 'eth0', 'up');
    ip('-n', this.#hub, 'link', 'set', port, 'master', 'switch', 'up');
    nft(
      this.#hub,
      `add table netdev ${port}; ` +
        `add chain netdev ${port} out { type filter hook ingress device ${port} priority 0; }; ` +
        `add chain netdev ${port} in { type filter hook egress device ${port} priority 0; }`,
    );
    return place;
  }

  /** An address of this network that nobody has. */
  freeAddress(): string {
    this.#host += 1;
    return `${this.#subnet}.${String(this.#host - 1)}`;
  }

  takeDown(): void {
    process.off('exit', this.#down);
    for (const { name } of this.#places.splice(0)) deleteNamespace(name);
    // Its end of the cable takes this machine's end along.
    deleteNamespace(this.#hub);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #makeHub(): void {
    ip('netns', 'add', this.#hub);
    ip('-n', this.#hub, 'link', 'add', 'switch', 'type', 'bridge');
    ip('-n', this.#hub, 'link', 'set', 'switch', 'up');
    ip('link', 'add', this.#uplink, 'type', 'veth', 'peer', 'name', 'uplink', 'netns', this.#hub);
    ip('-n', this.#hub, 'link', 'set', 'uplink', 'master', 'switch', 'up');
    ip('address', 'add', `${this.#subnet}.${String(HUB_HOST)}/24`, 'dev', this.#uplink);
    ip('link', 'set', this.#uplink, 'up');
  }
}

/** One that no other run and nothing else on this machine uses. */
function freeSubnet(): string {
  const used = ip('-o', '-4', 'address', 'show');
  for (let tries = 0; tries < 250; tries += 1) {
    const subnet = `10.213.${String((process.pid + built + tries) % 250)}`;
    if (!used.includes(`${subnet}.`)) return subnet;
  }
  throw new Error('There is no free network.');
}
