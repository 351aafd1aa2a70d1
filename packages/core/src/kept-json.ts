import type * as z from 'zod/mini';
import type { StoragePort } from './ports/platform.port.js';

/** One value that a page would like to find again on this device, and can do without. */
export interface KeptJson<T> {
  /** Undefined where nothing was kept, it can't be read, or this browser keeps nothing. */
  read(): Promise<T | undefined>;
  /** Where a browser forbids storage it is not there next time. */
  write(value: T): void;
}

export function keptJson<T>(storage: StoragePort, key: string, schema: z.ZodMiniType<T>): KeptJson<T> {
  return {
    async read() {
      try {
        const bytes = await storage.get(key);
        return bytes && schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
      } catch {
        return undefined;
      }
    },
    write(value) {
      storage.set(key, new TextEncoder().encode(JSON.stringify(value))).catch(() => undefined);
    },
  };
}
