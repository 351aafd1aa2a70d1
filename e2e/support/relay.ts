import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** One connection of a browser, and the one that carries it on. */
interface Link {
  readonly near: Socket;
  far: Socket | undefined;
  /** One end is gone. While the wire is silent, the other does not hear of it. */
  isBroken: boolean;
}

/**
 * A wire between browsers and the server that can be cut. A browser's own offline switch tells every page at once; a real
 * network says nothing, or resets connections, or comes back and has forgotten them.
 */
export class Relay {
  readonly #server: Server;
  readonly #to: number;
  readonly #links = new Set<Link>();
  readonly #sent: Buffer[] = [];
  #state: 'passing' | 'silent' | 'cut' = 'passing';

  private constructor(to: number) {
    this.#to = to;
    this.#server = createServer((near) => {
      this.#accept(near);
    });
  }

  /** @param to port of this machine @param port its own; left out: any */
  static async start(to: number, port = 0): Promise<Relay> {
    const relay = new Relay(to);
    relay.#server.listen(port, '127.0.0.1');
    await once(relay.#server, 'listening');
    return relay;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The relay does not listen.');
    return address.port;
  }

  /** From now on no byte passes, in either direction, and nobody is told: connections stay, also new ones. */
  silence(): void {
    this.#state = 'silent';
    for (const { near, far } of this.#links) {
      near.pause();
      far?.pause();
    }
  }

  /** Every connection is reset, and each new one. */
  cut(): void {
    this.#state = 'cut';
    this.#resetAll();
  }

  /** Bytes pass again. `remembering`: what was silent goes on where it stopped; otherwise it is reset. */
  restore({ remembering }: { readonly remembering: boolean }): void {
    this.#state = 'passing';
    if (!remembering) this.#resetAll();
    for (const link of this.#links) {
      if (link.isBroken) this.#reset(link);
      else {
        link.far ??= this.#carryOn(link);
        link.near.resume();
        link.far.resume();
      }
    }
  }

  /** Whether a browser ever sent this text, in UTF-8, to anybody behind the wire. */
  hasSent(text: string): boolean {
    const all = Buffer.concat(this.#sent);
    this.#sent.splice(0, Infinity, all);
    return all.includes(text);
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(near: Socket): void {
    const link: Link = { near, far: undefined, isBroken: false };
    this.#links.add(link);
    near.setNoDelay(true);
    near.pause();
    near.on('data', (bytes: Buffer) => {
      this.#sent.push(bytes);
      link.far?.write(bytes);
    });
    this.#watch(near, link);
    if (this.#state === 'cut') this.#reset(link);
    if (this.#state !== 'passing') return;
    link.far = this.#carryOn(link);
    near.resume();
  }

  #carryOn(link: Link): Socket {
    const far = connect(this.#to, '127.0.0.1');
    far.setNoDelay(true);
    far.on('data', (bytes) => link.near.write(bytes));
    this.#watch(far, link);
    return far;
  }

  #watch(end: Socket, link: Link): void {
    // Why it broke does not matter, only that it did.
    end.on('error', () => undefined);
    end.on('end', () => {
      this.#break(link);
    });
    end.on('close', () => {
      this.#break(link);
    });
  }

  #break(link: Link): void {
    link.isBroken = true;
    if (this.#state === 'silent') return;
    this.#links.delete(link);
    // What was sent before the end still gets there.
    link.near.end();
    link.far?.end();
    link.near.destroySoon();
    link.far?.destroySoon();
  }

  #resetAll(): void {
    for (const link of this.#links) this.#reset(link);
  }

  #reset(link: Link): void {
    this.#links.delete(link);
    link.near.resetAndDestroy();
    link.far?.resetAndDestroy();
  }
}
