import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import type { Booking, BookingId } from '../../booking/booking.schema.js';
import { SessionError } from '../../errors.js';
import type { Backend } from '../../ports/backend.port.js';
import type { Session } from '../../session/session.js';
import { createAudit, insist, type Asked, type Audit, type Told } from './audit.js';
import { PEOPLE, type History, type Person } from './steps.js';

/** Changes what the pages of somebody get of the backend: how a fault is planted. */
export type Plant = (backend: Backend, person: string) => Backend;

/** A page that is open, and what it shows. */
export interface Tab {
  readonly person: Person;
  readonly page: Page;
  session(id: BookingId): Session;
  /** Whether the last presence report to a booking was answered, with yes or no. Until then it knows of no refusal. */
  isAnswered(id: BookingId): boolean;
  /** It goes away; with no word to anybody where it crashes. */
  close(how: 'closed' | 'told' | 'crashed'): void;
}

export interface Network {
  state: 'on' | 'no-events' | 'off';
  restore: (how?: { reset?: boolean }) => void;
}

/** Patient, two providers, a stranger, their devices and networks, and one backend. */
export interface World {
  readonly clinic: Clinic<SimulatedClock>;
  readonly clock: SimulatedClock;
  readonly policy: History['policy'];
  readonly devices: ReadonlyMap<Person, SimulatedClock>;
  readonly networks: ReadonlyMap<Person, Network>;
  /** When the device of each last slept or was set, true time. */
  readonly disturbed: Map<Person, number>;
  readonly audit: Audit;
  /** Bookings in the order in which they were made; steps are about the last. */
  readonly bookings: BookingId[];
  readonly asked: Set<Asked>;
  tabs: readonly Tab[];
  /** A page of the browser that each person uses, open or not. */
  readonly browsers: Map<Person, Page>;
  /** Texts of notes by the page that they were shared on. */
  readonly shared: { text: string; tab: Tab; id: BookingId }[];
  readonly open: (person: Person) => Tab;
  readonly current: () => Booking;
  /** Runs a command of a client. It may be refused; then as a `SessionError` that says why. */
  readonly attempt: (work: () => Promise<unknown>) => void;
  /** Lets everything happen that waits for no time, and has the examiner look at it. */
  readonly look: () => Promise<void>;
}

const AT = Date.parse('2026-01-07T08:00:00.000Z');

export function createWorld({ startsIn, policy, ahead }: History, plant: Plant = (backend) => backend): World {
  const clock = createSimulatedClock({ wall: AT });
  const clinic = createClinic({ clock, policy, hours: { from: 0, to: 24 * 60, slotMinutes: 1 } });
  const audit = createAudit(policy);
  const cursors = new Map([...PEOPLE, 'bob'].map((person) => [person, clinic.backend.feed(person).newest()]));
  const failures: unknown[] = [];
  let since = AT;
  const world: World = {
    clinic,
    clock,
    policy,
    devices: new Map(PEOPLE.map((person, i) => [person, clock.another({ deviceAhead: ahead[i] ?? 0 })])),
    networks: new Map(PEOPLE.map((person) => [person, { state: 'on', restore: () => undefined }])),
    disturbed: new Map(),
    audit,
    bookings: [],
    asked: new Set(),
    tabs: [],
    browsers: new Map(),
    shared: [],
    open(person) {
      const tab = openTab(world, person, plant);
      world.tabs = [...world.tabs, tab];
      return tab;
    },
    current: () => clinic.backend.booking(world.bookings.at(-1) ?? ''),
    attempt(work) {
      work().catch((error: unknown) => {
        if (!(error instanceof SessionError) || error.code === 'unknown') failures.push(error);
      });
    },
    async look() {
      await clock.settle();
      const told = [...cursors].flatMap(([person, after]): Told[] => {
        const { events, cursor, reset } = clinic.backend.feed(person).since(after);
        insist(reset !== true, 'the examiner missed something');
        cursors.set(person, cursor);
        return events.map(({ id, event }) => ({ id: Number(id), person, event }));
      });
      const now = clock.trueTime();
      audit.take(told, { asked: world.asked, span: { from: since, to: now } });
      insist(failures.length === 0, `a command failed with ${String(failures[0])}`);
      world.asked.clear();
      since = now;
    },
  };
  world.bookings.push(clinic.book({ startsIn }).id);
  for (const person of PEOPLE) world.open(person);
  return world;
}

function openTab({ clinic, bookings, devices, browsers }: World, person: Person, plant: Plant): Tab {
  const unanswered = new Set<string>();
  const besides = browsers.get(person);
  const device = devices.get(person);
  const page = clinic.open(person, {
    ...(device && { clock: device }),
    ...(besides && { besides }),
    backend: (backend) => plant(withReports(backend, unanswered), person),
  });
  browsers.set(person, page);
  const sessions = new Map<string, Session>();
  const tab: Tab = {
    person,
    page,
    session(id) {
      const session = sessions.get(String(id)) ?? page.watch(id);
      sessions.set(String(id), session);
      return session;
    },
    isAnswered: (id) => !unanswered.has(String(id)),
    close(how) {
      if (how === 'crashed') {
        page.crash();
        return;
      }
      if (how === 'told') page.platform.wakeUp('leaving');
      page.client.close();
    },
  };
  for (const id of bookings) tab.session(id);
  return tab;
}

/** Notes to which bookings a presence report did not come through. */
function withReports(backend: Backend, unanswered: Set<string>): Backend {
  const { access } = backend;
  if (access === undefined) return backend;
  return {
    ...backend,
    access: {
      ...access,
      async presence(id, ...report) {
        try {
          const answer = await access.presence(id, ...report);
          unanswered.delete(String(id));
          return answer;
        } catch (error) {
          if (error instanceof SessionError && error.code === 'network') unanswered.add(String(id));
          else unanswered.delete(String(id));
          throw error;
        }
      },
    },
  };
}
