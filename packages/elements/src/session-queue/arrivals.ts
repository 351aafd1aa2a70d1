import type { ClientView, JudgedBooking, Party, SessionClient } from '@active-session/core';
import { MINUTE } from '../shared/formats.js';
import { askingGuests } from '../shared/guests.js';
import { chime } from './chime.js';
import { markTitle } from './title-mark.js';

/** Who is back this soon, after a reload say, has not come anew. */
const GRACE = MINUTE;

export type News =
  | { readonly is: 'waiting' | 'asking' | 'cancelled'; readonly item: JudgedBooking }
  | { readonly is: 'guest'; readonly item: JudgedBooking; readonly guest: Party };

/** One who shows the day. */
export interface DayWatcher {
  /** Neither a sound nor a mark in the title for this one. */
  readonly isQuiet: () => boolean;
  /** What has just happened; of several who watch, one is the speaker. */
  readonly hear: (news: readonly News[], isSpeaker: boolean) => void;
}

interface Seen {
  readonly presence: Party['presence'];
  /** When they were last seen to wait. */
  readonly waitedAt: number;
  readonly isCancelled: boolean;
  /** Seats of guests who wait to be let in. */
  readonly guests: readonly string[];
}

/** Who comes, waits and cancels in a provider's day; one for each client, however many elements show it. */
class Arrivals {
  readonly #client: SessionClient;
  readonly #watchers = new Set<DayWatcher>();
  #subscriptions: readonly { unsubscribe(): void }[] = [];
  /** Null: nobody was seen yet, so nobody has just come. */
  #seen: ReadonlyMap<string, Seen> | null = null;
  #person: string | null = null;
  #waiting = 0;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  join(watcher: DayWatcher): () => void {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) {
      this.#subscriptions = [
        this.#client.subscribe(() => this.#look()),
        this.#client.arrivalSound.subscribe(() => this.signal()),
      ];
      this.#look();
    }
    this.signal();
    return () => {
      if (!this.#watchers.delete(watcher)) return;
      if (this.#watchers.size === 0) {
        for (const one of this.#subscriptions) one.unsubscribe();
        this.#seen = null;
        this.#waiting = 0;
      }
      this.signal();
    };
  }

  /** Puts title and sound right: who shows the day may have become quiet, or the portal may have changed its title. */
  signal(): void {
    const isLoud = [...this.#watchers].some(({ isQuiet }) => !isQuiet());
    markTitle(this, isLoud ? this.#waiting : 0);
    if (isLoud && this.#client.arrivalSound.getSnapshot() && this.#client.getSnapshot().state !== 'signed-out') {
      chime.hold(this);
    } else chime.release(this);
  }

  #look(): void {
    const view = this.#client.getSnapshot();
    const person = view.me?.id ?? null;
    const before = person === this.#person ? this.#seen : null;
    this.#person = person;
    if (view.state !== 'ready') {
      this.#seen = null;
      this.#waiting = 0;
      this.signal();
      return;
    }
    this.#compare(view, before);
  }

  #compare({ queue }: ClientView, before: ReadonlyMap<string, Seen> | null): void {
    const now = this.#client.clock.now();
    const seen = new Map(queue.map((item) => [keyOf(item), seenOf(item, before?.get(keyOf(item)), now)]));
    this.#seen = seen;
    const waiting = queue.filter((item) => seen.get(keyOf(item))?.presence === 'waiting' && !this.#isHere(item));
    this.#waiting = waiting.length;
    this.signal();
    if (before === null) return;
    const come = waiting.filter((item) => hasCome(before.get(keyOf(item)), now));
    const cancelled = queue.filter((item) => isTheirs(item) && before.get(keyOf(item))?.isCancelled === false);
    const news: readonly News[] = [
      ...come.map((item) => ({ is: patientOf(item)?.admission === 'asking' ? 'asking' : 'waiting', item }) as const),
      ...cancelled.map((item) => ({ is: 'cancelled', item }) as const),
      ...queue.flatMap((item) => newGuests(item, before.get(keyOf(item)))),
    ];
    // Who goes back to waiting out of a call was heard before.
    if (come.some((item) => (before.get(keyOf(item))?.presence ?? 'away') === 'away')) this.#sound();
    if (news.length > 0) [...this.#watchers].forEach(({ hear }, index) => hear(news, index === 0));
  }

  /** Who comes into the call that runs on this page is said and seen there. */
  #isHere({ booking }: JudgedBooking): boolean {
    return this.#client.session(booking.id).getSnapshot().call !== null;
  }

  #sound(): void {
    const isLoud = [...this.#watchers].some(({ isQuiet }) => !isQuiet());
    if (isLoud && this.#client.arrivalSound.getSnapshot()) chime.play();
  }
}

const byClient = new WeakMap<SessionClient, Arrivals>();

export function arrivalsOf(client: SessionClient): Arrivals {
  const arrivals = byClient.get(client) ?? new Arrivals(client);
  byClient.set(client, arrivals);
  return arrivals;
}

function keyOf({ booking }: JudgedBooking): string {
  return String(booking.id);
}

function patientOf({ parties }: JudgedBooking): Party | undefined {
  return parties.find(({ role }) => role === 'patient');
}

function seenOf(item: JudgedBooking, before: Seen | undefined, now: number): Seen {
  const presence = item.verdict.phase === 'open' ? (patientOf(item)?.presence ?? 'away') : 'away';
  const waits = presence === 'waiting' || before?.presence === 'waiting';
  return {
    presence,
    waitedAt: waits ? now : (before?.waitedAt ?? -Infinity),
    isCancelled: item.booking.status === 'cancelled',
    guests: askingGuests(item).map(({ seat }) => seat),
  };
}

/** They are heard of and not heard: the sound is for patients. */
function newGuests(item: JudgedBooking, before: Seen | undefined): readonly News[] {
  const come = askingGuests(item).filter(({ seat }) => before?.guests.includes(seat) === false);
  return come.map((guest) => ({ is: 'guest', item, guest }));
}

function hasCome(before: Seen | undefined, now: number): boolean {
  if (before === undefined) return true;
  if (before.presence === 'waiting') return false;
  return before.presence === 'in-call' || now - before.waitedAt >= GRACE;
}

function isTheirs({ booking, verdict }: JudgedBooking): boolean {
  return verdict.reason === 'cancelled' && booking.cancelledBy === 'patient';
}
