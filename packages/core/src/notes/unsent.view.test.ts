import { createClinic, createSimulatedClock, type Clinic, type SimulatedClock } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { SessionError } from '../errors.js';
import type { OutboxItem } from './outbox.machine.js';
import { withUnsent } from './unsent.view.js';

const item = (state: OutboxItem['state'], content = 'text'): OutboxItem => ({
  id: `${state} ${content}`,
  content,
  kind: undefined,
  amends: undefined,
  state,
  error: null,
  at: 0,
});

describe('the count of a booking’s unsent notes', () => {
  it('tells what was begun from what is on its way and what was refused, and counts nothing that is blank', () => {
    const items = [item('draft'), item('draft', ' \n'), item('waiting'), item('sending'), item('refused')];
    expect(withUnsent([], 1, items)).toEqual([{ bookingId: 1, drafts: 1, waiting: 2, refused: 1 }]);
    expect(withUnsent([], 1, [item('draft', '')])).toEqual([]);
  });

  it('is the same list while nothing has changed, so that a stroke is no change', () => {
    const known = withUnsent([], 1, [item('draft', 'D')]);
    expect(withUnsent(known, '1', [item('draft', 'Drink')])).toBe(known);
    expect(withUnsent(known, 2, [])).toBe(known);
  });

  it('keeps the place of each booking, and forgets one that has nothing any more', () => {
    const both = withUnsent(withUnsent([], 1, [item('draft')]), 2, [item('waiting')]);
    const changed = withUnsent(both, 1, [item('refused')]);
    expect(changed.map(({ bookingId, refused }) => [bookingId, refused])).toEqual([
      [1, 1],
      [2, 0],
    ]);
    expect(withUnsent(changed, 1, [])).toEqual([both[1]]);
  });
});

describe('the client’s view of what is not sent', () => {
  let clock: SimulatedClock;
  let clinic: Clinic<SimulatedClock>;
  beforeEach(() => {
    clock = createSimulatedClock();
    clinic = createClinic({ clock });
  });

  it('has every booking in which something was begun, whether somebody watches it or not', async () => {
    const [one, two] = [clinic.book({ startsIn: 0 }), clinic.book({ startsIn: 30 * 60_000 })];
    const { client } = clinic.open('dr-smith');
    await clock.settle();
    const draft = client.session(one.id).writeNote({ content: 'begun' });
    clinic.backend.fail('notes.add', new SessionError('forbidden', 'No.'));
    client.session(two.id).shareNote(client.session(two.id).writeNote({ content: 'refused' }));
    await clock.settle();
    expect(client.getSnapshot().unsent).toEqual([
      { bookingId: one.id, drafts: 1, waiting: 0, refused: 0 },
      { bookingId: two.id, drafts: 0, waiting: 0, refused: 1 },
    ]);
    await clock.advance(10 * 60_000);
    expect(client.getSnapshot().unsent).toHaveLength(2);
    client.session(one.id).shareNote(draft);
    await clock.settle();
    expect(client.getSnapshot().unsent.map(({ bookingId }) => bookingId)).toEqual([two.id]);
    await client.signOut();
    expect(client.getSnapshot().unsent).toEqual([]);
  });
});
