import { createClinic, createSimulatedClock, type Clinic, type SimulatedClock } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { SessionError } from '../errors.js';
import type { Session } from '../session/session.js';

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
let his: Session;
let hers: Session;

beforeEach(async () => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
  const booking = clinic.book({ startsIn: 0 });
  hers = clinic.open('ann').watch(booking.id);
  his = clinic.open('dr-smith').watch(booking.id);
  await clock.settle();
});

const share = (content: string): void => his.shareNote(his.writeNote({ content }));
const read = (session: Session): string[] => session.getSnapshot().notes.notes.map(({ content }) => content);
const sent = (): number => clinic.backend.requests.filter(({ method }) => method === 'notes.add').length;

describe('a backend that says when to come back with a note', () => {
  it.each(['rate-limited', 'unavailable'] as const)(
    'is obeyed to the second, and the order is kept (%s)',
    async (code) => {
      clinic.backend.fail('notes.add', new SessionError(code, 'Later.', { retryAfter: 20_000 }));
      share('a');
      await clock.settle();
      share('b');
      share('c');
      await clock.advance(19_900);
      expect([sent(), read(hers)]).toEqual([1, []]);
      await clock.advance(200);
      expect([sent(), read(hers)]).toEqual([4, ['a', 'b', 'c']]);
    },
  );

  it('is obeyed for a minute at most, whatever it says', async () => {
    clinic.backend.fail('notes.add', new SessionError('unavailable', 'Later.', { retryAfter: 86_400_000 }));
    share('a');
    await clock.advance(59_900);
    expect(read(hers)).toEqual([]);
    await clock.advance(200);
    expect(read(hers)).toEqual(['a']);
  });

  it('is asked less and less often where it says nothing, and again within 8 seconds', async () => {
    clinic.backend.fail('notes.add', new SessionError('unavailable', 'Not now.'), { times: 50 });
    share('a');
    await clock.advance(60_000);
    expect(sent()).toBeGreaterThan(7);
    expect(sent()).toBeLessThan(25);
    const before = sent();
    await clock.advance(8_000);
    expect(sent()).toBeGreaterThan(before);
  });
});
