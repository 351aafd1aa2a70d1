import { createFakePlatform, createSimulatedClock } from '@active-session/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openNoteVault, type KeptNote } from './note-vault.js';

const AT = Date.UTC(2026, 0, 7, 10);
const WEEK = 7 * 24 * 60 * 60_000;
const keyOf = (seed: number): string => Buffer.alloc(32, seed).toString('base64url');
const smiths = { id: 'k1', key: keyOf(1) };
const joness = { id: 'k2', key: keyOf(2) };
const note: KeptNote = {
  id: '0b5c9e0a-1111-4222-8333-944445555666',
  bookingId: 'booking-of-ann',
  content: 'Positive for chlamydia — “treat” 😷',
  kind: 'diagnosis',
  amends: 'n-1',
  state: 'refused',
  reason: 'forbidden',
  at: AT,
};
const { storage } = createFakePlatform({ clock: createSimulatedClock() });
const open = (secret = smiths, now = AT) => openNoteVault({ storage, secret, now: () => now });

afterEach(async () => {
  vi.unstubAllGlobals();
  for (const key of await storage.keys()) await storage.delete(key);
});

describe('a vault', () => {
  it('gives back what was put in, to whoever has the secret', async () => {
    await (await open()).put(note);
    const again = await open({ ...smiths });
    expect([await again.ids(), await again.get(note.id)]).toEqual([[note.id], note]);
    await again.delete(note.id);
    expect([await again.ids(), await again.get(note.id)]).toEqual([[], null]);
  });

  it('says on the device nothing of the note, its booking, or when it was read', async () => {
    const vault = await open();
    await vault.put(note);
    const [key = ''] = await storage.keys();
    const first = (await storage.get(key))!;
    const lying = `${key} ${Buffer.from(first).toString('latin1')}`;
    for (const secret of ['Positive', 'chlamydia', 'booking', 'diagnosis', 'refused', 'smith'])
      expect(lying).not.toContain(secret);
    await vault.put(note);
    expect(await storage.get(key)).not.toEqual(first);
  });

  it('opens with no other key, also one that is said to be the same', async () => {
    await (await open()).put(note);
    expect(await (await open(joness)).ids()).toEqual([]);
    expect(await (await open({ ...joness, id: smiths.id })).get(note.id)).toBe(null);
  });

  it('notices a changed byte, and a note in another one’s place', async () => {
    const vault = await open();
    await vault.put(note);
    await vault.put({ ...note, id: 'other' });
    const [key = '', other = ''] = await storage.keys();
    await storage.set(other, (await storage.get(key))!);
    expect(await vault.get('other')).toBe(null);
    const bytes = (await storage.get(key))!;
    for (const at of [0, 9, 21, bytes.length - 1]) {
      await storage.set(key, bytes.with(at, bytes[at]! ^ 1));
      expect(await vault.get(note.id)).toBe(null);
    }
    await storage.set(key, new Uint8Array(3));
    expect([await vault.get(note.id), await vault.ids()]).toEqual([null, ['other']]);
  });

  it('keeps nothing, of anybody, longer than a week', async () => {
    await (await open()).put(note);
    await (await open(joness)).put({ ...note, id: 'of Jones' });
    expect(await (await open(smiths, AT + WEEK)).ids()).toEqual([note.id]);
    expect(await (await open(smiths, AT + WEEK + 1)).ids()).toEqual([]);
    expect(await storage.keys()).toEqual([]);
  });

  it('is not to be had on a page that encrypts nothing', async () => {
    const { crypto: real } = globalThis;
    vi.stubGlobal('crypto', { getRandomValues: real.getRandomValues.bind(real) });
    await expect(open()).rejects.toMatchObject({ code: 'not-supported' });
  });
});
