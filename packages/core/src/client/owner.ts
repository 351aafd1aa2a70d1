import type { StoragePort } from '../ports/platform.port.js';

const OWNER = 'owner';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * What this device keeps belongs to one person at a time: what somebody else left here is wiped before anything of it
 * is read. Where a browser forbids storage there is nothing to keep apart.
 */
export async function claimStorage(storage: StoragePort, person: string): Promise<void> {
  const before = await storage.get(OWNER).catch(() => undefined);
  if (before !== undefined && bytesEqual(before, bytesOf(person))) return;
  await wipeStorage(storage);
  await storage.set(OWNER, bytesOf(person)).catch(() => undefined);
}

/** Where a browser forbids storage there is nothing to wipe, and signing out must not fail over it. */
export async function wipeStorage(storage: StoragePort): Promise<void> {
  const keys = await storage.keys().catch(() => []);
  await Promise.allSettled(keys.map((key) => storage.delete(key)));
}

function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
