import type { Instant } from '@active-session/core';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type CountdownUnit = 'day' | 'hour' | 'minute' | 'second';

/** Instants and durations in words, for one language and one time zone. */
export class Formats {
  readonly timeZone: string;
  readonly #locale: string;
  readonly #join: (day: string, time: string) => string;
  /** Very many times are written in one go. */
  #clock: Intl.DateTimeFormat | undefined;

  /** `join` says a day and a time in one. */
  constructor(locale: string, timeZone: string, join = (day: string, time: string): string => `${day}, ${time}`) {
    this.#locale = locale;
    this.#join = join;
    this.timeZone = knownZone(timeZone) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  /** "10:00" */
  time(at: Instant, timeZone = this.timeZone): string {
    return formatter(this.#locale, { timeStyle: 'short', timeZone }).format(at);
  }

  /** "10:00 CET" */
  timeWithZone(at: Instant, timeZone = this.timeZone): string {
    const options = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone } as const;
    if (timeZone !== this.timeZone) return formatter(this.#locale, options).format(at);
    this.#clock ??= formatter(this.#locale, options);
    return this.#clock.format(at);
  }

  /** "04:30 GMT-5" on the clock of another zone; with its weekday where it is another day there. */
  timeThere(at: Instant, timeZone: string): string {
    if (this.dayKey(at) === this.dayKey(at, timeZone)) return this.timeWithZone(at, timeZone);
    const options = { weekday: 'short', hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone } as const;
    return formatter(this.#locale, options).format(at);
  }

  /** The hour of the day, 0 to 23. */
  hour(at: Instant): number {
    const options = { hour: 'numeric', hourCycle: 'h23', timeZone: this.timeZone } as const;
    return Number(formatter('en-US', options).format(at));
  }

  /** "Central European Standard Time", as it is at this moment. */
  zoneName(at: Instant): string {
    const options = { timeZoneName: 'long', timeZone: this.timeZone } as const;
    const parts = formatter(this.#locale, options).formatToParts(at);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? this.timeZone;
  }

  /** "Wednesday 7 January 2026" */
  longDay(at: Instant): string {
    const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
    return formatter(this.#locale, { ...options, timeZone: this.timeZone }).format(at);
  }

  /** "Wednesday 7 January 2026, 10:00 CET" */
  longDayAndTime(at: Instant): string {
    return this.#join(this.longDay(at), this.timeWithZone(at));
  }

  /** "Wednesday 7 January" */
  day(at: Instant): string {
    const options = { weekday: 'long', day: 'numeric', month: 'long', timeZone: this.timeZone } as const;
    return formatter(this.#locale, options).format(at);
  }

  /** The parts of a day for a small calendar leaf. */
  leaf(at: Instant): { weekday: string; date: string } {
    const { timeZone } = this;
    return {
      weekday: formatter(this.#locale, { weekday: 'short', timeZone }).format(at),
      date: formatter(this.#locale, { day: 'numeric', month: 'short', timeZone }).format(at),
    };
  }

  /** "7 January 2026, 10:30 CET": for what is read long afterwards. */
  stamp(at: Instant): string {
    return this.#join(this.date(at), this.timeWithZone(at));
  }

  /** "7 January 2026" */
  date(at: Instant): string {
    return formatter(this.#locale, { dateStyle: 'long', timeZone: this.timeZone }).format(at);
  }

  /** "2026" */
  year(at: Instant): string {
    return formatter(this.#locale, { year: 'numeric', timeZone: this.timeZone }).format(at);
  }

  /** "January 2026" */
  month(at: Instant): string {
    const options = { month: 'long', year: 'numeric', timeZone: this.timeZone } as const;
    return formatter(this.#locale, options).format(at);
  }

  /** "tomorrow, 10:00", "on Wednesday 7 January, 10:00": fits after "is". */
  when(at: Instant, now: Instant, on: (day: string) => string): string {
    return this.#join(this.#dayWord(at, now) ?? on(this.day(at)), this.time(at));
  }

  /** Only the time where the day is the same one as `beside`, else with its day. */
  timeBeside(at: Instant, beside: Instant, now: Instant): string {
    if (this.dayKey(at) === this.dayKey(beside)) return this.time(at);
    return this.#join(this.#dayWord(at, now) ?? this.day(at), this.time(at));
  }

  /** The calendar day in the zone, for grouping: "2026-01-07". */
  dayKey(at: Instant, timeZone = this.timeZone): string {
    const options = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone } as const;
    return formatter('en-CA', options).format(at);
  }

  /** "24 minutes", "1 hour, 5 minutes"; never less than one minute. */
  duration(ms: number): string {
    const minutes = Math.max(1, Math.floor(ms / MINUTE));
    const parts = [
      { unit: 'hour', value: Math.floor(minutes / 60) },
      { unit: 'minute', value: minutes % 60 },
    ].filter(({ value }) => value > 0);
    const words = parts.map(({ unit, value }) => this.unit(value, unit));
    return new Intl.ListFormat(this.#locale, { type: 'unit', style: 'long' }).format(words);
  }

  /** "5 minutes"; short: "45 ms", "1.2 Mb/s" */
  unit(value: number, unit: string, unitDisplay: 'long' | 'short' = 'long'): string {
    return new Intl.NumberFormat(this.#locale, { style: 'unit', unit, unitDisplay }).format(value);
  }

  /** "3%" of a share from 0 to 1 */
  percent(share: number): string {
    return new Intl.NumberFormat(this.#locale, { style: 'percent' }).format(share);
  }

  /** The number and the word of a unit apart, for a countdown. */
  unitParts(value: number, unit: CountdownUnit): { number: string; word: string } {
    const options = { style: 'unit', unit, unitDisplay: 'long', minimumIntegerDigits: unit === 'day' ? 1 : 2 } as const;
    const parts = new Intl.NumberFormat(this.#locale, options).formatToParts(value);
    const join = (wanted: boolean): string =>
      parts
        .filter(({ type }) => (type === 'integer') === wanted)
        .map((part) => part.value)
        .join('');
    return { number: join(true), word: join(false).trim() };
  }

  /** "4:09", "1:04:09" */
  timer(ms: number): string {
    const { hours, minutes, seconds } = split(Math.max(0, ms));
    const two = (value: number): string =>
      new Intl.NumberFormat(this.#locale, { minimumIntegerDigits: 2 }).format(value);
    const one = (value: number): string => new Intl.NumberFormat(this.#locale).format(value);
    return hours > 0 ? `${one(hours)}:${two(minutes)}:${two(seconds)}` : `${one(minutes)}:${two(seconds)}`;
  }

  /** "2026-01-07T10:00:00.000Z", for `<time datetime>`. */
  iso(at: Instant): string {
    return new Date(at).toISOString();
  }

  #dayWord(at: Instant, now: Instant): string | null {
    const relative = new Intl.RelativeTimeFormat(this.#locale, { numeric: 'auto' });
    const offset = [-1, 0, 1].find((days) => this.dayKey(now + days * DAY) === this.dayKey(at));
    return offset === undefined ? null : relative.format(offset, 'day');
  }
}

/** What a countdown shows: days, hours and minutes; on the last day hours, minutes and seconds. */
export function countdown(ms: number): readonly { unit: CountdownUnit; value: number }[] {
  const left = Math.max(0, ms);
  const days = Math.floor(left / DAY);
  const { hours, minutes, seconds } = split(days > 0 ? left % DAY : Math.ceil(left / SECOND) * SECOND);
  const clock = [
    { unit: 'hour', value: hours },
    { unit: 'minute', value: minutes },
  ] as const;
  return days > 0 ? [{ unit: 'day', value: days }, ...clock] : [...clock, { unit: 'second', value: seconds }];
}

/** ms until that countdown shows something else. */
export function countdownStep(ms: number): number {
  return ms >= DAY ? (ms % MINUTE) + 1 : ms % SECOND || SECOND;
}

/** ms until the number of whole periods that have passed is one more. */
export function untilMore(passed: number, period: number): number {
  return period - (Math.max(0, passed) % period);
}

/** Whether both zones show the same clock at this moment. */
export function sameClock(at: Instant, zone: string, other: string): boolean {
  const options = { dateStyle: 'short', timeStyle: 'short' } as const;
  const show = (timeZone: string): string => formatter('en', { ...options, timeZone }).format(at);
  return show(zone) === show(other);
}

/** The zone if this runtime knows it. A zone from a backend is a string like any other. */
export function knownZone(zone: string | undefined): string | null {
  if (!zone) return null;
  try {
    return formatter('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function split(ms: number): { hours: number; minutes: number; seconds: number } {
  return {
    hours: Math.floor(ms / HOUR),
    minutes: Math.floor(ms / MINUTE) % 60,
    seconds: Math.floor(ms / SECOND) % 60,
  };
}
