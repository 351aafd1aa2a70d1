import { retryDelay } from '../call/retry.rules.js';
import type { WindowPolicy } from '../booking/policy.schema.js';
import { isRetryable, SessionError, toSessionError } from '../errors.js';
import type { HistoryEntry } from '../notes/note.schema.js';
import type { NotesPort, Page } from '../ports/backend.port.js';
import type { Clock } from '../ports/platform.port.js';
import { writable, type Readable } from '../readable.js';
import type { SessionEvent } from '../session/event.schema.js';
import { HistoryPages, type HistoryJob, type HistoryWorld } from './history-pages.js';
import type { HistoryFilter } from './history.rules.js';
import { createProjection, NO_HISTORY, type HistoryView } from './history.view.js';

/**
 * A patient's earlier sessions with the provider who reads, page by page. It reads while somebody watches it, one request
 * at a time, and tries again by itself what can pass. What happens meanwhile shows without reading all anew.
 */
export interface PatientHistory extends Readable<HistoryView> {
  readonly patient: string;
  /** Other sessions from now on. What is on its way for the filter before is never shown. */
  setFilter(filter: HistoryFilter): void;
  /** Reads the next page, where there is one. */
  more(): void;
  /** True: reads all that is left, one page after the other, until told otherwise. What is searched in must be here. */
  readAll(on: boolean): void;
  /** Tries again now. */
  retry(): void;
}

export interface OwnedHistory extends PatientHistory {
  /** The client knows something new: a booking, who is here, the time. */
  notice(): void;
  follow(event: SessionEvent): void;
  /** Reads anew: `head` what is new at the top, else everything that is here. */
  refresh(depth: 'head' | 'all'): void;
  /** Somebody else is here now, or nobody. */
  forget(): void;
  close(): void;
}

export interface HistoryOptions extends HistoryWorld {
  readonly notes: NotesPort;
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy: () => WindowPolicy;
  /** Whether it is known who is here. */
  readonly isReady: () => boolean;
  /** True: it is watched. False: it was left so long ago that nothing of it is here any more. */
  readonly onUse: (isUsed: boolean) => void;
}

/** How long one that nobody watches is kept, so that an element may leave the page and come back, in ms. */
const LINGER = 30_000;

export function createPatientHistory(options: HistoryOptions): OwnedHistory {
  const { patient, notes, clock, random, now } = options;
  const view = writable<HistoryView>(NO_HISTORY);
  const project = createProjection(options.policy);
  let pages = new HistoryPages({}, options);
  let error: SessionError | null = null;
  let [wantsMore, wantsAll] = [false, false];
  let attempt = 0;
  let retrying: unknown = null;
  let running: AbortController | null = null;
  /** What was told while a request is under way, whose answer may know nothing of it. */
  let meanwhile: SessionEvent[] = [];
  let watchers = 0;
  let lingering: unknown;
  let isClosed = false;

  const stop = (): void => {
    running?.abort();
    clock.clearTimeout(retrying);
    [running, retrying, meanwhile] = [null, null, []];
  };
  const begin = (filter: HistoryFilter): void => {
    stop();
    pages = new HistoryPages(filter, options);
    [error, wantsMore, attempt] = [null, false, 0];
  };

  const show = (): void => {
    const { isStarted, isComplete, filter, problems } = pages;
    const isWanted = !isStarted || ((wantsMore || wantsAll) && !isComplete);
    const next: HistoryView = {
      state: isStarted ? 'ready' : error === null ? 'loading' : 'failed',
      sessions: project(pages.entries, now()),
      filter,
      isReading: isWanted && (running !== null || retrying !== null),
      isComplete,
      problems,
      error,
    };
    if (!isSame(view.getSnapshot(), next)) view.set(next);
  };

  /** Reads what is to be read next, if anything is. */
  const go = (): void => {
    const isBlocked = error !== null && !isRetryable(error);
    if (isClosed || isBlocked || running !== null || retrying !== null || watchers === 0 || !options.isReady()) return;
    const job = pages.next(wantsMore || wantsAll);
    if (job === null) return;
    running = new AbortController();
    void run(job, running);
  };
  const run = async (job: HistoryJob, control: AbortController): Promise<void> => {
    const answer = await read(job, control.signal).catch(toSessionError);
    if (running !== control) return;
    running = null;
    const failure = answer instanceof SessionError ? answer : pages.take(job, answer);
    if (failure === null) [error, attempt] = [null, 0];
    else fail(job, failure);
    if (job.what === 'page' && failure === null) wantsMore = false;
    const told = meanwhile;
    meanwhile = [];
    for (const event of told) pages.learn(event);
    notice();
  };
  const read = async (job: HistoryJob, signal: AbortSignal): Promise<Page<HistoryEntry>> => {
    if (notes.history === undefined) throw new SessionError('not-supported', 'This backend does not offer a history.');
    return notes.history(patient, pages.queryFor(job, wantsAll), { signal });
  };

  const fail = (job: HistoryJob, failure: SessionError): void => {
    // Who may not read it any more keeps nothing of it.
    if (failure.code === 'not-found' || failure.code === 'forbidden') begin(pages.filter);
    else pages.putBack(job);
    error = failure;
    if (!isRetryable(failure)) return;
    retrying = clock.setTimeout(again, retryDelay(attempt, random(), failure.retryAfter));
    attempt += 1;
  };
  const again = (): void => {
    retrying = null;
    go();
    show();
  };

  const notice = (): void => {
    if (isClosed) return;
    pages.look();
    go();
    show();
  };
  const release = (): void => {
    lingering = clock.setTimeout(() => {
      if (watchers > 0) return;
      begin(pages.filter);
      show();
      options.onUse(false);
    }, LINGER);
  };

  return {
    patient,
    getSnapshot: () => view.getSnapshot(),
    subscribe(listener) {
      const subscription = view.subscribe(listener);
      let isWatching = true;
      watchers += 1;
      clock.clearTimeout(lingering);
      if (!isClosed) options.onUse(true);
      notice();
      return {
        unsubscribe() {
          subscription.unsubscribe();
          if (!isWatching) return;
          isWatching = false;
          watchers -= 1;
          if (watchers === 0 && !isClosed) release();
        },
      };
    },
    setFilter(filter) {
      if (isClosed || isSameFilter(filter, pages.filter)) return;
      begin(filter);
      notice();
    },
    more() {
      if (!pages.isStarted || pages.isComplete) return;
      wantsMore = true;
      notice();
    },
    readAll(on) {
      if (wantsAll === on) return;
      wantsAll = on;
      notice();
    },
    retry() {
      clock.clearTimeout(retrying);
      [retrying, error, attempt] = [null, null, 0];
      notice();
    },
    notice,
    follow(event) {
      if (running !== null) meanwhile.push(event);
      pages.learn(event);
    },
    refresh(depth) {
      if (error !== null && !isRetryable(error)) error = null;
      // An answer that is on its way may know nothing of what was missed.
      if (pages.isStarted) pages.refresh(depth);
      else if (depth === 'all') begin(pages.filter);
      notice();
    },
    forget() {
      begin({});
      wantsAll = false;
      show();
    },
    close() {
      isClosed = true;
      clock.clearTimeout(lingering);
      stop();
      show();
    },
  };
}

function isSameFilter(a: HistoryFilter, b: HistoryFilter): boolean {
  return a.from === b.from && a.to === b.to && a.kind === b.kind;
}

function isSame(a: HistoryView, b: HistoryView): boolean {
  return (
    a.state === b.state &&
    a.sessions === b.sessions &&
    a.filter === b.filter &&
    a.isReading === b.isReading &&
    a.isComplete === b.isComplete &&
    a.problems === b.problems &&
    a.error === b.error
  );
}
