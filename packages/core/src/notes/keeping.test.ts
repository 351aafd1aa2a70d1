import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Booking } from '../booking/booking.schema.js';
import { SessionError } from '../errors.js';
import type { Session } from '../session/session.js';
import { quickCrypto } from './test-support/quick-cipher.js';

const DAY = 24 * 60 * 60_000;

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
let booking: Booking;

beforeEach(() => {
  vi.stubGlobal('crypto', quickCrypto());
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
  booking = clinic.book({ startsIn: 0 });
});

async function write(...args: Parameters<typeof clinic.open>): Promise<{ page: Page; session: Session }> {
  const page = clinic.open(...args);
  const session = page.watch(booking.id);
  await clock.settle();
  return { page, session };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const smith = (...args: [] | [Exclude<Parameters<typeof clinic.open>[1], undefined>]) => write('dr-smith', ...args);
const drafts = (session: Session): string[] => session.getSnapshot().drafts.map(({ content }) => content);
const outbox = (session: Session): string[] =>
  session.getSnapshot().outbox.map(({ content, state }) => `${content}: ${state}`);
const state = (page: Page): string => page.client.keeping.getSnapshot().state;
const stored = (page: Page): number => [...page.platform.stored.keys()].filter((key) => key.startsWith('note/')).length;

/** What the patient has of it. */
async function read(): Promise<string[]> {
  const ann = clinic.open('ann');
  const session = ann.watch(booking.id);
  await clock.settle();
  ann.client.close();
  return session.getSnapshot().notes.notes.map(({ content }) => content);
}

describe('a draft', () => {
  it('is there again after a crash, as of the last stroke, with what it is about', async () => {
    const { page, session } = await smith();
    const id = session.writeNote({ content: 'D' });
    session.writeNote({ content: 'Drink' }, id);
    session.writeNote({ kind: 'recommendation', content: 'Drink more water' }, id);
    await clock.settle();
    page.crash();
    const next = await smith({ besides: page });
    expect(next.session.getSnapshot().drafts).toMatchObject([
      { id, content: 'Drink more water', kind: 'recommendation', state: 'draft' },
    ]);
    next.session.shareNote(id);
    await clock.settle();
    expect([await read(), drafts(next.session), stored(next.page)]).toEqual([['Drink more water'], [], 0]);
  });

  it('belongs to the tab that writes it, and to the next one when that is gone', async () => {
    const { page, session } = await smith();
    session.writeNote({ content: 'mine' });
    await clock.settle();
    const other = await smith({ besides: page });
    expect(drafts(other.session)).toEqual([]);
    await clock.advance(1_000);
    other.session.writeNote({ content: 'another' });
    await clock.settle();
    page.crash();
    other.page.platform.wakeUp('visible');
    await clock.settle();
    expect(drafts(other.session)).toEqual(['mine', 'another']);
  });

  it('that another tab writes is known by its booking, until it is shared there or that tab is gone', async () => {
    const { page, session } = await smith();
    const elsewhere = (one: Page) => one.client.keeping.getSnapshot().elsewhere;
    const [first] = [session.writeNote({ content: 'one' }), session.writeNote({ content: 'two' })];
    await clock.settle();
    const other = await smith({ besides: page });
    expect([elsewhere(page), elsewhere(other.page)]).toEqual([[], [booking.id, booking.id]]);
    session.shareNote(first);
    await clock.advance(31_000);
    expect(elsewhere(other.page)).toEqual([booking.id]);
    page.crash();
    other.page.platform.wakeUp('visible');
    await clock.settle();
    expect([elsewhere(other.page), drafts(other.session)]).toEqual([[], ['two']]);
  });

  it('that is emptied, or thrown away, is not kept', async () => {
    const { page, session } = await smith();
    const id = session.writeNote({ content: 'oh' });
    const other = session.writeNote({ content: 'no' });
    await clock.settle();
    expect(stored(page)).toBe(2);
    session.writeNote({ content: ' ' }, id);
    session.discardNote(other);
    await clock.settle();
    expect(stored(page)).toBe(0);
    session.writeNote({ content: 'yes' }, id);
    await clock.settle();
    expect([stored(page), drafts(session)]).toEqual([1, ['yes']]);
  });

  it('is not shared while it is blank, nor changed once it is shared', async () => {
    const { session } = await smith();
    const id = session.writeNote({ content: ' \n' });
    session.shareNote(id);
    expect(outbox(session)).toEqual([]);
    session.writeNote({ content: 'text' }, id);
    session.shareNote(id);
    session.writeNote({ content: 'other text' }, id);
    await clock.settle();
    expect([await read(), drafts(session)]).toEqual([['text'], []]);
  });
});

describe('a shared note', () => {
  it('is sent by the next page when its own crashed before the network was back, in order, once', async () => {
    const { page, session } = await smith();
    const restore = clinic.backend.goOffline('dr-smith');
    for (const content of ['first', 'second', 'third']) session.shareNote(session.writeNote({ content }));
    session.writeNote({ content: 'begun' });
    await clock.settle();
    page.crash();
    restore();
    const next = await smith({ besides: page });
    await clock.advance(10_000);
    await clock.settle();
    expect([await read(), outbox(next.session), drafts(next.session)]).toEqual([
      ['first', 'second', 'third'],
      [],
      ['begun'],
    ]);
  });

  it('goes out though nobody opens its session', async () => {
    const { page, session } = await smith();
    const restore = clinic.backend.goOffline('dr-smith');
    session.shareNote(session.writeNote({ content: 'for Ann' }));
    await clock.settle();
    page.crash();
    restore();
    clinic.open('dr-smith', { besides: page });
    await clock.settle();
    await clock.advance(5_000);
    expect(await read()).toEqual(['for Ann']);
  });

  it('whose answer was lost with its page is there once', async () => {
    const { page, session } = await smith();
    clinic.backend.fail('notes.add', new SessionError('network', 'Lost.'), { afterDoing: true });
    session.shareNote(session.writeNote({ content: 'once' }));
    await clock.settle();
    page.crash();
    const next = await smith({ besides: page });
    await clock.advance(5_000);
    await clock.settle();
    expect([await read(), outbox(next.session), drafts(next.session), stored(next.page)]).toEqual([
      ['once'],
      [],
      [],
      0,
    ]);
  });

  it('that was refused is there with its reason', async () => {
    const { page, session } = await smith();
    clinic.backend.fail('notes.add', new SessionError('forbidden', 'A firewall did not like it.'));
    session.shareNote(session.writeNote({ content: 'select * from patients' }));
    await clock.settle();
    page.crash();
    const next = await smith({ besides: page });
    expect(next.session.getSnapshot().outbox).toMatchObject([
      { content: 'select * from patients', state: 'refused', error: { code: 'forbidden' } },
    ]);
  });
});

describe('what lies on the device', () => {
  it('is gone when they sign out', async () => {
    const { page, session } = await smith();
    session.writeNote({ content: 'begun' });
    await page.client.signOut();
    expect([...page.platform.stored.keys()]).toEqual([]);
    expect(drafts(session)).toEqual([]);
  });

  it('waits, locked, while somebody else is signed in here', async () => {
    const { page, session } = await smith();
    session.writeNote({ content: 'of Smith' });
    await clock.settle();
    page.crash();
    const jones = clinic.open('dr-jones', { besides: page });
    jones.watch(booking.id);
    await clock.settle();
    expect(jones.client.session(booking.id).getSnapshot().drafts).toEqual([]);
    expect(stored(jones)).toBe(1);
    await jones.client.signOut();
    const again = await smith({ besides: page });
    expect(drafts(again.session)).toEqual(['of Smith']);
  });

  it('stays through the sign-out of who has none here: a patient, or somebody who keeps none', async () => {
    const { page, session } = await smith();
    session.writeNote({ content: 'of Smith' });
    await clock.settle();
    page.crash();
    let last = page;
    for (const open of [
      () => clinic.open('ann', { besides: last }),
      () => clinic.open('dr-jones', { besides: last, client: { notesOnDevice: false } }),
    ]) {
      last = open();
      last.watch(booking.id);
      await clock.settle();
      await last.client.signOut();
    }
    const again = await smith({ besides: last });
    expect(drafts(again.session)).toEqual(['of Smith']);
  });

  it('that another tab has shared and not sent is counted there, for who signs out', async () => {
    const { page, session } = await smith();
    clinic.backend.fail('notes.add', new SessionError('network', 'Cut.'), { times: 50 });
    session.shareNote(session.writeNote({ content: 'on its way' }));
    await clock.settle();
    const other = await smith({ besides: page });
    await other.page.client.keeping.scan();
    expect(other.page.client.keeping.getSnapshot()).toMatchObject({ elsewhere: [], heldElsewhere: 1 });
  });

  it('is deleted after a week', async () => {
    const { page, session } = await smith();
    session.writeNote({ content: 'old' });
    await clock.settle();
    page.crash();
    await clock.advance(7 * DAY + 1_000);
    const next = await smith({ besides: page });
    expect([drafts(next.session), stored(next.page)]).toEqual([[], 0]);
  });

  it('that was tampered with is not read, and harms nothing', async () => {
    const { page, session } = await smith();
    session.writeNote({ content: 'a' });
    session.writeNote({ content: 'b' });
    await clock.settle();
    page.crash();
    const [first, second] = [...page.platform.stored.keys()].filter((key) => key.startsWith('note/'));
    // One in place of the other: each is bound to its own name.
    await page.platform.storage.set(first!, page.platform.stored.get(second!)!);
    const next = await smith({ besides: page });
    expect(drafts(next.session)).toEqual(['b']);
  });
});

describe('where a note is kept', () => {
  it('is in memory where the portal wants it so, and where the backend gives no secret', async () => {
    const { page, session } = await smith({ client: { notesOnDevice: false } });
    session.writeNote({ content: 'a' });
    await clock.settle();
    expect([state(page), stored(page)]).toEqual(['memory', 0]);
    const id = session.writeNote({ content: 'b' });
    const hold = () =>
      page.platform.seats.hold(`note/${id}`, {
        steal: false,
        onLost: () => undefined,
        signal: new AbortController().signal,
      });
    await clock.settle();
    expect(await hold()).toBe(null);
    session.shareNote(id);
    await clock.settle();
    expect(await hold()).not.toBe(null);
    const secretless = (): Promise<never> => Promise.reject(new SessionError('not-supported', 'There is none.'));
    const bare = await smith({
      backend: ({ access, ...rest }) => ({ ...rest, access: { ...access!, draftKey: secretless } }),
    });
    expect(state(bare.page)).toBe('memory');
  });

  it('is locked while the sign-in has expired, and on the device once they signed in', async () => {
    clinic.backend.fail('access.draftKey', new SessionError('unauthenticated', 'Expired.'), { times: 2 });
    const { page, session } = await smith();
    expect(page.client.keeping.getSnapshot()).toMatchObject({ state: 'locked', error: { code: 'unauthenticated' } });
    session.writeNote({ content: 'kept for now' });
    await clock.advance(2_000);
    expect([state(page), stored(page)]).toEqual(['device', 1]);
  });

  it('is memory while the device takes nothing, and the device again when it does', async () => {
    const { page, session } = await smith();
    const { storage } = page.platform;
    const before = { ...storage };
    const set = () => Promise.reject(new SessionError('not-supported', 'Full.'));
    Object.assign(storage, { set });
    const id = session.writeNote({ content: 'a' });
    await clock.settle();
    expect(page.client.keeping.getSnapshot()).toMatchObject({ state: 'memory', error: { code: 'not-supported' } });
    Object.assign(storage, before);
    session.writeNote({ content: 'ab' }, id);
    await clock.settle();
    expect([state(page), stored(page)]).toEqual(['device', 1]);
  });

  it('is memory as long as one of them is not kept, whatever becomes of the others', async () => {
    const { page, session } = await smith();
    const { storage } = page.platform;
    const before = { ...storage };
    const long = session.writeNote({ content: 'long' });
    await clock.settle();
    const set = (key: string, bytes: Uint8Array<ArrayBuffer>) =>
      key.endsWith(long) ? Promise.reject(new SessionError('not-supported', 'Full.')) : before.set(key, bytes);
    Object.assign(storage, { set });
    session.writeNote({ content: 'longer' }, long);
    await clock.settle();
    session.writeNote({ content: 'short' });
    await clock.settle();
    expect([state(page), stored(page)]).toEqual(['memory', 2]);
    Object.assign(storage, before);
    await page.client.keeping.scan();
    await clock.settle();
    expect([state(page), stored(page)]).toEqual(['device', 2]);
  });
});
