import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** The parts of STUN and TURN (RFC 8489, RFC 8656) that it takes to ask a relay for something that it must refuse. */
const COOKIE = 0x2112a442;
const METHOD = { allocate: 0x003, permission: 0x008 } as const;
const ATTRIBUTE = {
  user: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
} as const;
const REQUESTED_TRANSPORT = 0x0019;
const SUCCESS = 0x0100;
const HEADER = 20;
const WITHIN = 5_000;

export interface Credentials {
  readonly username: string;
  readonly credential: string;
}

interface Answer {
  /** 0: granted. */
  readonly code: number;
  readonly attributes: ReadonlyMap<number, Buffer>;
}

/** Time-limited credentials, as a server makes them that shares `secret` with the relay. @param expiresAt s since 1970 */
export function credentialsFor(secret: string, expiresAt: number, name = 'somebody'): Credentials {
  const username = `${String(Math.floor(expiresAt))}:${name}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

/** Somebody at a relay, who asks it for an allocation and for permissions to reach others by it. */
export class TurnClient {
  readonly #socket: Socket = createSocket('udp4');
  readonly #relay: { readonly address: string; readonly port: number };
  readonly #credentials: Credentials;
  #realm: Buffer = Buffer.alloc(0);
  #nonce: Buffer = Buffer.alloc(0);

  constructor(relay: { readonly address: string; readonly port: number }, credentials: Credentials) {
    this.#relay = relay;
    this.#credentials = credentials;
  }

  /** @returns 0 where it was granted, else the code of the refusal: 401 for wrong credentials */
  async allocate(): Promise<number> {
    const transport = attribute(REQUESTED_TRANSPORT, Buffer.from([17, 0, 0, 0]));
    const { attributes } = await this.#ask(METHOD.allocate, [transport], false);
    this.#realm = attributes.get(ATTRIBUTE.realm) ?? this.#realm;
    this.#nonce = attributes.get(ATTRIBUTE.nonce) ?? this.#nonce;
    return (await this.#ask(METHOD.allocate, [transport], true)).code;
  }

  /** @returns 0 where data may now be sent to this address by the relay, else the code of the refusal */
  async permit(address: string): Promise<number> {
    return (await this.#ask(METHOD.permission, [attribute(ATTRIBUTE.peer, xored(address))], true)).code;
  }

  close(): void {
    this.#socket.close();
  }

  async #ask(method: number, attributes: readonly Buffer[], signed: boolean): Promise<Answer> {
    const id = randomBytes(12);
    const body = signed ? [...attributes, ...this.#who()] : [...attributes];
    const message = build(method, id, Buffer.concat(body), signed ? this.#key() : null);
    this.#socket.send(message, this.#relay.port, this.#relay.address);
    const [answer] = (await once(this.#socket, 'message', { signal: AbortSignal.timeout(WITHIN) })) as [Buffer];
    return read(answer);
  }

  #who(): Buffer[] {
    return [
      attribute(ATTRIBUTE.user, Buffer.from(this.#credentials.username)),
      attribute(ATTRIBUTE.realm, this.#realm),
      attribute(ATTRIBUTE.nonce, this.#nonce),
    ];
  }

  #key(): Buffer {
    const { username, credential } = this.#credentials;
    return createHash('md5').update(`${username}:${this.#realm.toString()}:${credential}`).digest();
  }
}

function build(method: number, id: Buffer, body: Buffer, key: Buffer | null): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(method, 0);
  // The length counts the signature, which covers all before it.
  head.writeUInt16BE(body.length + (key === null ? 0 : 24), 2);
  head.writeUInt32BE(COOKIE, 4);
  const message = Buffer.concat([head, id, body]);
  if (key === null) return message;
  return Buffer.concat([message, attribute(ATTRIBUTE.integrity, createHmac('sha1', key).update(message).digest())]);
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

/** An IPv4 address, or one of the IPv6 addresses that a test names with all its groups. */
function xored(address: string): Buffer {
  const isOld = address.includes('.');
  const bytes = isOld
    ? Buffer.from(address.split('.').map(Number))
    : Buffer.from(
        address
          .split(':')
          .map((group) => group.padStart(4, '0'))
          .join(''),
        'hex',
      );
  const cookie = Buffer.alloc(4);
  cookie.writeUInt32BE(COOKIE);
  const value = Buffer.from(bytes.map((byte, at) => byte ^ (cookie[at % 4] ?? 0)));
  // Port 9 (discard), hidden in the same way.
  return Buffer.concat([Buffer.from([0, isOld ? 1 : 2, 0x21, 0x12 ^ 9]), value]);
}

function read(message: Buffer): Answer {
  const attributes = new Map<number, Buffer>();
  for (let at = HEADER; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    attributes.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  const error = attributes.get(ATTRIBUTE.error);
  const isSuccess = (message.readUInt16BE(0) & 0x0110) === SUCCESS;
  return { code: isSuccess ? 0 : (error?.[2] ?? 0) * 100 + (error?.[3] ?? 0), attributes };
}
