import { sameId, type BookingId, type ClientView, type JudgedBooking } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Localize } from '../shared/localize.controller.js';
import { otherName } from '../shared/person.js';
import { whenOf } from '../shared/when-of.js';
import type { BookedView } from './headline.js';
import { reopenSentence } from './summary.js';

interface OnwardOptions {
  readonly localize: Localize;
  readonly now: number;
}

export interface NextOptions extends OnwardOptions {
  /** The portal names no session: the next one can take this one's place. */
  readonly canMoveOn: boolean;
  /** Null where there is nothing to print. */
  readonly onPrint: (() => void) | null;
  readonly onBook: () => void;
  readonly onNext: () => void;
}

/** The other sessions that can be joined now: rule and time choose which one shows, and none is out of reach. */
export function othersTemplate(
  view: ClientView,
  shown: BookingId,
  { localize, now, onGo }: OnwardOptions & { readonly onGo: (id: BookingId) => void },
): TemplateResult | typeof nothing {
  const others = view.bookings.filter(({ booking, verdict }) => verdict.phase === 'open' && !sameId(booking.id, shown));
  if (others.length === 0) return nothing;
  return html`<section class="card others" part="others" aria-labelledby="others-heading">
    <h3 id="others-heading">${localize.t('session.also-open')}</h3>
    <ul>
      ${repeat(
        others,
        ({ booking }) => booking.id,
        (item) =>
          html`<li>
            <button class="button" part="other-button" @click=${() => onGo(item.booking.id)}>
              <bdi>${localize.t('session.go-to', otherName(item.booking, item.role, localize))}</bdi>
            </button>
            <bdi class="muted">${whenOf(item.booking, now, localize)}</bdi>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** After a session: paper, the portal's own, and the next one. */
export function nextTemplate(view: ClientView, booked: BookedView, options: NextOptions): TemplateResult {
  const { localize, onPrint, onBook } = options;
  const tookPlace = booked.phase === 'completed';
  const mended = reopenSentence(booked, options);
  return html`<div class="card stack after">
    ${
      onPrint === null
        ? nothing
        : html`<button class="button" part="print-button" @click=${onPrint}>${localize.t('summary.print')}</button>`
    }
    ${tookPlace ? html`<slot name="after-session"></slot>` : nothing}
    <section class="next wide" part="next" aria-labelledby="next-heading">
      <h3 id="next-heading">${localize.t('summary.next')}</h3>
      ${mended === '' ? nothing : html`<p class="muted">${mended}</p>`} ${onwardTemplate(view, booked, options)}
      ${
        booked.role === 'patient' && view.can.book
          ? html`<button class=${tookPlace ? 'button' : 'button primary'} part="book-button" @click=${onBook}>
              ${localize.t(tookPlace ? 'book.again' : 'gate.book')}
            </button>`
          : nothing
      }
    </section>
  </div>`;
}

/** The next session where there is one; else a way to put this one away. */
function onwardTemplate(
  view: ClientView,
  { booking, phase }: BookedView,
  { localize, now, canMoveOn, onNext }: NextOptions,
): TemplateResult {
  const next = view.active;
  const isAnother = next !== null && !sameId(next.booking.id, booking.id);
  if (!isAnother) {
    return canMoveOn
      ? html`<button class="button" part="close-summary-button" @click=${onNext}>
          ${localize.t(phase === 'completed' ? 'session.summary-close' : 'action.close')}
        </button>`
      : html``;
  }
  return html`
    <p>${nextSentence(next, localize, now)}</p>
    ${
      canMoveOn
        ? html`<button class="button primary" part="next-button" @click=${onNext}>
            ${localize.t('session.to-next')}
          </button>`
        : nothing
    }
  `;
}

function nextSentence(item: JudgedBooking, localize: Localize, now: number): string {
  const name = otherName(item.booking, item.role, localize);
  const sentence = localize.t('gate.next', name, whenOf(item.booking, now, localize));
  return item.verdict.phase === 'open' ? `${sentence} ${localize.t('session.open')}` : sentence;
}
