/**
 * A cipher of no secrecy that answers at once: a simulated clock can't wait for a real one, and what these tests are
 * about is not the cipher. It refuses what a real one refuses: another key, another name, a changed byte.
 */
export function quickCrypto(): typeof crypto {
  const names = new Map<object, string>();
  const hex = (bytes: Uint8Array): string => [...bytes].join(',');
  const seal = (key: CryptoKey, algorithm: AesGcmParams): Uint8Array =>
    new TextEncoder().encode(
      `${names.get(key) ?? ''}|${hex(new Uint8Array(algorithm.additionalData as ArrayBuffer))}|`,
    );
  const keyNamed = (name: string): CryptoKey => {
    const key = {} as CryptoKey;
    names.set(key, name);
    return key;
  };
  const subtle = {
    importKey: async (_: string, bytes: Uint8Array) => keyNamed(hex(bytes)),
    deriveKey: async (_: object, secret: CryptoKey) => keyNamed(names.get(secret) ?? ''),
    async encrypt(algorithm: AesGcmParams, key: CryptoKey, bytes: Uint8Array) {
      const head = seal(key, algorithm);
      return new Uint8Array([...head, ...bytes]).buffer;
    },
    async decrypt(algorithm: AesGcmParams, key: CryptoKey, bytes: Uint8Array) {
      const head = seal(key, algorithm);
      if (hex(bytes.slice(0, head.length)) !== hex(head)) throw new Error('Not by this key, or not of this name.');
      return bytes.slice(head.length).buffer;
    },
  };
  const real = crypto;
  return {
    getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => real.getRandomValues(bytes),
    subtle,
  } as unknown as typeof crypto;
}
