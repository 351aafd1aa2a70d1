const MOST_AT_ONCE = 16 * 1024 * 1024;

/** A WebSocket of no page: what it sends is what a test says. */
export class RawSocket {
  readonly received: Readonly<Record<string, unknown>>[] = [];
  /** What the server gave as the reason; resolves when it is closed by anybody. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }));
    });
    socket.addEventListener('message', ({ data }) => this.received.push(JSON.parse(String(data)) as never));
  }

  /** @throws Error when the server refuses it */
  static async open(address: string): Promise<RawSocket> {
    const socket = new WebSocket(address);
    const raw = new RawSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('close', ({ code }) => reject(new Error(`Refused (${String(code)}).`)));
    });
    return raw;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** A text goes out as it is, whatever it is. */
  send(message: unknown): void {
    if (!this.isOpen) return;
    this.#socket.send(
      typeof message === 'string' || message instanceof ArrayBuffer ? message : JSON.stringify(message),
    );
  }

  /** The same message again and again, as many at once as go out, but no more: until the server has had enough. */
  flood(message: unknown): void {
    for (let at = 0; at < 250 && this.#socket.bufferedAmount < MOST_AT_ONCE; at += 1) this.send(message);
  }

  close(): void {
    this.#socket.close();
  }

  /** Waits for a message of this type that was not there before the call, or comes after it. */
  async next(type: string, within = 10_000): Promise<Readonly<Record<string, unknown>>> {
    const deadline = Date.now() + within;
    for (;;) {
      const at = this.received.findIndex((message) => message['type'] === type);
      const [found] = at < 0 ? [] : this.received.splice(at, 1);
      if (found !== undefined) return found;
      if (!this.isOpen || Date.now() > deadline) throw new Error(`No ${type} came.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
