import { sameId, type BookingId, type ClientView, type NoteKeepingView, type UnsentNotes } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';
import { otherName } from '../shared/person.js';
import { whenOf } from '../shared/when-of.js';

export interface ElsewhereOptions {
  readonly localize: Localize;
  readonly now: number;
  readonly view: ClientView;
  readonly keeping: NoteKeepingView | undefined;
  /** The booking whose notes stand above. */
  readonly shown: BookingId | null;
  readonly onChoose: (id: BookingId) => void;
}

/** Notes that are not here: those that another tab writes, and those of other sessions. */
export function elsewhereTemplate(options: ElsewhereOptions): TemplateResult | typeof nothing {
  const tabs = inOtherTabs(options);
  const others = options.view.unsent.filter(
    ({ bookingId }) => options.shown === null || !sameId(bookingId, options.shown),
  );
  if (tabs.length === 0 && others.length === 0) return nothing;
  return html`<div class="elsewhere" part="elsewhere">
    ${tabs.map((words) => html`<p class="small"><bdi>${words}</bdi></p>`)} ${othersTemplate(others, options)}
  </div>`;
}

function inOtherTabs({ keeping, view, localize }: ElsewhereOptions): readonly string[] {
  const ids = keeping?.elsewhere ?? [];
  const sentences = ids.map((id) => {
    const judged = view.bookings.find(({ booking }) => sameId(booking.id, id));
    return judged === undefined
      ? localize.t('composer.elsewhere-unknown')
      : localize.t('composer.elsewhere', otherName(judged.booking, judged.role, localize));
  });
  return [...new Set(sentences)];
}

function othersTemplate(others: readonly UnsentNotes[], options: ElsewhereOptions): TemplateResult | typeof nothing {
  if (others.length === 0) return nothing;
  const { localize, now, view, onChoose } = options;
  const count = others.reduce((sum, { drafts, waiting, refused }) => sum + drafts + waiting + refused, 0);
  return html`<p class="small" id="others">${localize.t('composer.others', count)}</p>
    <ul class="others" aria-labelledby="others">
      ${others.map(({ bookingId }) => {
        // It may be somebody else's by now; what was written for it is still here.
        const judged = view.bookings.find(({ booking }) => sameId(booking.id, bookingId));
        const when = judged && html`<bdi class="muted">${whenOf(judged.booking, now, localize)}</bdi>`;
        const name = judged ? otherName(judged.booking, judged.role, localize) : localize.t('person.patient');
        return html`<li>
          <button class="button" type="button" @click=${() => onChoose(bookingId)}><bdi>${name}</bdi> ${when}</button>
        </li>`;
      })}
    </ul>`;
}
