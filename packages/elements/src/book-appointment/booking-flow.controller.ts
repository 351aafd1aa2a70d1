import {
  toSessionError,
  type Booking,
  type ClientView,
  type Instant,
  type Provider,
  type SessionClient,
} from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { FreeTimes, startOf } from '../shared/free-times.controller.js';
import type { Load } from '../shared/load.js';
import type { Localize } from '../shared/localize.controller.js';
import { isUncertain } from '../shared/outcome.js';
import { hasTimes } from '../shared/slot-picker.js';
import { Attempts } from './attempts.js';
import { EMPTY_FORM, requestOf, stepBeside, withProvider, type BookingForm, type Step } from './booking-form.js';
import { missingIn, providerGone, setbackOf, slotBegun, slotGone, type Setback } from './setback.js';

export interface FlowOptions {
  readonly host: ReactiveControllerHost;
  readonly localize: Localize;
  readonly now: () => Instant;
  /** Id of a provider to begin with; empty for none. */
  readonly wanted: () => string;
  /** What the person does leads on, or is refused: the focus belongs to the question, or to what is said. */
  readonly onFocus: (where: 'heading' | 'problem') => void;
  readonly onSending: () => void;
  /** @param byItself the answer was lost and the backend has told it later */
  readonly onBooked: (booking: Booking, byItself: boolean) => void;
}

/** The way through the form: what is read for it, what is entered, what is sent, and what comes of it. */
export class BookingFlow implements ReactiveController {
  providers: Load<readonly Provider[]> = { state: 'loading' };
  /** Booked by an earlier try whose answer was lost, besides what is confirmed. */
  besides: Booking | null = null;
  readonly times: FreeTimes;
  readonly #options: FlowOptions;
  readonly #attempts = new Attempts();
  #form: BookingForm = EMPTY_FORM;
  #client: SessionClient | undefined;
  #reading = new AbortController();
  /** Of one person and one form: what comes of an earlier one is not shown. */
  #round = {};
  #restored: string | undefined;

  constructor(options: FlowOptions) {
    this.#options = options;
    this.times = new FreeTimes(options.host, () => this.#checkChoice());
    options.host.addController(this);
  }

  get form(): BookingForm {
    return this.#form;
  }

  /** Whether there is something to choose from, and so a way on. */
  get canGoOn(): boolean {
    const { step } = this.#form;
    const { localize, now } = this.#options;
    if (step === 'when') return hasTimes({ times: this.times, now: now(), localize });
    return step !== 'who' || (this.providers.state === 'ready' && this.providers.value.length > 0);
  }

  hostDisconnected(): void {
    this.#reading.abort();
    this.#client = undefined;
  }

  /** Before each render: whose backend this is, and what it has told meanwhile. */
  follow(client: SessionClient | undefined, view: ClientView | undefined): void {
    if (view?.state === 'ready') {
      this.#restore(view);
      this.#noticeBooked(view);
    }
    this.#noticeBegun();
    if (client === this.#client || client === undefined) return;
    // Whom somebody else could book goes with them.
    if (this.#client !== undefined) this.providers = { state: 'loading' };
    this.#client = client;
    this.#reading = new AbortController();
    void this.#readProviders(client);
    if (this.#form.step === 'when') this.#freshenTimes();
  }

  change(change: Partial<BookingForm>): void {
    this.#set({ ...change, problem: null });
  }

  choose(provider: Provider): void {
    this.#set({ ...withProvider(this.#form, provider), problem: null });
  }

  go(step: Step): void {
    if (this.#form.sending) return;
    this.#set({ step, problem: null });
    this.#options.onFocus('heading');
    if (step === 'when') this.#freshenTimes();
    if (step === 'who' && this.#client !== undefined) void this.#readProviders(this.#client);
  }

  back(): void {
    this.go(stepBeside(this.#form.step, -1));
  }

  /** On to the next step, or books. */
  submit(): void {
    const { step, sending } = this.#form;
    if (sending || step === 'done') return;
    const problem = missingIn(this.#form, this.times, this.#options);
    if (problem !== null) {
      this.#set({ problem });
      this.#options.onFocus('problem');
    } else if (step === 'review') void this.#book();
    else this.go(stepBeside(step, 1));
  }

  reload(): void {
    const { step, provider } = this.#form;
    if (this.#client === undefined) return;
    if (step === 'who') void this.#readProviders(this.#client);
    else if (provider !== null) void this.times.read(this.#client, provider.id);
  }

  reset(): void {
    this.#round = {};
    this.#attempts.forget();
    this.times.forget();
    this.besides = null;
    this.#restored = undefined;
    this.#set(EMPTY_FORM);
    this.#begin();
  }

  /** Shows what was booked before the page was loaded anew, once it is known to be this person's. */
  restore(id: string): void {
    this.#restored = id;
    this.#options.host.requestUpdate();
  }

  #set(change: Partial<BookingForm>): void {
    this.#form = { ...this.#form, ...change };
    this.#options.host.requestUpdate();
  }

  async #readProviders(client: SessionClient): Promise<void> {
    const { signal } = this.#reading;
    const isFirst = this.providers.state !== 'ready';
    if (isFirst) this.providers = { state: 'loading' };
    try {
      const value = await client.providers({ signal });
      if (signal.aborted) return;
      this.providers = { state: 'ready', value };
      if (isFirst) this.#begin();
      else this.#checkProvider(value);
    } catch (error) {
      if (signal.aborted || !isFirst) return;
      this.providers = { state: 'failed', error: toSessionError(error) };
    }
    this.#options.host.requestUpdate();
  }

  /** With the provider that the portal names, where there is such a one. */
  #begin(): void {
    const { step, provider } = this.#form;
    if (this.providers.state !== 'ready' || provider !== null || step !== 'who') return;
    const wanted = this.providers.value.find(({ id }) => id === this.#options.wanted());
    if (wanted === undefined) return;
    this.choose(wanted);
    this.#set({ step: 'when' });
    this.#freshenTimes();
  }

  #freshenTimes(): void {
    const { provider } = this.#form;
    if (this.#client !== undefined && provider !== null) void this.times.freshen(this.#client, provider.id);
  }

  async #book(): Promise<void> {
    const client = this.#client;
    const { slot } = this.#form;
    const request = requestOf(this.#form);
    if (client === undefined || request === null || slot === null) return;
    if (startOf(slot) <= this.#options.now()) {
      this.#meet(slotBegun(slot, this.#options.localize));
      return;
    }
    const round = this.#round;
    const attempt = this.#attempts.at(request, client.getSnapshot());
    this.#set({ sending: true, problem: null });
    this.#options.onSending();
    try {
      const booked = await client.book(request, { idempotencyKey: attempt.key });
      if (round !== this.#round) return;
      this.#attempts.settle(attempt);
      this.#finish(booked, false);
    } catch (thrown) {
      if (round !== this.#round) return;
      const error = toSessionError(thrown);
      if (!isUncertain(error)) this.#attempts.settle(attempt);
      this.#meet(setbackOf(error, this.#form, client.getSnapshot(), this.#options.localize));
    }
  }

  /** Goes to where it can be mended, and looks at what there is to choose from now. */
  #meet({ step, problem, change }: Setback): void {
    this.#set({ ...change, step, problem, sending: false });
    this.#options.onFocus('problem');
    if (step === 'when' || step === 'who') this.reload();
  }

  #finish(booked: Booking, byItself: boolean): void {
    const { provider } = this.#form;
    this.#set({ ...EMPTY_FORM, step: 'done', provider, booked });
    this.times.forget();
    this.#options.onBooked(booked, byItself);
  }

  #restore(view: ClientView): void {
    if (this.#restored === undefined) return;
    const found = view.bookings.find(
      ({ booking, role }) => role === 'patient' && String(booking.id) === this.#restored,
    );
    this.#restored = undefined;
    if (found !== undefined) this.#form = { ...EMPTY_FORM, step: 'done', booked: found.booking };
  }

  #noticeBooked(view: ClientView): void {
    if (this.#form.sending) return;
    for (const booking of this.#attempts.takeBooked(view)) {
      if (this.#form.step === 'done') this.besides = booking;
      else this.#finish(booking, true);
    }
  }

  /** The chosen time has come while the person was choosing. It is said without taking the focus. */
  #noticeBegun(): void {
    const { step, slot } = this.#form;
    const { localize, now } = this.#options;
    if (step !== 'when' || slot === null || startOf(slot) > now()) return;
    this.#lose(slotBegun(slot, localize));
  }

  /** The chosen time may have gone from the list. */
  #checkChoice(): void {
    const { step, slot } = this.#form;
    const { localize, now } = this.#options;
    const { load } = this.times;
    if (step !== 'when' || slot === null || load.state !== 'ready' || startOf(slot) <= now()) return;
    if (load.value.some(({ start }) => start === slot.start)) return;
    this.#lose(slotGone(slot, localize));
  }

  /** The chosen provider may have gone from the list. */
  #checkProvider(providers: readonly Provider[]): void {
    const { step, provider } = this.#form;
    if (step !== 'who' || provider === null || providers.some(({ id }) => id === provider.id)) return;
    this.#lose(providerGone(provider, this.#options.localize));
  }

  /** Said where it shows anyway. */
  #lose({ problem, change }: Setback): void {
    this.#form = { ...this.#form, ...change, problem };
  }
}
