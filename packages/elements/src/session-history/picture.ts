import { toInstant, type Instant, type Outcome, type PastSession } from '@active-session/core';
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';

/** So many places side by side: more marks than that are not told apart on any screen. */
const PLACES = 240;
/** From so many on, marks are smaller. */
const DENSE = 60;

/** What a mark looks like: by its shape, and by a colour as well. */
type Shape = 'completed' | 'missed' | 'cancelled' | 'handed-over' | 'open';

const SHAPE_OF: Readonly<Record<Outcome, Shape>> = {
  completed: 'completed',
  missed: 'missed',
  'no-show': 'missed',
  cancelled: 'cancelled',
  'handed-over': 'handed-over',
  open: 'open',
};
/** Where the line is, and what stands above it. */
const [LINE, ABOVE] = [28, 10];
/** In the order in which they are drawn: what is rare is not covered by what is not. */
const SHAPES: readonly Shape[] = ['completed', 'handed-over', 'cancelled', 'missed', 'open'];

export interface PictureOptions {
  readonly sessions: readonly PastSession[];
  /** There are no earlier ones. */
  readonly isComplete: boolean;
  readonly now: Instant;
  readonly localize: Localize;
}

/** The same as the picture, in words: its name, and what is read below it. */
export function pictureSentence({ sessions, isComplete, localize }: Omit<PictureOptions, 'now'>): string {
  const oldest = sessions.at(-1);
  if (oldest === undefined) return '';
  const since = localize.formats.month(toInstant(oldest.booking.dateTime));
  const number = (shape: Shape): number => sessions.filter(({ outcome }) => SHAPE_OF[outcome] === shape).length;
  const [missed, cancelled] = [number('missed'), number('cancelled')];
  return [
    localize.t(isComplete ? 'history.picture-all' : 'history.picture-some', sessions.length, since),
    missed === 0 ? '' : localize.t('history.picture-missed', missed),
    cancelled === 0 ? '' : localize.t('history.picture-cancelled', cancelled),
    number('open') === 0 ? '' : localize.t('history.picture-open'),
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * Sessions over time, each a mark: what the list says is to be seen at a glance. It is as wide as there is room, and time
 * runs as the language is read.
 */
export function pictureTemplate(options: PictureOptions): TemplateResult | typeof nothing {
  const { sessions, now, localize } = options;
  const [newest, oldest] = [sessions[0], sessions.at(-1)];
  if (newest === undefined || oldest === undefined || sessions.length < 2) return nothing;
  const from = toInstant(oldest.booking.dateTime);
  const to = Math.max(now, toInstant(newest.booking.dateTime), from + 1);
  // Room for half a mark at either end. Styles turn it round where one reads from right to left.
  const placeOf = (at: Instant): number => 2 + (96 * Math.round(((at - from) / (to - from)) * PLACES)) / PLACES;
  return html`<figure class="picture" part="picture">
    <svg class="timeline" role="img" aria-labelledby="picture-text" width="100%" height="40">
      <line class="axis" x1="0" x2="100%" y1=${LINE} y2=${LINE} />
      ${SHAPES.map((shape) => marksOf(shape, sessions, placeOf))}
    </svg>
    <p class="ends" aria-hidden="true">
      <bdi>${localize.formats.month(from)}</bdi> <span>${localize.t('history.today')}</span>
    </p>
    <figcaption>
      ${legendTemplate(sessions, localize)}
      <p class="small muted" id="picture-text" aria-hidden="true"><bdi>${pictureSentence(options)}</bdi></p>
    </figcaption>
  </figure>`;
}

function marksOf(
  shape: Shape,
  sessions: readonly PastSession[],
  placeOf: (at: Instant) => number,
): readonly SVGTemplateResult[] {
  const own = sessions.filter(({ outcome }) => SHAPE_OF[outcome] === shape);
  const places = new Set(own.map(({ booking }) => placeOf(toInstant(booking.dateTime))));
  const isDense = sessions.length >= DENSE;
  const scale = isDense ? 'scale(0.7)' : 'scale(1)';
  return [...places].map(
    (place) =>
      svg`<svg class="at" x="${place.toFixed(2)}%" y=${isHeld(shape) ? LINE : ABOVE}><g class=${isDense ? 'dense' : ''} transform=${scale}>${markOf(shape)}</g></svg>`,
  );
}

/** What did not take place stands above the line. */
function isHeld(shape: Shape): boolean {
  return shape !== 'missed' && shape !== 'cancelled';
}

/** Around the point 0, 0. */
function markOf(shape: Shape): SVGTemplateResult {
  switch (shape) {
    case 'completed':
      return svg`<circle class="mark completed" r="5" />`;
    case 'missed':
      return svg`<path class="mark missed" d="M-5 -5 5 5M5 -5-5 5" />`;
    case 'cancelled':
      return svg`<circle class="mark cancelled" r="4.5" />`;
    case 'handed-over':
      return svg`<path class="mark handed-over" d="M0 -6 6 0 0 6-6 0Z" />`;
    case 'open':
      return svg`<circle class="mark open" r="8" /><circle class="mark completed" r="4" />`;
  }
}

/** What the marks mean that are there. */
function legendTemplate(sessions: readonly PastSession[], localize: Localize): TemplateResult {
  const used = new Set(sessions.map(({ outcome }) => SHAPE_OF[outcome]));
  return html`<ul class="legend" aria-hidden="true">
    ${SHAPES.filter((shape) => used.has(shape)).map(
      (shape) =>
        html`<li>
          <svg class="key" width="20" height="20" viewBox="-10 -10 20 20">${markOf(shape)}</svg>
          ${localize.t(`history.outcome-${shape}`)}
        </li>`,
    )}
  </ul>`;
}
