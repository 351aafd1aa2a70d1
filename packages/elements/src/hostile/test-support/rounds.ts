import { html, type LitElement, type TemplateResult } from 'lit';
import type { FakeClient } from '../../test-support/fake-client.js';
import { mount, settled } from '../../test-support/page.js';
import { anatomyOf, rawTextOf, wildAddressesIn } from './anatomy.js';

/** A text from outside, by the place where it comes in. */
export type TextAt = (place: number) => string;

/** One state of one element, with every text in it from outside. */
export interface HostileView {
  readonly tag: Parameters<typeof mount>[0];
  readonly content: TemplateResult;
  readonly client: (text: TextAt) => FakeClient;
  /** Places whose text shows, as it is. */
  readonly shown: readonly number[];
  /** What is done on the page before one looks. */
  readonly act?: (element: LitElement) => void | Promise<void>;
  /** Where one looks, where it is not the element itself. */
  readonly look?: (element: Element) => Element;
}

/** Primes, so that no two places have the same text for long. */
const STRIDE = 53;
/** Texts of well-meaning people: a name, one without a letter, one with a link. */
const PLAIN = ['Dr. Smith', '12 !', 'See https://example.org/a (and more).'];

/**
 * Shows a view once for each text, with another text at each place, until each was at each place. Gives what was wrong:
 * a text that does not stand there as it is, an element that well-meaning texts do not make, an address that is none.
 */
export async function showAll(view: HostileView, texts: readonly string[]): Promise<readonly string[]> {
  const element = await mount(
    view.tag,
    view.client(() => PLAIN[0] ?? ''),
    view.content,
  );
  const look = view.look ?? ((self: Element): Element => self);
  const known = new Set<string>();
  for (const [round] of PLAIN.entries()) {
    await show(view, element, (place) => PLAIN[(round + place) % PLAIN.length] ?? '');
    for (const piece of anatomyOf(look(element))) known.add(piece);
  }
  const faults: string[] = [];
  for (const [round] of texts.entries()) {
    const text: TextAt = (place) => texts[(round + place * STRIDE) % texts.length] ?? '';
    await show(view, element, text);
    const place = look(element);
    const all = asRead(rawTextOf(place));
    for (const at of view.shown) if (!all.includes(asRead(text(at)))) faults.push(`not shown: ${text(at)}`);
    for (const piece of anatomyOf(place)) if (!known.has(piece)) faults.push(`made: ${piece}`);
    faults.push(...wildAddressesIn(place));
  }
  element.remove();
  return faults;
}

/** Where a line may break, and what is blank at an end, is nobody's text. */
function asRead(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim();
}

async function show(view: HostileView, element: LitElement, text: TextAt): Promise<void> {
  Object.assign(element, { client: view.client(text) });
  await settled(element);
  await view.act?.(element);
}

/** An element as a portal has it. */
export const elements = {
  gate: html`<active-session time-zone="Europe/London"></active-session>`,
  shown: html`<active-session time-zone="Europe/London" booking-id="123456789"></active-session>`,
  call: html`<session-call time-zone="Europe/London" booking-id="123456789" help></session-call>`,
  notes: html`<provider-notes time-zone="Europe/London" booking-id="123456789"></provider-notes>`,
  allNotes: html`<provider-notes time-zone="Europe/London" all></provider-notes>`,
  dashboard: html`<provider-dashboard time-zone="Europe/London"></provider-dashboard>`,
  composer: html`<note-composer time-zone="Europe/London" booking-id="123456789"></note-composer>`,
  queue: html`<session-queue time-zone="Europe/London"></session-queue>`,
  guests: html`<session-guests time-zone="Europe/London" booking-id="123456789" guest-page="/guest"></session-guests>`,
  history: html`<session-history time-zone="Europe/London" patient="sam"></session-history>`,
  banner: html`<session-return-banner></session-return-banner>`,
  required: html`<booking-required time-zone="Europe/London" inline></booking-required>`,
  actions: html`<appointment-actions time-zone="Europe/London" booking-id="123456789"></appointment-actions>`,
  form: html`<book-appointment time-zone="Europe/London"></book-appointment>`,
  check: html`<device-check></device-check>`,
} as const;
