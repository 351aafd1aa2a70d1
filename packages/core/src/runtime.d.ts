/*
 * What every JavaScript runtime has (Node, workers, browsers) and `lib: ES2023` does not know.
 * Core compiles against this file and nothing else, so that no DOM or worker type can slip in.
 */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare const AbortSignal: {
  any(signals: readonly AbortSignal[]): AbortSignal;
  timeout(milliseconds: number): AbortSignal;
};
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare const AbortController: { new (): AbortController };
/** Not `randomUUID`, which pages on plain http do not have. */
declare const crypto: {
  getRandomValues<T extends Uint8Array>(array: T): T;
  /** Not on plain http. */
  readonly subtle: SubtleCrypto;
};
interface CryptoKey {
  readonly type: string;
}
interface SubtleCrypto {
  importKey(
    format: 'raw',
    key: Uint8Array<ArrayBuffer>,
    algorithm: string,
    extractable: boolean,
    usages: 'deriveKey'[],
  ): Promise<CryptoKey>;
  deriveKey(
    algorithm: { name: 'HKDF'; hash: string; salt: Uint8Array<ArrayBuffer>; info: Uint8Array<ArrayBuffer> },
    secret: CryptoKey,
    derived: { name: 'AES-GCM'; length: number },
    extractable: boolean,
    usages: ('encrypt' | 'decrypt')[],
  ): Promise<CryptoKey>;
  encrypt(algorithm: AesGcm, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  decrypt(algorithm: AesGcm, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
}
interface AesGcm {
  name: 'AES-GCM';
  iv: Uint8Array<ArrayBuffer>;
  additionalData: Uint8Array<ArrayBuffer>;
}
interface TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare const TextEncoder: { new (): TextEncoder };
interface TextDecoder {
  decode(bytes: Uint8Array | ArrayBuffer): string;
}
declare const TextDecoder: { new (): TextDecoder };
