import { sameId, toInstant, type BookingId, type JudgedBooking } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { MINUTE, untilMore } from '../shared/formats.js';
import { triangleAlertIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import { otherName } from '../shared/person.js';
import type { Ticker } from '../shared/ticker.controller.js';

export interface QueueOptions {
  readonly localize: Localize;
  readonly ticker: Ticker;
  readonly now: number;
  readonly selected: BookingId | null;
  readonly onSelect: (id: BookingId) => void;
}

export function queueTemplate(queue: readonly JudgedBooking[], options: QueueOptions): TemplateResult {
  const { localize } = options;
  if (queue.length === 0) return html`<p class="muted">${localize.t('dashboard.queue-empty')}</p>`;
  return html`<ul class="queue-list">
    ${repeat(
      queue,
      ({ booking }) => String(booking.id),
      (judged) => itemTemplate(judged, options),
    )}
  </ul>`;
}

function itemTemplate(judged: JudgedBooking, options: QueueOptions): TemplateResult {
  const { booking, role } = judged;
  const { localize, selected, onSelect } = options;
  const name = otherName(booking, role, localize);
  const current = selected !== null && sameId(selected, booking.id);
  const { tone, words } = statusOf(judged, options);
  const troubles = troublesOf(judged).map((kind) => localize.t(`dashboard.trouble-${kind}`));
  return html`<li>
    <button
      class="item ${tone}"
      part="queue-item"
      aria-current=${current ? 'true' : 'false'}
      @click=${() => onSelect(booking.id)}
    >
      <span class="dot" aria-hidden="true"></span>
      <span class="item-name"><bdi>${name}</bdi></span>
      <span class="item-about"
        ><bdi class="item-time">${localize.formats.time(toInstant(booking.dateTime))}</bdi>
        <span class="item-status">${words}</span>
        ${troubles.map((trouble) => html`<span class="item-trouble">${triangleAlertIcon()} ${trouble}</span>`)}</span
      >
    </button>
  </li>`;
}

function statusOf(judged: JudgedBooking, options: QueueOptions): { tone: string; words: string } {
  const { localize, ticker, now } = options;
  const { verdict } = judged;
  const patient = patientOf(judged);
  if (verdict.phase !== 'open') return { tone: 'later', words: localize.t(`dashboard.${verdict.phase}`) };
  if (patient?.presence === 'in-call') return { tone: 'now', words: localize.t('dashboard.in-call') };
  if (patient?.presence !== 'waiting') return { tone: 'open', words: localize.t('dashboard.open') };
  const passed = patient.since === null ? 0 : now - toInstant(patient.since);
  ticker.wakeIn(untilMore(passed, MINUTE));
  const words =
    passed < MINUTE
      ? localize.t('dashboard.waiting')
      : localize.t('dashboard.waiting-for', localize.formats.duration(passed));
  return { tone: 'now', words };
}

/** What the patient's check has found wrong, worst first. A patient who is in the call can be seen and heard, or not. */
function troublesOf(judged: JudgedBooking): readonly (typeof CHECKED)[number][] {
  const patient = patientOf(judged);
  const { devices, presence } = patient ?? {};
  if (judged.verdict.phase !== 'open' || presence !== 'waiting' || devices === undefined) return [];
  return CHECKED.filter((kind) => devices[kind] !== undefined && devices[kind] !== 'works');
}

const CHECKED = ['microphone', 'speaker', 'camera', 'network'] as const;

export function patientOf({ parties }: JudgedBooking): JudgedBooking['parties'][number] | undefined {
  return parties.find((party) => party.role === 'patient');
}
