import { createClinic, createSimulatedClock, type Clinic, type SimulatedClock } from '@active-session/testing';
import type { Booking, Clock, Session } from '@active-session/core';
import { expect } from '@open-wc/testing';
import '../define.js';
import { seenThrough, SEED_FIELDS, type Wire } from '../test-support/wire.js';
import { heard, settled, textOf } from '../test-support/page.js';
import type { ActiveSession } from './active-session.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-01-07T10:00:00.000Z');
const OPENS = START - HOUR;
const CLOSES = START + 2 * HOUR;

/** One page of a patient on one device, with a clinic behind it. */
interface World {
  readonly clock: SimulatedClock;
  readonly device: SimulatedClock;
  readonly clinic: Clinic<SimulatedClock>;
  readonly page: ReturnType<Clinic['open']>;
  readonly element: ActiveSession;
  readonly booking: Booking | null;
  /** The device sleeps: nothing reaches it. */
  readonly line: { isAsleep: boolean };
  read(): Promise<string>;
}

/** From where, until when, and what happens then. `after` may name what the patient hears. */
interface Phase {
  readonly name: string;
  /** True time at which the page comes up. */
  readonly from: number;
  /** True time of the change. */
  readonly edge: number;
  /** Left out: time alone changes it. */
  readonly act?: (world: World) => Promise<unknown>;
  readonly isBooked: boolean;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly heard: string;
  /** What one could do before and must not be able to afterwards, or the other way round. */
  readonly gone: readonly string[];
}

const UPCOMING = ['Your session with Dr. Smith is today, 10:00.', 'You can join from 09:00.', 'Opens in'];
const OPEN = ['You can join now.', 'Start Call', 'You can join until 12:00.'];

const phases: readonly Phase[] = [
  {
    name: 'upcoming, then open',
    from: OPENS - 50 * MINUTE,
    edge: OPENS,
    isBooked: true,
    before: UPCOMING,
    after: OPEN,
    heard: 'Your session with Dr. Smith is open.',
    gone: ['Opens in', 'You can join from'],
  },
  {
    name: 'open, then missed',
    from: CLOSES - 50 * MINUTE,
    edge: CLOSES,
    isBooked: true,
    before: OPEN,
    after: ['Your session with Dr. Smith today, 10:00 did not take place.', 'The time to join is over.'],
    heard: 'Your session with Dr. Smith today, 10:00 did not take place.',
    gone: ['Start Call', 'You can join'],
  },
  {
    name: 'upcoming, then cancelled by the provider',
    from: OPENS - 2 * HOUR,
    edge: OPENS - HOUR,
    act: async ({ clinic, booking }) => provider(clinic).cancel(booking?.id ?? '', 'I am ill.'),
    isBooked: true,
    before: UPCOMING,
    after: ['Your session with Dr. Smith today, 10:00 was cancelled.', 'I am ill.'],
    heard: 'Your session with Dr. Smith today, 10:00 was cancelled.',
    gone: ['Opens in', 'You can join'],
  },
  {
    name: 'open, then nobody came',
    from: START,
    edge: START + 50 * MINUTE,
    act: async ({ clinic, booking }) => provider(clinic).noShow(booking?.id ?? ''),
    isBooked: true,
    before: OPEN,
    after: ['Your session with Dr. Smith today, 10:00 did not take place.', 'Dr. Smith noted that you were not there.'],
    heard: 'Your session with Dr. Smith today, 10:00 did not take place.',
    gone: ['Start Call', 'You can join'],
  },
  {
    name: 'open, then ended',
    from: START,
    edge: START + 50 * MINUTE,
    act: async ({ clinic, booking }) => (await ready(clinic, 'dr-smith', booking)).end(),
    isBooked: true,
    before: OPEN,
    after: ['Your session with Dr. Smith has ended.', 'Print this summary'],
    heard: 'Your session with Dr. Smith has ended.',
    gone: ['Start Call', 'You can join'],
  },
  {
    name: 'open, then open in another tab',
    from: START,
    edge: START + 50 * MINUTE,
    act: async ({ clinic, booking }) => (await ready(clinic, 'ann', booking)).start(),
    isBooked: true,
    before: OPEN,
    after: ['Your session is open in another tab or device.', 'Continue here'],
    heard: 'Your session is open in another tab or device.',
    gone: ['Start Call', 'You can join now'],
  },
  {
    name: 'nothing booked, then booked',
    from: OPENS - 2 * HOUR,
    edge: OPENS - HOUR,
    act: async ({ clinic }) => void clinic.backend.putBooking({ patient: 'ann', provider: 'dr-smith', start: START }),
    isBooked: false,
    before: ['You have no session booked.', 'Book an appointment'],
    after: UPCOMING,
    heard: '',
    gone: ['You have no session booked.'],
  },
];

/** How the device's clock fails, and how time passes on it until just after the change. */
interface ClockFault {
  readonly name: string;
  readonly ahead?: (now: number) => number;
  readonly wrap?: (clock: SimulatedClock) => Clock;
  /** What is said of the clock where it matters; empty for nothing. */
  readonly said?: string;
  readonly pass?: (world: World, until: number, act: () => Promise<unknown>) => Promise<void>;
}

const faults: readonly ClockFault[] = [
  { name: 'right' },
  { name: '9 min ahead', ahead: () => 9 * MINUTE, said: 'The clock of this device is 9 minutes fast.' },
  { name: '9 min behind', ahead: () => -9 * MINUTE, said: 'The clock of this device is 9 minutes slow.' },
  { name: 'a day ahead', ahead: () => DAY, said: 'The date of this device is wrong.' },
  { name: 'a day behind', ahead: () => -DAY, said: 'The date of this device is wrong.' },
  { name: 'in 1970', ahead: (now) => -now, said: 'The date of this device is wrong.' },
  { name: 'set back while open', said: 'The date of this device is wrong.', pass: setWhileOpen(-DAY) },
  { name: 'set forward while open', said: 'The date of this device is wrong.', pass: setWhileOpen(DAY) },
  { name: 'asleep for 30 min over the edge', pass: sleepOver },
  { name: 'throttled to a timer a minute', wrap: throttled, pass: inBackground },
];

/** What a booking is like on the wire, and what is read of that. */
interface Shape {
  readonly name: string;
  readonly wire: Wire;
  readonly daysAhead?: number;
  readonly facts?: readonly string[];
  readonly noFacts?: readonly string[];
}

const shapes: readonly Shape[] = [
  { name: 'the seed’s own fields only', wire: SEED_FIELDS, noFacts: ['Length', 'Time for'] },
  {
    name: 'with everything',
    wire: (booking) => ({ ...booking, durationMinutes: 45, timeZone: 'Europe/London', somethingNew: { a: 1 } }),
    facts: ['Length 45 minutes'],
    noFacts: ['Time for'],
  },
  {
    name: 'a zone that differs',
    wire: (booking) => ({ ...booking, timeZone: 'America/New_York' }),
    facts: ['Time for Dr. Smith 05:00'],
  },
  { name: '60 days ahead', wire: (booking) => booking, daysAhead: 60 },
  { name: 'no duration', wire: ({ durationMinutes: _, ...booking }) => booking, noFacts: ['Length'] },
  { name: 'an unknown status', wire: (booking) => ({ ...booking, status: 'paused' }) },
];

describe('<active-session>: phase × clock × booking', () => {
  for (const phase of phases) {
    for (const fault of faults) {
      for (const shape of shapes) {
        it(`${phase.name}; clock ${fault.name}; ${shape.name}`, () => cell(phase, fault, shape));
      }
    }
  }
});

it('opens within a minute in a tab in the background, before anybody looks', async () => {
  const [opening] = phases;
  const [shape] = shapes;
  const world = await open(opening!, { name: 'throttled', wrap: throttled }, shape!);
  await world.clock.advance(OPENS - world.clock.trueTime() + MINUTE);
  expectText(await world.read(), OPEN);
  world.element.remove();
  world.page.client.close();
});

async function cell(phase: Phase, fault: ClockFault, shape: Shape): Promise<void> {
  const world = await open(phase, fault, shape);
  const { element } = world;
  try {
    const isReadable = shape.wire !== shapes.at(-1)?.wire;
    if (shape.daysAhead !== undefined) await waitFor(world, phase, shape.daysAhead);
    const said = heard(element);
    const before = await world.read();
    expectText(before, isReadable ? phase.before : phase.isBooked ? UNREADABLE : phase.before);
    if (isReadable && phase.isBooked) expectFacts(before, shape);

    const { pass = stayAwake } = fault;
    await pass(world, phase.edge, async () => phase.act?.(world));
    const after = await world.read();
    expectText(after, isReadable ? phase.after : UNREADABLE);
    if (isReadable) for (const sentence of phase.gone) expect(after).to.not.contain(sentence);
    else expect(after).to.not.contain('Start Call').and.to.not.contain('no session booked');
    if (isReadable && isCurrent(after)) expectClock(after, fault.said ?? '');
    expect(said, 'what is heard').to.deep.equal(isReadable && phase.heard !== '' ? [phase.heard] : []);
  } finally {
    element.remove();
    world.page.client.close();
  }
}

const UNREADABLE = ['We can’t show one of your appointments.', 'ask the clinic'];

function expectText(text: string, sentences: readonly string[]): void {
  for (const sentence of sentences) expect(text).to.contain(sentence);
}

function expectFacts(text: string, { facts = [], noFacts = [] }: Shape): void {
  expectText(text, facts);
  for (const fact of noFacts) expect(text).to.not.contain(fact);
}

/** A wrong clock is said where one waits or could join, and a right one is not. */
function expectClock(text: string, said: string): void {
  if (said === '') expect(text).to.not.contain('of this device is');
  else expect(text).to.contain(said).and.to.contain('you miss nothing');
}

function isCurrent(text: string): boolean {
  return text.includes('Opens in') || text.includes('You can join until');
}

async function open(phase: Phase, fault: ClockFault, shape: Shape): Promise<World> {
  const wall = phase.from - (shape.daysAhead ?? 0) * DAY;
  const clock = createSimulatedClock({ wall });
  const clinic = createClinic({ clock });
  const booking = phase.isBooked
    ? clinic.backend.putBooking({ patient: 'ann', provider: 'dr-smith', start: START })
    : null;
  const device = clock.another({ deviceAhead: fault.ahead?.(wall) ?? 0 });
  const line = { isAsleep: false };
  const page = clinic.open('ann', {
    clock: fault.wrap?.(device) ?? device,
    backend: (backend) => seenThrough(backend, shape.wire, () => line.isAsleep),
  });
  const element = document.createElement('active-session');
  Object.assign(element, { client: page.client, timeZone: 'Europe/London', lang: 'en-GB' });
  document.body.append(element);
  await clock.settle();
  await settled(element);
  const read = async (): Promise<string> => {
    await clock.settle();
    // What its own timer would do within a second of real time.
    element.requestUpdate();
    await settled(element);
    return textOf(element);
  };
  return { clock, device, clinic, page, element, booking, line, read };
}

/** Weeks go by with the laptop closed; then somebody looks again. */
async function waitFor(world: World, phase: Phase, days: number): Promise<void> {
  const text = await world.read();
  if (phase.isBooked) {
    expectText(text, ['Your session with Dr. Smith is on Wednesday', '7 January, 10:00.', 'Opens in']);
    expect(text).to.match(/(59|60) days/);
  }
  await sleep(world, days * DAY);
}

async function sleep(world: World, ms: number): Promise<void> {
  world.line.isAsleep = true;
  await world.device.sleep(ms);
  world.line.isAsleep = false;
  world.page.platform.wakeUp('resumed');
  await world.clock.settle();
}

function provider(clinic: Clinic): ReturnType<Clinic['open']>['client'] {
  return clinic.open('dr-smith').client;
}

/** The session on another page of somebody, as soon as it is known there. */
async function ready(clinic: Clinic, person: string, booking: Booking | null): Promise<Session> {
  const session = clinic.open(person).watch(booking?.id ?? '');
  while (session.getSnapshot().state === 'loading') {
    await new Promise<void>((known) => {
      const subscription = session.subscribe(() => {
        subscription.unsubscribe();
        known();
      });
    });
  }
  return session;
}

/** The page is before one's eyes. Up to the last moment nothing changes, and then it does. */
async function stayAwake(world: World, until: number, act: () => Promise<unknown>): Promise<void> {
  const before = await headingOf(world);
  await world.clock.advance(until - 1 - world.clock.trueTime());
  expect(await headingOf(world), 'a moment before').to.equal(before);
  await world.clock.advance(1);
  await act();
}

function setWhileOpen(by: number) {
  return async (world: World, until: number, act: () => Promise<unknown>): Promise<void> => {
    const before = await headingOf(world);
    await world.clock.advance(10 * MINUTE);
    world.device.jumpWall(by);
    // Whoever sets the clock has left the page for it, and comes back.
    world.page.platform.wakeUp('visible');
    expect(await headingOf(world), 'after the clock was set').to.equal(before);
    await stayAwake(world, until, act);
  };
}

async function sleepOver(world: World, until: number, act: () => Promise<unknown>): Promise<void> {
  await world.clock.advance(until - 10 * MINUTE - world.clock.trueTime());
  world.clock.setTimeout(() => void act(), 10 * MINUTE);
  await sleep(world, 30 * MINUTE);
  await world.clock.advance(5_000);
}

/** In a tab in the background a timer comes once a minute. What is not shown yet is shown when one looks. */
async function inBackground(world: World, until: number, act: () => Promise<unknown>): Promise<void> {
  await world.clock.advance(until + 1 - world.clock.trueTime());
  await act();
  world.page.platform.wakeUp('visible');
}

/** A clock whose timers come at whole minutes only. */
function throttled(clock: SimulatedClock): Clock {
  return {
    monotonic: () => clock.monotonic(),
    wall: () => clock.wall(),
    setTimeout: (callback, ms) => clock.setTimeout(callback, Math.ceil(Math.max(ms, 1) / MINUTE) * MINUTE),
    clearTimeout: (handle) => {
      clock.clearTimeout(handle);
    },
  };
}

async function headingOf(world: World): Promise<string> {
  const text = await world.read();
  return text === '' ? '' : textOf(world.element.shadowRoot?.querySelector('h2') ?? world.element);
}
