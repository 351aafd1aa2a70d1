import { DEFAULT_WINDOW_POLICY, meSchema, type Booking, type Me } from '@active-session/core';
import { CONTRACT_VERSION, type OperationId } from '@active-session/core/contract';
import { withoutSlash } from '../address.js';
import { NotCheckable } from '../contracts/assert.js';
import type { BackendPair, ContractTest } from '../contracts/harness.js';
import type { Need } from '../contracts/needs.js';
import { RULES, RULES_OF_THE_PAGE, type RuleNumber } from '../contracts/rules.js';
import { backendContract } from '../contracts.js';
import { bookingMaker, tidyUp, type BookingSource } from './bookings.js';
import { CAPABILITIES, USABLE_WITH, type CapabilityName } from './capabilities.js';
import { createFixtures } from './fixtures.js';
import { findOffers, readMe, type Offer, type Offers } from './offers.js';
import type { ConformanceOptions } from './options.js';
import { patientFetch } from './patient-fetch.js';
import { createPeople, createServerClock } from './people.js';
import { createRaw } from './raw.js';
import type { CapabilityResult, ConformanceReport, RuleResult, TestResult } from './report.js';
import { createWire, type WireFindings } from './wire.js';
import { wireTests } from './wire-tests.js';

/** ms between two looks at whether something is so. */
const PAUSE = 50;

/**
 * Holds a backend at an address against the contract. It books, writes and ends sessions as the given people, and frees
 * the times again: for a deployment with test people, not for one with real ones.
 *
 * @throws UsageError where nothing can be found out
 */
export async function checkBackend(given: ConformanceOptions): Promise<ConformanceReport> {
  const options = { ...given, endpoint: withoutSlash(given.endpoint) };
  const wire = createWire(options.endpoint);
  const explored = await explore(options, wire);
  const { offers, raw } = explored;

  const setUp = async (): Promise<BackendPair> => pairOf(options, wire, explored);
  const tests = [...backendContract({ setUp }), ...wireTests({ raw, tokens: options.tokens, setUp })];
  const results: TestResult[] = [];
  for (const test of tests) {
    if (test.name.includes(options.only ?? '')) results.push(await resultOf(test, offers));
  }
  return reportOf(options, explored, results, await wire.findings());
}

type Wire = ReturnType<typeof createWire>;

interface Explored extends Omit<BookingSource, 'people' | 'offers'> {
  readonly offers: Offers;
  readonly offered: ReadonlySet<Need>;
  readonly raw: ReturnType<typeof createRaw>;
}

/** Who they are, and what there is, before the first test. */
async function explore(options: ConformanceOptions, wire: Wire): Promise<Explored> {
  const { tokens, endpoint } = options;
  const raw = createRaw(endpoint, patientFetch());
  const me = meOf(await readMe(raw, tokens.patient, 'patient'));
  const doctor = meOf(await readMe(raw, tokens.provider, 'provider'));
  await readMe(raw, tokens.stranger, 'stranger');
  const clock = createServerClock(async () => {
    const { headers } = await raw('/bookings/active', { token: tokens.patient });
    const time = Number(headers.get('Server-Time') ?? NaN);
    return Number.isFinite(time) ? time : undefined;
  });
  await clock.measure();

  const people = createPeople(options, wire);
  const { signal } = new AbortController();
  const there = await people.patient.bookings.active({ signal }).catch(() => null);
  const ids = {
    patientId: me?.id ?? there?.booking?.patient,
    providerId: options.providerId ?? doctor?.id ?? there?.booking?.provider,
  };
  const fixtures =
    options.fixtures === undefined
      ? undefined
      : createFixtures(options.fixtures, options.fixturesToken, globalThis.fetch);
  const source = { clock, fixtures, policy: me?.policy ?? DEFAULT_WINDOW_POLICY, ...ids };

  const made: Booking[] = [];
  const canBook: ReadonlySet<Need> = new Set(['book', 'listSlots', 'cancelBooking']);
  const own = await bookingMaker({ ...source, people, offers: canBook }, signal, (booking) => made.push(booking))({
    startsIn: 26 * 60 * 60_000,
  }).catch(() => undefined);
  const booking = own ?? there?.booking ?? undefined;
  const known = { tokens, ...ids, booking: booking && { id: booking.id, isOwn: own !== undefined } };
  const offers = await findOffers(raw, me?.offers, known);
  const offered = new Set<Need>([...offers.of].filter(([, offer]) => offer === 'offered').map(([id]) => id));
  if (offered.has('join') && 'WebSocket' in globalThis) offered.add('signalling');
  await tidyUp({ ...source, people, offers: offered }, made);
  return { ...source, offers, offered, raw };
}

/** Null where there is none, or none that can be read: the test of it says so. */
function meOf(body: unknown): Me | null {
  const result = meSchema.safeParse(body);
  return result.success ? result.data : null;
}

async function pairOf(options: ConformanceOptions, wire: Wire, explored: Explored): Promise<BackendPair> {
  const { clock, offered, fixtures, providerId = '' } = explored;
  const people = createPeople(options, wire);
  const { otherProvider: backend } = people;
  const source: BookingSource = { ...explored, people, offers: offered };
  const ended = new AbortController();
  const made: Booking[] = [];
  const other = backend && (await backend.access.me({ signal: ended.signal }));
  await clock.measure();
  return {
    patient: people.patient,
    provider: people.provider,
    stranger: people.stranger,
    providerId,
    otherProvider: backend && other && { id: other.id, backend },
    asGuest: people.guest,
    offers: offered,
    now: () => clock.now(),
    makeBooking: bookingMaker(source, ended.signal, (booking) => made.push(booking)),
    made: (booking) => made.push(booking),
    pause: () => new Promise((resolve) => setTimeout(resolve, PAUSE)),
    advance:
      fixtures &&
      (async (ms) => {
        await fixtures.advance(ms);
        await clock.measure();
      }),
    cutEvents: () => people.streams.cut(),
    async dispose() {
      await tidyUp(source, made);
      ended.abort();
    },
  };
}

async function resultOf({ name, rule, needs, run }: ContractTest, { of }: Offers): Promise<TestResult> {
  const about = { name, ...(rule === undefined ? {} : { rule }) };
  const without = [...new Set(needs.filter((need) => need !== 'signalling' && of.get(need) !== 'offered'))];
  if (without.length > 0) {
    return { ...about, state: 'not-checked', because: `it does not offer ${without.join(', ')}`, without };
  }
  if (needs.includes('signalling') && !('WebSocket' in globalThis)) {
    return { ...about, state: 'not-checked', because: 'this Node has no WebSocket; 22 and newer have' };
  }
  try {
    await run();
    return { ...about, state: 'holds' };
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return { ...about, state: error instanceof NotCheckable ? 'not-checked' : 'broken', because };
  }
}

function reportOf(
  { endpoint }: ConformanceOptions,
  { offers }: Explored,
  results: readonly TestResult[],
  { faults, serverTime, problemDetails }: WireFindings,
): ConformanceReport {
  const capabilities = (Object.keys(CAPABILITIES) as CapabilityName[]).map((name) => capabilityOf(name, offers));
  const rules = (Object.keys(RULES).map(Number) as RuleNumber[]).map((rule) => ruleOf(rule, results));
  const ofForm = results.filter(({ rule }) => rule === undefined);
  const broken = results.some(({ state }) => state === 'broken') || faults.length > 0;
  const isUsable = USABLE_WITH.every((id) => offers.of.get(id) === 'offered');
  const isWhole = serverTime !== 'partly' && problemDetails !== 'partly';
  return {
    contract: CONTRACT_VERSION,
    endpoint,
    passed: !broken && isUsable && isWhole,
    capabilities,
    answers: { serverTime, problemDetails },
    rules,
    form: {
      broken: ofForm.filter(({ state }) => state === 'broken'),
      held: ofForm.filter(({ state }) => state === 'holds').length,
      faults,
    },
    notes: notesOn(offers),
  };
}

function capabilityOf(name: CapabilityName, { of }: Offers): CapabilityResult {
  const operations: readonly OperationId[] = CAPABILITIES[name];
  const states = new Set<Offer | undefined>(operations.map((id) => of.get(id)));
  const without = operations.filter((id) => of.get(id) !== 'offered');
  const [only] = states;
  return { name, state: states.size === 1 && only !== undefined ? only : 'partly', without };
}

function ruleOf(rule: RuleNumber, results: readonly TestResult[]): RuleResult {
  const own = results.filter((result) => result.rule === rule);
  const broken = own.filter(({ state }) => state === 'broken');
  const held = own.filter(({ state }) => state === 'holds').length;
  const state = RULES_OF_THE_PAGE.includes(rule)
    ? 'page'
    : broken.length > 0
      ? 'broken'
      : held > 0
        ? 'holds'
        : 'not-checked';
  const notChecked = own.filter((result) => result.state === 'not-checked');
  return { rule, says: RULES[rule], state, held, broken, notChecked };
}

function notesOn({ of, saidByItself }: Offers): readonly string[] {
  const states = new Set(
    Object.values(CAPABILITIES).flatMap((ids: readonly OperationId[]) => ids.map((id) => of.get(id))),
  );
  const notes: string[] = [];
  if (states.has('unknown')) {
    notes.push(
      'What is not known can not be asked for here: no session is ended for it, and no patient is known by id.',
    );
  }
  if (of.get('getMe') !== 'offered') notes.push('Without GET /me a page finds out what is missing as it asks for it.');
  // Where `offers` is left out, pages take everything as offered.
  else if (!saidByItself && (states.has('missing') || states.has('unknown'))) {
    notes.push('GET /me should say in `offers` what there is, so that pages do not offer what is missing.');
  }
  return notes;
}
