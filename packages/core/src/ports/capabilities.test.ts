import { describe, expect, it } from 'vitest';
import { operations } from '../contract/operations.js';
import type { Backend } from './backend.port.js';
import { capabilitiesOf, SEED_OPERATIONS, type Capabilities } from './capabilities.js';

/** Never called: only that a method is there is looked at. */
const method = (): Promise<never> => Promise.reject(new Error('Not to be called.'));
const bookings: Required<Backend['bookings']> = {
  active: method,
  list: method,
  providers: method,
  slots: method,
  book: method,
  get: method,
  cancel: method,
  complete: method,
  reschedule: method,
  reopen: method,
  late: method,
  noShow: method,
  reassign: method,
};
const notes: Required<Backend['notes']> = { list: method, add: method, withdraw: method, history: method };
const access: Required<NonNullable<Backend['access']>> = {
  me: method,
  takeSeat: method,
  join: method,
  presence: method,
  leave: method,
  leaveNow: () => undefined,
  admit: method,
  hold: method,
  inviteGuest: method,
  removeGuest: method,
  testNetwork: method,
  draftKey: method,
};
const ALL: Backend = { bookings, notes, access };

/** What each thing needs: methods of the ports, and operations of the backend. */
const NEEDS: Record<keyof Capabilities, { methods: readonly string[]; offers: readonly string[] }> = {
  book: {
    methods: ['bookings.book', 'bookings.slots', 'bookings.providers'],
    offers: ['book', 'listSlots', 'listProviders'],
  },
  cancel: { methods: ['bookings.cancel'], offers: ['cancelBooking'] },
  reschedule: { methods: ['bookings.reschedule'], offers: ['rescheduleBooking'] },
  call: { methods: [], offers: ['takeSeat', 'join', 'reportPresence'] },
  end: { methods: ['bookings.complete'], offers: ['completeBooking'] },
  reopen: { methods: ['bookings.reopen'], offers: ['reopenBooking'] },
  admit: { methods: ['access.admit', 'access.hold'], offers: ['admitPatient', 'holdPatient'] },
  guests: { methods: ['access.inviteGuest', 'access.removeGuest'], offers: ['inviteGuest', 'removeGuest'] },
  late: { methods: ['bookings.late'], offers: ['announceLate'] },
  noShow: { methods: ['bookings.noShow'], offers: ['reportNoShow'] },
  reassign: { methods: ['bookings.reassign'], offers: ['reassignBooking'] },
  writeNotes: { methods: ['notes.add'], offers: ['addNote'] },
  withdrawNotes: { methods: ['notes.withdraw'], offers: ['withdrawNote'] },
  history: { methods: ['notes.history'], offers: ['listHistory'] },
  testNetwork: { methods: ['access.testNetwork'], offers: ['testNetwork'] },
  keepDrafts: { methods: ['access.draftKey'], offers: ['getDraftKey'] },
};
const KEYS = Object.keys(NEEDS) as (keyof Capabilities)[];
const OPERATIONS = Object.keys(operations);

function without(path: string): Backend {
  const [port, name] = path.split('.') as ['bookings' | 'notes' | 'access', string];
  return { ...ALL, [port]: { ...ALL[port], [name]: undefined } };
}

const missing = (can: Capabilities): string[] => KEYS.filter((key) => !can[key]);
const needing = (kind: 'methods' | 'offers', what: string): string[] =>
  KEYS.filter((key) => NEEDS[key][kind].includes(what));

describe('what a backend can', () => {
  it('is everything where it has everything, whether it says so or says nothing', () => {
    expect(missing(capabilitiesOf(ALL, true, undefined))).toEqual([]);
    expect(missing(capabilitiesOf(ALL, true, OPERATIONS))).toEqual([]);
  });

  it.each([...new Set(KEYS.flatMap((key) => NEEDS[key].methods))])('without %s, just that is missing', (path) => {
    expect(missing(capabilitiesOf(without(path), true, undefined))).toEqual(needing('methods', path));
  });

  it.each(OPERATIONS)('that does not offer %s: just what needs it is missing', (operation) => {
    const offers = OPERATIONS.filter((other) => other !== operation);
    expect(missing(capabilitiesOf(ALL, true, offers))).toEqual(needing('offers', operation));
  });

  it('without video there is no call, and all else', () => {
    expect(missing(capabilitiesOf(ALL, false, undefined))).toEqual(['call']);
  });

  it('without access there is nobody to admit, no check and no drafts', () => {
    const can = capabilitiesOf({ bookings, notes }, false, undefined);
    expect(missing(can)).toEqual(['call', 'admit', 'guests', 'testNetwork', 'keepDrafts']);
  });

  it('of the seed’s own it is to read, and to write notes', () => {
    expect(SEED_OPERATIONS.every((operation) => operation in operations)).toBe(true);
    const can = capabilitiesOf(ALL, true, SEED_OPERATIONS);
    expect(KEYS.filter((key) => can[key])).toEqual(['writeNotes']);
  });

  it('of a newer backend, what it offers beside it changes nothing', () => {
    expect(missing(capabilitiesOf(ALL, true, [...OPERATIONS, 'ofNextYear']))).toEqual([]);
  });
});
