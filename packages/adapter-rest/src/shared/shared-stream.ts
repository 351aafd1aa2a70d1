import { SessionError } from '@active-session/core';
import { openEventStream, type EventStream, type OwnStream } from '../event-stream.js';
import type { Frame } from '../frames.js';
import type { Http } from '../http.js';
import { followOtherTab, type FollowedStream } from './followed-stream.js';
import { createFrameMemory, type FrameMemory } from './frame-memory.js';
import { meetNeighbours, type Browser, type Neighbours } from './neighbours.js';
import type { Person } from './person.js';
import type { TabMessage } from './tab-messages.js';

export interface SharedStreamOptions {
  readonly http: Http;
  /** Null where tabs can't know of each other. */
  readonly browser: Browser | null;
  readonly person: Person;
  readonly lastId: () => string | null;
  readonly recentIds: () => readonly string[];
  /** Told again what came before, where one stream takes the place of another: who listens knows events by their ids. */
  readonly onFrame: (frame: Frame) => void;
  readonly signal: AbortSignal;
  readonly greetingWithin: number;
}

/** What a header can carry. */
const SENDABLE = /^[\x21-\x7e]+$/;

/** A stream of this page's own, and what tabs that go on with it need. */
interface Own {
  readonly stream: OwnStream;
  readonly memory: FrameMemory;
  readonly cut: () => void;
  hasGreeted: boolean;
}

/**
 * One stream for the tabs of one person, because over HTTP/1.1 a browser has six connections with a server over all tabs. A page
 * that is looked at has a stream of its own and depends on no other. A hidden one goes on with what another shares, as
 * long as that one says something. Who shares is who holds the lock: it has a stream whether it is looked at or not.
 *
 * @throws SessionError as `openEventStream`, by `ended`
 */
export function openSharedStream(options: SharedStreamOptions): EventStream {
  const shared = new SharedStream(options);
  return { ended: shared.ended, check: () => shared.check() };
}

class SharedStream {
  readonly ended: Promise<number | null>;
  readonly #options: SharedStreamOptions;
  readonly #tab = crypto.randomUUID();
  /** Fixed as soon as it is known: the events of another person are another stream. */
  #name: string | null = null;
  readonly #undo = new AbortController();
  #resolve: (lived: number | null) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #own: Own | null = null;
  #followed: FollowedStream | null = null;
  #neighbours: Neighbours | null = null;
  #isElected = false;
  #greetedAt: number | null = null;
  #isOver = false;

  constructor(options: SharedStreamOptions) {
    this.#options = options;
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { browser, person, signal } = options;
    const onAbort = (): void => {
      this.#end(() => this.#reject(new SessionError('aborted', 'The event stream was closed.')));
    };
    signal.addEventListener('abort', onAbort, { signal: this.#undo.signal });
    const undo = [person.watch(() => this.#settle()), browser?.page.watch(() => this.#settle())];
    this.#undo.signal.addEventListener('abort', () => undo.forEach((end) => end?.()));
    if (signal.aborted) onAbort();
    else this.#settle();
  }

  check(): boolean {
    const isFollowed = this.#followed?.isLive === true;
    if (isFollowed) this.#followed?.check();
    return (this.#own?.stream.check() ?? false) || isFollowed;
  }

  /** Makes what there is what there should be. */
  #settle(): void {
    if (this.#isOver) return;
    const { browser, person } = this.#options;
    this.#name ??= person.name;
    if (this.#name !== person.name) {
      this.#end(() => this.#resolve(this.#lived() ?? 0));
    } else if (browser?.page.isAway === true) {
      this.#leave();
    } else {
      this.#meet();
      if (!this.#needsOwn()) this.#follow();
      else if (this.#own === null) this.#openOwn();
      else if (this.#own.hasGreeted) this.#stopFollowing();
    }
  }

  #needsOwn(): boolean {
    return this.#neighbours === null || this.#isElected || this.#options.browser?.page.isVisible !== false;
  }

  #openOwn(): void {
    if (this.#own !== null) return;
    const { http, greetingWithin } = this.#options;
    const newest = this.#options.lastId();
    const lastId = newest !== null && SENDABLE.test(newest) ? newest : null;
    const cut = new AbortController();
    const onFrame = (frame: Frame): void => {
      // Nobody told at which event the first reading was taken, so something may have fallen between.
      if (lastId === null && frame.type === 'hello') this.#onOwnFrame(own, { type: 'reset', id: frame.id, data: '' });
      this.#onOwnFrame(own, frame);
    };
    const own: Own = {
      stream: openEventStream(http, { lastId, onFrame, signal: cut.signal, greetingWithin }),
      memory: createFrameMemory(lastId),
      cut: () => {
        cut.abort();
      },
      hasGreeted: false,
    };
    this.#own = own;
    own.stream.ended.then(
      () => this.#onOwnEnd(own, () => this.#resolve(this.#lived())),
      (error: unknown) => this.#onOwnEnd(own, () => this.#reject(error)),
    );
  }

  #onOwnFrame(own: Own, frame: Frame): void {
    if (this.#own !== own) return;
    own.memory.add(frame);
    if (this.#isElected && own.hasGreeted) this.#share(null, [frame]);
    this.#deliver(frame);
    if (frame.type === 'hello') {
      own.hasGreeted = true;
      this.#neighbours?.stand();
      if (this.#isElected) this.#announce();
    }
    // A hidden page looks now and then whether somebody shares meanwhile.
    if (frame.type === 'hello' || frame.type === 'heartbeat') this.#settle();
  }

  #onOwnEnd(own: Own, finish: () => void): void {
    if (this.#own !== own) return;
    this.#own = null;
    if (this.#followed?.isLive !== true || this.#needsOwn()) this.#end(finish);
  }

  #follow(): void {
    if (this.#followed !== null) return;
    this.#followed = followOtherTab({
      tab: this.#tab,
      known: this.#options.recentIds,
      post: (message) => this.#neighbours?.post(message),
      onFrame: (frame) => {
        this.#deliver(frame);
        if (frame.type !== 'hello') return;
        this.#neighbours?.stand();
        if (!this.#needsOwn()) this.#closeOwn();
      },
      onEnd: () => {
        this.#followed = null;
        this.#openOwn();
      },
    });
  }

  #meet(): void {
    const { browser } = this.#options;
    if (this.#neighbours !== null || this.#name === null || browser === null) return;
    this.#neighbours = meetNeighbours({
      browser,
      name: `active-session:events:${this.#name}`,
      onMessage: (message) => this.#onMessage(message),
      onElected: () => {
        this.#isElected = true;
        this.#settle();
        if (this.#own?.hasGreeted === true) this.#announce();
      },
      onDeposed: () => {
        this.#resign();
        this.#settle();
      },
    });
    if (this.#greetedAt !== null) this.#neighbours?.stand();
  }

  #onMessage(message: TabMessage): void {
    this.#followed?.take(message);
    if (message.type === 'sharing') this.#settle();
    const own = this.#own;
    if (message.type !== 'join' || !this.#isElected || own?.hasGreeted !== true) return;
    // One that is dead and has not noticed yet has nothing to share.
    if (!own.stream.isOverdue()) this.#share(message.from, own.memory.answer(message.known));
  }

  #announce(): void {
    this.#neighbours?.post({ type: 'sharing', from: this.#tab });
  }

  #share(to: string | null, frames: readonly Frame[]): void {
    this.#neighbours?.post({ type: 'frames', from: this.#tab, to, frames });
  }

  #deliver(frame: Frame): void {
    if (this.#isOver) return;
    this.#greetedAt ??= performance.now();
    this.#options.onFrame(frame);
  }

  #lived(): number | null {
    return this.#greetedAt === null ? null : performance.now() - this.#greetedAt;
  }

  #resign(): void {
    if (this.#isElected) this.#neighbours?.post({ type: 'over', from: this.#tab });
    this.#isElected = false;
  }

  #closeOwn(): void {
    const own = this.#own;
    this.#own = null;
    own?.cut();
  }

  #stopFollowing(): void {
    this.#followed?.stop();
    this.#followed = null;
  }

  #leave(): void {
    this.#resign();
    this.#stopFollowing();
    this.#neighbours?.leave();
    this.#neighbours = null;
  }

  #end(finish: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#leave();
    this.#closeOwn();
    this.#undo.abort();
    finish();
  }
}
