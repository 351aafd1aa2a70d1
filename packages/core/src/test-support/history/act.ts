import type { Booking } from '../../booking/booking.schema.js';
import { roleIn } from '../../booking/booking.rules.js';
import { MINUTE, toInstant } from '../../booking/instant.schema.js';
import type { Role } from '../../booking/policy.schema.js';
import { phaseByRules } from '../../booking/test-support/oracle.js';
import type { Phase } from '../../booking/verdict.schema.js';
import { SessionError, type SessionErrorCode } from '../../errors.js';
import { insist } from './audit.js';
import { book, changeTabs, inSession, meet, withBooking } from './pages.js';
import type { Disturbance, Person, Step } from './steps.js';
import type { World } from './world.js';

/** Longer than this nobody waits for an edge: it would be hours of ticks. */
const LONGEST_WAIT = 15 * MINUTE;
const REFUSALS: Partial<Record<Phase, SessionErrorCode>> = {
  upcoming: 'outside-window',
  expired: 'outside-window',
  completed: 'session-ended',
  cancelled: 'session-cancelled',
};

/** Lets one step happen. One that does not apply now is a try that comes to nothing. */
export async function act(world: World, step: Step): Promise<void> {
  switch (step.do) {
    case 'wait':
      await world.clock.advance(step.ms);
      break;
    case 'wait-for': {
      const wait = edgeOf(world, step.edge) + step.by - world.clock.trueTime();
      if (wait > 0 && wait <= LONGEST_WAIT) await world.clock.advance(wait);
      break;
    }
    case 'sleep':
      await sleep(world, step);
      break;
    case 'set-clock':
      world.devices.get(step.who)?.jumpWall(step.by);
      world.disturbed.set(step.who, world.clock.trueTime());
      break;
    case 'wake':
      wake(world, step.who, step.reason);
      break;
    case 'ask-seat':
      await askForSeat(world, step.who, step.takeOver);
      break;
    case 'intrude':
      await intrude(world, step.what);
      break;
    case 'meet':
      meet(world);
      break;
    case 'book':
      if (step.loseAnswer) disturb(world, { do: 'fail', who: 'ann', method: 'bookings.book', afterDoing: true });
      await book(world);
      break;
    case 'start':
    case 'continue':
    case 'leave':
    case 'end':
    case 'mute':
    case 'write':
      inSession(world, step);
      break;
    case 'reload':
    case 'open-tab':
    case 'close-tab':
      changeTabs(world, step);
      break;
    case 'network':
    case 'fail':
    case 'media':
    case 'lose-signalling':
      disturb(world, step);
      break;
    default:
      withBooking(world, step);
  }
}

function edgeOf(world: World, edge: 'opens' | 'starts' | 'closes' | 'return-ends'): number {
  const { policy } = world;
  const start = toInstant(world.current().dateTime);
  const closes = start + policy.patient.closesAfterMinutes * MINUTE;
  if (edge === 'opens') return start - policy.patient.opensBeforeMinutes * MINUTE;
  if (edge === 'starts') return start;
  return edge === 'closes' ? closes : closes + policy.returnMinutes * MINUTE;
}

function wake(world: World, who: Person, reason: 'visible' | 'online' | 'resumed'): void {
  for (const tab of world.tabs) if (tab.person === who) tab.page.platform.wakeUp(reason);
  // It looks at its clock then, and asks for the time.
  if (world.networks.get(who)?.state !== 'off') world.disturbed.delete(who);
}

/** A device that sleeps hears nothing. */
async function sleep(world: World, { who, ms, wakes }: Extract<Step, { do: 'sleep' }>): Promise<void> {
  const isOn = world.networks.get(who)?.state === 'on';
  const comeBack = isOn ? world.clinic.backend.goOffline(who) : undefined;
  await world.devices.get(who)?.sleep(ms);
  comeBack?.();
  world.disturbed.set(who, world.clock.trueTime());
  if (wakes) wake(world, who, 'visible');
}

/** Who is at the server what it says they are, and gets a seat just while the rules let them. */
async function askForSeat(world: World, who: Person | 'bob', takeOver: boolean): Promise<void> {
  const booking = world.current();
  const { access } = world.clinic.backend.for(who);
  const { signal } = new AbortController();
  const outcome = await access.takeSeat(booking.id, { holder: 'another device', takeOver }, { signal }).then(
    () => 'seated',
    (error: unknown) => (error instanceof SessionError ? error.code : String(error)),
  );
  if (outcome === 'network') return;
  const expected = !isParty(booking, who)
    ? 'not-found'
    : (REFUSALS[phaseNow(world, booking, roleIn(booking, who))] ?? 'seated');
  const isSo = outcome === expected || (expected === 'seated' && outcome === 'seat-taken' && !takeOver);
  insist(isSo, `${who} asked for a seat: ${outcome}, not ${expected}`);
}

export function isParty(booking: Booking, person: string): boolean {
  return booking.patient === person || booking.provider === person;
}

/** Where it stands by the server's record, the true time and the product's rules. */
export function phaseNow(world: World, booking: Booking, role: Role): Phase {
  const { policy, clock } = world;
  return phaseByRules({ booking, attendance: booking.attendance ?? [], now: clock.trueTime(), policy, role });
}

/** A stranger is told what they would be told of a booking that does not exist, whatever they try. */
async function intrude(world: World, what: Extract<Step, { do: 'intrude' }>['what']): Promise<void> {
  const { bookings, notes, access } = world.clinic.backend.for('bob');
  const { signal } = new AbortController();
  const { id } = world.current();
  const note = { id: '6ff5c1a5-27f5-4ab6-8b22-5cbb5e4b4a5b', content: 'x' };
  const tries = {
    cancel: () => bookings.cancel(id, undefined, { signal }),
    complete: () => bookings.complete(id, { signal }),
    hold: () => access.hold(id, {}, { signal }),
    note: () => notes.add(id, note, { signal, idempotencyKey: note.id }),
    read: () => notes.list(id, undefined, { signal }),
  };
  const outcome = await tries[what]().then(
    () => 'done',
    (error: unknown) => (error instanceof SessionError ? error.code : String(error)),
  );
  insist(outcome === 'not-found', `a stranger did ${what}: ${outcome}`);
}

export function disturb(world: World, step: Disturbance): void {
  const { backend, network } = world.clinic;
  if (step.do === 'fail') {
    const error = new SessionError('network', 'The answer was lost.');
    backend.fail(step.method, error, { person: step.who, afterDoing: step.afterDoing });
  } else if (step.do === 'lose-signalling') {
    network.loseSignalling(step.who === 'ann' ? 'patient' : 'provider');
  } else if (step.do === 'media') {
    if (step.state === 'heal') network.heal();
    else if (step.state === 'break') network.breakMedia();
    else network.cut(step.state === 'cut' ? 'media' : 'all');
  } else {
    const own = world.networks.get(step.who);
    if (own === undefined || own.state === step.state) return;
    own.restore({ reset: step.reset });
    own.state = step.state;
    if (step.state === 'on') own.restore = () => undefined;
    else own.restore = step.state === 'off' ? backend.goOffline(step.who) : backend.disconnectEvents(step.who);
    if (world.disturbed.has(step.who)) world.disturbed.set(step.who, world.clock.trueTime());
  }
}
