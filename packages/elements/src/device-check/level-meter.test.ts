import { expect } from '@open-wc/testing';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { LevelMeter, LAMPS, type Hearing } from './level-meter.controller.js';

/** Frames that a test lets pass, 20 ms each, and an observer that it tells what is in view. */
class Frames {
  readonly #before = { requestAnimationFrame, cancelAnimationFrame, IntersectionObserver, matchMedia };
  readonly #waiting = new Map<number, FrameRequestCallback>();
  readonly #observers = new Set<(entries: readonly Pick<IntersectionObserverEntry, 'isIntersecting'>[]) => void>();
  #handle = 0;
  #now = performance.now();
  /** Whether motion is to be reduced. */
  readonly calm = { matches: false };

  constructor() {
    const observers = this.#observers;
    Object.assign(window, {
      requestAnimationFrame: (callback: FrameRequestCallback) => {
        this.#waiting.set(++this.#handle, callback);
        return this.#handle;
      },
      cancelAnimationFrame: (handle: number) => void this.#waiting.delete(handle),
      matchMedia: () => this.calm,
      IntersectionObserver: class {
        readonly #callback;
        constructor(callback: (entries: readonly Pick<IntersectionObserverEntry, 'isIntersecting'>[]) => void) {
          this.#callback = callback;
        }
        observe(): void {
          observers.add(this.#callback);
        }
        disconnect(): void {
          observers.delete(this.#callback);
        }
      },
    });
  }

  get isRunning(): boolean {
    return this.#waiting.size > 0;
  }

  get isWatched(): boolean {
    return this.#observers.size > 0;
  }

  show(isIntersecting: boolean): void {
    for (const observer of this.#observers) observer([{ isIntersecting }]);
  }

  pass(ms: number, step = 20): void {
    for (let passed = 0; passed < ms; passed += step) {
      this.#now += step;
      const due = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const callback of due) callback(this.#now);
    }
  }

  restore(): void {
    Object.assign(window, this.#before);
  }
}

function makeMeter(): HTMLElement {
  const meter = document.createElement('div');
  meter.append(...Array.from({ length: LAMPS }, () => document.createElement('span')));
  return meter;
}

describe('the level of a microphone', () => {
  let frames: Frames;
  let controllers: ReactiveController[];
  let meter: HTMLElement | null;
  let level: number | null;
  let found: Hearing[];
  let tested: LevelMeter;

  beforeEach(() => {
    frames = new Frames();
    controllers = [];
    meter = makeMeter();
    level = 0;
    found = [];
    const host: ReactiveControllerHost = {
      addController: (controller) => void controllers.push(controller),
      removeController: () => undefined,
      requestUpdate: () => void found.push(tested.hearing),
      updateComplete: Promise.resolve(true),
    };
    tested = new LevelMeter(host, { level: () => level, element: () => meter });
    for (const controller of controllers) controller.hostConnected?.();
    tested.follow('microphone-1');
    rendered();
    frames.show(true);
  });
  afterEach(() => {
    for (const controller of controllers) controller.hostDisconnected?.();
    frames.restore();
  });
  const rendered = (): void => {
    for (const controller of controllers) controller.hostUpdated?.();
  };
  const lit = (): number => meter?.querySelectorAll('.lit').length ?? 0;

  it('lights as many lamps as it is loud, and falls slowly', () => {
    frames.pass(20);
    expect(lit()).to.equal(0);
    level = 0.5;
    frames.pass(20);
    expect(lit()).to.equal(LAMPS / 2);
    level = 0;
    frames.pass(20);
    expect(lit()).to.be.within(LAMPS / 2 - 1, LAMPS / 2);
    frames.pass(300);
    expect(lit()).to.equal(0);
    level = 2;
    frames.pass(20);
    expect(lit()).to.equal(LAMPS);
  });

  it('knows when somebody speaks, and says it once', () => {
    level = 0.3;
    frames.pass(60);
    expect(found).to.deep.equal([]);
    frames.pass(60);
    level = 0;
    frames.pass(20_000);
    level = 0.3;
    frames.pass(1_000);
    expect(found).to.deep.equal(['heard']);
  });

  it('does not take a click for a voice', () => {
    for (let time = 0; time < 20; time += 1) {
      level = 0.9;
      frames.pass(60);
      level = 0.05;
      frames.pass(40);
    }
    expect(found).to.deep.equal([]);
  });

  it('knows after 5 seconds that nothing comes, and hears it when something does', () => {
    frames.pass(4_980);
    expect(found).to.deep.equal([]);
    frames.pass(40);
    expect(found).to.deep.equal(['silent']);
    level = 0.4;
    frames.pass(200);
    expect(found).to.deep.equal(['silent', 'heard']);
  });

  it('does not take a quiet room for silence', () => {
    level = 0.01;
    frames.pass(30_000);
    expect(found).to.deep.equal([]);
  });

  it('says nothing where the browser does not tell', () => {
    level = null;
    frames.pass(30_000);
    expect(found).to.deep.equal([]);
    expect(lit()).to.equal(0);
  });

  it('does not count the time in which nobody listened', () => {
    frames.pass(3_000);
    // The tab was in the background: one frame after a minute.
    frames.pass(60_000, 60_000);
    expect(found).to.deep.equal([]);
    frames.show(false);
    expect(frames.isRunning).to.equal(false);
    frames.show(true);
    frames.pass(1_500);
    expect(found).to.deep.equal([]);
    frames.pass(400);
    expect(found).to.deep.equal(['silent']);
  });

  it('begins anew with another microphone, and keeps what it knows of the last one', () => {
    frames.pass(5_020);
    tested.follow(null);
    expect(tested.hearing).to.equal('silent');
    tested.follow('microphone-2');
    expect(tested.hearing).to.equal('listening');
    frames.pass(4_900);
    expect(found).to.deep.equal(['silent']);
    frames.pass(200);
    expect(found).to.deep.equal(['silent', 'silent']);
  });

  it('runs only while it can be seen', () => {
    expect(frames.isRunning).to.equal(true);
    meter = null;
    rendered();
    expect([frames.isRunning, frames.isWatched]).to.deep.equal([false, false]);
    meter = makeMeter();
    rendered();
    frames.show(true);
    expect(frames.isRunning).to.equal(true);
    for (const controller of controllers) controller.hostDisconnected?.();
    expect([frames.isRunning, frames.isWatched]).to.deep.equal([false, false]);
    for (const controller of controllers) controller.hostConnected?.();
    frames.show(true);
    expect(frames.isRunning).to.equal(true);
  });

  it('moves four times a second where motion is to be reduced, and still hears', () => {
    frames.calm.matches = true;
    level = 0.5;
    frames.pass(240);
    expect(lit()).to.equal(0);
    frames.pass(40);
    expect(lit()).to.equal(LAMPS / 2);
    expect(found).to.deep.equal(['heard']);
  });

  it('tells assistive technology at most once a second', () => {
    const values: (string | null)[] = [];
    level = 0.42;
    for (let time = 0; time < 300; time += 1) {
      frames.pass(20);
      const value = meter?.getAttribute('aria-valuenow') ?? null;
      if (value !== values.at(-1)) values.push(value);
      level = level === 0.42 ? 0.81 : 0.42;
    }
    expect(values.length).to.be.within(1, 7);
    expect(values.every((value) => value !== null && Number(value) % 10 === 0)).to.equal(true);
  });
});
