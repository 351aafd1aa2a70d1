import type { SessionClient } from '@active-session/core';
import { SessionScope } from '../session-scope/session-scope.js';
import { insideOf, nameOf } from './look.js';

/** What assistive technology says, or the browser shows, of an element beside its text. */
const SAID = [
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'aria-roledescription',
  'title',
  'placeholder',
  'alt',
];

/**
 * In a pseudo-language, each text in the shadow roots below that is neither in the brackets of the catalogue nor data of
 * the client nor a date or time: words that no language could change.
 */
export async function unworded(place: Element): Promise<readonly string[]> {
  const data = await dataOf(place);
  return insideOf(place).flatMap((element) =>
    textsOf(element)
      .filter((text) => !isKnown(text, data))
      .map((text) => `not in the catalogue: “${text.trim().slice(0, 60)}” in ${nameOf(element)}`),
  );
}

/** What stories write into fields. */
const TYPED = ['Headaches for two weeks, mostly in the evening.'];

function textsOf(element: HTMLElement): readonly string[] {
  // The letters of a name are data.
  if (element instanceof HTMLStyleElement || element.classList.contains('avatar')) return [];
  const own = [...element.childNodes].flatMap((node) => (node instanceof Text ? [node.data] : []));
  return [...own, ...SAID.flatMap((attribute) => element.getAttribute(attribute) ?? [])];
}

function isKnown(text: string, data: readonly string[]): boolean {
  const left = data.reduce((found, one) => found.replaceAll(one, ' '), withoutCatalogue(text));
  if (wordsIn(left).every((word) => INTL_WORDS.has(word))) return true;
  // A link or a mark is cut out of a longer text.
  return data.some((one) => one.length > 20 && one.includes(text.trim()));
}

/** A key of the keyboard is a letter, no word. */
function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
}

function withoutCatalogue(text: string): string {
  let left = text;
  for (let before = ''; before !== left;) {
    before = left;
    left = left.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  return left;
}

/** Every text that the clients of a page have been told, and that a portal or a person has written there; the longest first. */
async function dataOf(place: Element): Promise<readonly string[]> {
  const clients = [...place.querySelectorAll('session-scope')].flatMap((scope) =>
    scope instanceof SessionScope && scope.client !== undefined ? [scope.client] : [],
  );
  const told = (await Promise.all(clients.map(stringsOf))).flat();
  const lines = [...told, ...TYPED, place.textContent].flatMap((text) => [text, ...text.split('\n')]);
  // What machines say to each other is no text: "camera" is the name of a kind.
  const texts = lines.map((text) => text.trim()).filter((text) => text.length > 1 && !/^[a-z-]+$/.test(text));
  return [...new Set(texts)].toSorted((one, other) => other.length - one.length);
}

async function stringsOf(client: SessionClient): Promise<readonly string[]> {
  const view = client.getSnapshot();
  const sessions = view.bookings.map(({ booking }) => client.session(booking.id).getSnapshot());
  // A backend that never answers has told nothing.
  const silence = new Promise<[]>((done) => setTimeout(done, 50, []));
  const providers = await Promise.race([client.providers().catch(() => []), silence]);
  const patients = new Set(view.bookings.flatMap(({ booking }) => booking.patient ?? []));
  const histories = [...patients].map((patient) => client.historyOf(patient).getSnapshot());
  return stringsIn([view, sessions, histories, providers, client.devices.getSnapshot(), client.check.getSnapshot()]);
}

function stringsIn(value: unknown, seen = new Set<object>()): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || seen.has(value) || value instanceof MediaStream) return [];
  seen.add(value);
  return Object.values(value).flatMap((one) => stringsIn(one, seen));
}

/** What the browser itself says of dates, times and numbers. */
const INTL_WORDS: ReadonlySet<string> = new Set(intlWords().flatMap(wordsIn));

function intlWords(): readonly string[] {
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, month + 1, 12)));
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 0, day + 1, 3 * day)));
  const zones = [
    'Europe/London',
    'America/New_York',
    'Asia/Tokyo',
    'UTC',
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  ];
  const dates = [...months, ...days].flatMap((at) =>
    (['long', 'short'] as const).flatMap((style) => [
      new Intl.DateTimeFormat('en', { weekday: style, month: style, hour: 'numeric', timeZone: 'UTC' }).format(at),
      ...zones.map((timeZone) => new Intl.DateTimeFormat('en', { timeZoneName: style, timeZone }).format(at)),
    ]),
  );
  const near = [-1, 0, 1].map((day) => new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(day, 'day'));
  const units = ['day', 'hour', 'minute', 'second'].flatMap((unit) =>
    [1, 2].map((value) => new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(value)),
  );
  const measures = ['millisecond', 'megabit-per-second'].map((unit) =>
    new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'short' }).format(1),
  );
  return [...dates, ...near, ...units, ...measures];
}
