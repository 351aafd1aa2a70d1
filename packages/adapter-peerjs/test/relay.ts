/** A signalling server inside the page: it speaks the PeerJS protocol through a stand-in for `WebSocket`. */
export interface Relay {
  readonly url: string;
  /** Every address that a socket was opened to. */
  readonly opened: URL[];
  /** Ids that are registered now. */
  ids(): string[];
  /** Sends a message to a registered peer, as if the server had said it. */
  say(id: string, message: unknown): void;
  /** Cuts the socket of a peer. */
  cut(id: string): void;
  /** New sockets are refused from now on. */
  refuse(refused: boolean): void;
  /** Messages of this type are lost from now on; null ends it. */
  swallow(type: string | null): void;
  swallowed(): number;
  /** Gives the page its own WebSocket back. */
  uninstall(): void;
}

interface Message {
  readonly type: string;
  readonly dst?: string;
}

export function installRelay(): Relay {
  const RealSocket = window.WebSocket;
  const url = 'wss://relay.test/api/signalling/';
  const sockets = new Map<string, RelaySocket>();
  const opened: URL[] = [];
  let refused = false;
  let swallow: string | null = null;
  let swallowed = 0;

  class RelaySocket {
    onopen: (() => void) | null = null;
    onclose: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    readyState = 0;
    readonly id: string;

    constructor(address: URL) {
      opened.push(address);
      this.id = address.searchParams.get('id') ?? '';
      setTimeout(() => (refused ? this.end() : this.open()), 5);
    }

    open() {
      if (this.readyState !== 0) return;
      this.readyState = 1;
      sockets.set(this.id, this);
      this.onopen?.();
      this.receive({ type: 'OPEN' });
    }

    receive(message: unknown) {
      setTimeout(() => this.onmessage?.({ data: JSON.stringify(message) }), 5);
    }

    send(text: string) {
      const message = JSON.parse(text) as Message;
      if (message.dst === undefined) return;
      const { dst } = message;
      if (message.type === swallow) {
        swallowed++;
        return;
      }
      const other = sockets.get(dst);
      if (other) other.receive({ ...message, src: this.id });
      else this.receive({ type: 'EXPIRE', src: dst, dst: this.id });
    }

    end() {
      this.close();
      this.onclose?.();
    }

    close() {
      this.readyState = 3;
      sockets.delete(this.id);
    }
  }

  const StandIn = function (address: string, protocols?: string | string[]) {
    const target = new URL(address);
    return target.host === 'relay.test' ? new RelaySocket(target) : new RealSocket(address, protocols);
  };
  window.WebSocket = Object.assign(StandIn, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 }) as never;

  return {
    url,
    opened,
    ids: () => [...sockets.keys()],
    say: (id, message) => sockets.get(id)?.receive(message),
    cut: (id) => sockets.get(id)?.end(),
    refuse: (value) => (refused = value),
    swallow: (type) => (swallow = type),
    swallowed: () => swallowed,
    uninstall: () => (window.WebSocket = RealSocket),
  };
}
