import * as z from 'zod/mini';
import { idSchema } from '../booking/booking.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import { SESSION_ERROR_CODES, SessionError } from '../errors.js';
import type { StoragePort } from '../ports/platform.port.js';
import { noteKindSchema, type DraftKey } from './note.schema.js';

/** A note that is being written, or waits for the backend, as it is kept on its writer's device. */
const keptNoteSchema = z.object({
  id: z.string().check(z.minLength(1)),
  bookingId: idSchema,
  content: z.string(),
  kind: z.optional(noteKindSchema),
  amends: z.optional(z.string()),
  state: z.enum(['draft', 'waiting', 'refused']),
  /** Why it was refused. */
  reason: z.catch(z.optional(z.enum(SESSION_ERROR_CODES)), undefined),
  /** When it was begun or, once shared, shared. Orders notes. */
  at: z.number(),
});
export type KeptNote = Readonly<z.infer<typeof keptNoteSchema>>;

/**
 * Notes on a device, each under a key of its own. Readable only with the secret that the backend gives to who has signed
 * in: there is nothing on the device that opens them.
 */
export interface NoteVault {
  /** Ids of what this person has here. What is older than a week is deleted. */
  ids(): Promise<readonly string[]>;
  /** Null where there is none, or none that can be read. */
  get(id: string): Promise<KeptNote | null>;
  /** @throws SessionError `not-supported` where the device keeps nothing */
  put(note: KeptNote): Promise<void>;
  delete(id: string): Promise<void>;
}

export interface NoteVaultOptions {
  readonly storage: StoragePort;
  readonly secret: DraftKey;
  /** The server's clock. */
  readonly now: () => Instant;
}

/** Whatever begins with this is somebody's unsent note. */
export const NOTE_PREFIX = 'note/';
const WEEK = 7 * 24 * 60 * 60 * 1_000;

/** No device keeps an unsent note longer than a week after it was begun or shared. */
export function keptUntil({ at }: Pick<KeptNote, 'at'>): Instant {
  return at + WEEK;
}

/** One byte that names this layout, eight for the note's `at`, twelve that AES-GCM starts from, the rest. */
const LAYOUT = 1;
const [AGE_AT, IV_AT, TEXT_AT] = [1, 9, 21];

/** @throws SessionError `not-supported` where the browser encrypts nothing for this page */
export async function openNoteVault({ storage, secret, now }: NoteVaultOptions): Promise<NoteVault> {
  const prefix = prefixOf(secret);
  const key = await deriveKey(secret);
  const boundTo = (id: string): Bytes => encode(`${prefix}${id}`);

  const remove = (id: string): Promise<void> => storage.delete(`${prefix}${id}`);
  return {
    async ids() {
      const keys = (await storage.keys()).filter((one) => one.startsWith(NOTE_PREFIX));
      const kept = await Promise.all(keys.map(async (one) => ((await isOld(one)) ? [] : [one])));
      return kept.flat().flatMap((one) => (one.startsWith(prefix) ? [one.slice(prefix.length)] : []));
    },
    async get(id) {
      const bytes = await storage.get(`${prefix}${id}`);
      if (bytes === undefined || bytes[0] !== LAYOUT) return null;
      const iv = bytes.slice(IV_AT, TEXT_AT);
      try {
        const text = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv, additionalData: boundTo(id) },
          key,
          bytes.slice(TEXT_AT),
        );
        return keptNoteSchema.parse(JSON.parse(new TextDecoder().decode(text)));
      } catch {
        return null;
      }
    },
    async put(note) {
      const iv = crypto.getRandomValues(new Uint8Array(TEXT_AT - IV_AT));
      const text = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: boundTo(note.id) },
        key,
        encode(JSON.stringify(note)),
      );
      const bytes = new Uint8Array(TEXT_AT + text.byteLength);
      bytes[0] = LAYOUT;
      new DataView(bytes.buffer).setFloat64(AGE_AT, note.at);
      bytes.set(iv, IV_AT);
      bytes.set(new Uint8Array(text), TEXT_AT);
      await storage.set(`${prefix}${note.id}`, bytes);
    },
    delete: remove,
  };

  async function isOld(storageKey: string): Promise<boolean> {
    const bytes = await storage.get(storageKey);
    if (bytes === undefined) return true;
    const isReadable = bytes[0] === LAYOUT && bytes.length > TEXT_AT;
    const at = isReadable ? new DataView(bytes.buffer, bytes.byteOffset).getFloat64(AGE_AT) : -Infinity;
    if (now() <= keptUntil({ at })) return false;
    await storage.delete(storageKey);
    return true;
  }
}

/** Under what a person's notes lie: their key's own name, which says nothing of who they are. */
export function prefixOf({ id }: Pick<DraftKey, 'id'>): string {
  return `${NOTE_PREFIX}${id}/`;
}

type Bytes = Uint8Array<ArrayBuffer>;
/** Named by where it comes from: every runtime calls it otherwise. */
type Key = Awaited<ReturnType<typeof crypto.subtle.deriveKey>>;

function encode(text: string): Bytes {
  return new TextEncoder().encode(text);
}

async function deriveKey({ id, key }: DraftKey): Promise<Key> {
  // A page on plain http has no such thing, whatever the types say.
  const subtle = (crypto as Partial<typeof crypto>).subtle;
  if (subtle === undefined) throw new SessionError('not-supported', 'This page is not secure: nothing is encrypted.');
  const secret = await subtle.importKey('raw', bytesOf(key), 'HKDF', false, ['deriveKey']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: encode(id), info: encode('active-session notes') } as const;
  return subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** From base64url, without padding. */
function bytesOf(text: string): Bytes {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8));
  let [bits, count, at] = [0, 0, 0];
  for (const character of text) {
    bits = ((bits << 6) | ALPHABET.indexOf(character)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at] = (bits >> count) & 0xff;
    at += 1;
  }
  return bytes;
}
