import { describe, expect, it } from 'vitest';
import { toIso } from '../booking/instant.schema.js';
import type { Party } from '../booking/party.schema.js';
import { booking, HOUR, START } from '../booking/test-support/bookings.js';
import { SessionError } from '../errors.js';
import { createDirectory, readBookings, type Directory } from './directory.js';

const ids = ({ bookings }: Directory): unknown[] => bookings.map(({ id }) => id);
const versions = ({ bookings }: Directory): unknown[] => bookings.map(({ version }) => version);
const at = (id: number, version?: number, hours = 0) =>
  booking({ id, dateTime: toIso(START + hours * HOUR), ...(version === undefined ? {} : { version }) });
const party = (name: string): Party => ({
  seat: 'patient',
  role: 'patient',
  name,
  peerId: null,
  dials: false,
  presence: 'waiting',
  since: null,
});
const names = (directory: Directory, id: number): string[] => directory.partiesOf(id).map(({ name }) => name);

describe('the newest of a booking', () => {
  it('counts, whatever order they come in; one of the same version is taken', () => {
    const directory = createDirectory();
    expect(directory.put(at(1, 2))).toBe(true);
    expect(directory.put(at(1, 1))).toBe(false);
    expect(versions(directory)).toEqual([2]);
    expect(directory.put({ ...at(1, 2), notes: 'again' })).toBe(true);
    expect(directory.find('1')?.notes).toBe('again');
    expect(directory.put(at(1, 3))).toBe(true);
    expect(versions(directory)).toEqual([3]);
  });

  it('where a backend has no versions it is the last that came', () => {
    const directory = createDirectory();
    directory.put(at(1, 5));
    expect(directory.put({ ...at(1), notes: 'later' })).toBe(true);
    expect(directory.put(at(1, 1))).toBe(true);
    expect(versions(directory)).toEqual([1]);
  });

  it('a reading does not bring an older one back', () => {
    const directory = createDirectory();
    directory.put(at(1, 3));
    directory.replace({ items: [at(1, 2), at(2, 1)], told: null }, directory.changes);
    expect([ids(directory), versions(directory)]).toEqual([
      [1, 2],
      [3, 1],
    ]);
  });

  it('bookings stand by their time', () => {
    const directory = createDirectory();
    for (const one of [at(1, 1, 5), at(2, 1, -3), at(3, 1, 1)]) directory.put(one);
    expect(ids(directory)).toEqual([2, 3, 1]);
  });
});

describe('a reading', () => {
  it('takes away what is not there any more', () => {
    const directory = createDirectory();
    directory.put(at(1, 1));
    directory.replace({ items: [at(2, 1)], told: null }, directory.changes);
    expect(ids(directory)).toEqual([2]);
  });

  it('leaves what came in while it was under way', () => {
    const directory = createDirectory();
    directory.put(at(1, 1));
    const since = directory.changes;
    directory.put(at(2, 1));
    directory.put(at(1, 2));
    directory.replace({ items: [at(1, 1)], told: null }, since);
    expect([ids(directory), versions(directory)]).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  it('does not bring back what was taken away while it was under way', () => {
    const directory = createDirectory();
    directory.put(at(1, 1));
    const since = directory.changes;
    directory.remove('1');
    directory.replace({ items: [at(1, 1), at(2, 1)], told: null }, since);
    expect(ids(directory)).toEqual([2]);
    directory.replace({ items: [at(1, 1)], told: null }, directory.changes);
    expect(ids(directory)).toEqual([1]);
  });
});

describe('who is there', () => {
  it('is as a reading says, until it is told', () => {
    const directory = createDirectory();
    directory.replace({ items: [{ ...at(1, 1), parties: [party('read')] }], told: null }, 0);
    expect(names(directory, 1)).toEqual(['read']);
    directory.putParties('1', [party('told')]);
    expect(names(directory, 1)).toEqual(['told']);
  });

  it('a reading that was overtaken by an event does not say it', () => {
    const directory = createDirectory();
    const since = directory.changes;
    directory.putParties(1, [party('told')]);
    directory.replace({ items: [{ ...at(1, 1), parties: [party('read')] }], told: null }, since);
    expect(names(directory, 1)).toEqual(['told']);
    directory.replace({ items: [{ ...at(1, 1), parties: [party('read anew')] }], told: null }, directory.changes);
    expect(names(directory, 1)).toEqual(['read anew']);
  });

  it('a change of the booking that says it is taken', () => {
    const directory = createDirectory();
    directory.putParties(1, [party('told')]);
    directory.put({ ...at(1, 2), parties: [party('put')] });
    expect(names(directory, 1)).toEqual(['put']);
  });

  it('a change of the booking that says nothing of it leaves it', () => {
    const directory = createDirectory();
    directory.putParties(1, [party('told')]);
    directory.put(at(1, 2));
    expect(names(directory, 1)).toEqual(['told']);
  });

  it('goes with the booking, and nobody is where nothing is known', () => {
    const directory = createDirectory();
    directory.put(at(1, 1));
    directory.putParties(1, [party('told')]);
    directory.remove(1);
    expect([directory.find(1), directory.partiesOf(1)]).toEqual([undefined, []]);
  });

  it('of who was here before nothing stays', () => {
    const directory = createDirectory();
    directory.put(at(1, 1));
    directory.putParties(1, [party('told')]);
    directory.clear();
    expect([directory.bookings, directory.partiesOf(1)]).toEqual([[], []]);
  });
});

describe('reading all bookings', () => {
  const signal = new AbortController().signal;
  const bad = { path: '3.dateTime', message: 'bad' };
  const asked: unknown[] = [];
  const backend = {
    bookings: {
      active: async () => ({ booking: at(9, 1), verdict: null }),
      list: async (query: { cursor?: string }) => {
        asked.push(query);
        return query.cursor === undefined
          ? { items: [at(1), at(2)], problems: [], cursor: 'more' }
          : { items: [at(3)], problems: [bad] };
      },
    },
    notes: { list: async () => ({ items: [], problems: [] }) },
  };

  it('goes through all pages, and tells the bad ones beside the good ones', async () => {
    asked.length = 0;
    const read = await readBookings(backend, { isProvider: false, canList: true, now: START, signal });
    expect(read.items.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(read.problems).toEqual([bad]);
    expect(asked).toEqual([{}, { cursor: 'more' }]);
  });

  it('a provider looks back a day, for what ended yesterday can still be written to', async () => {
    asked.length = 0;
    await readBookings(backend, { isProvider: true, canList: true, now: START, signal });
    const from = START - 24 * HOUR;
    expect(asked).toEqual([{ from }, { from, cursor: 'more' }]);
  });

  it.each([
    ['the backend says that it has no list', { ...backend }, false],
    [
      'its list turns out not to be there',
      {
        ...backend,
        bookings: {
          ...backend.bookings,
          list: async () => {
            throw new SessionError('not-supported', 'No such route.');
          },
        },
      },
      true,
    ],
    ['it has none', { ...backend, bookings: { active: backend.bookings.active } }, true],
  ])('where %s it is the active one', async (_, own, canList) => {
    const read = await readBookings(own, { isProvider: false, canList, now: START, signal });
    expect(read).toEqual({ items: [at(9, 1)], problems: [], told: null });
  });

  it('a page that leads back to one before it does not go on for ever', async () => {
    const list = async () => ({ items: [at(1)], problems: [], cursor: 'the same' });
    const round = { ...backend, bookings: { ...backend.bookings, list } };
    const read = readBookings(round, { isProvider: false, canList: true, now: START, signal });
    await expect(read).rejects.toMatchObject({ code: 'malformed' });
  });

  it('where nothing is booked there is none', async () => {
    const none = { ...backend, bookings: { active: async () => ({ booking: null, verdict: null }) } };
    const read = await readBookings(none, { isProvider: false, canList: true, now: START, signal });
    expect(read.items).toEqual([]);
  });
});
