import { NOTE_PREFIX } from '../notes/note-vault.js';
import type { StoragePort } from '../ports/platform.port.js';

const OWNER = 'owner';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * What this device keeps belongs to one person at a time: what somebody else left here is wiped before anything of it
 * is read. Their unsent notes stay, because nobody but them can open these, and their sign-in may have expired while they
 * wrote. Where a browser forbids storage there is nothing to keep apart.
 */
export async function claimStorage(storage: StoragePort, person: string): Promise<void> {
  const before = await storage.get(OWNER).catch(() => undefined);
  if (before !== undefined && bytesEqual(before, bytesOf(person))) return;
  await wipeStorage(storage, (key) => key.startsWith(NOTE_PREFIX));
  await storage.set(OWNER, bytesOf(person)).catch(() => undefined);
}

/** Where a browser forbids storage there is nothing to wipe, and signing out must not fail over it. */
export async function wipeStorage(
  storage: StoragePort,
  isSpared: (key: string) => boolean = () => false,
): Promise<void> {
  const keys = await storage.keys().catch(() => []);
  await Promise.allSettled(keys.filter((key) => !isSpared(key)).map((key) => storage.delete(key)));
}

function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
