import { css } from 'lit';

export const sessionHistoryStyles = css`
  .history {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s4);
    padding: var(--_inset);
  }

  .picture {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s1);
  }

  .timeline {
    display: block;
    overflow: visible;
  }

  /* Every mark is the same from either side. */
  .timeline:dir(rtl) {
    scale: -1 1;
  }

  .timeline .at {
    overflow: visible;
  }

  .axis {
    stroke: var(--_edge);
    stroke-width: 1;
  }

  .mark {
    fill: var(--_surface);
    stroke: var(--_muted);
    stroke-width: 2;
  }

  .mark.completed {
    fill: var(--_accent);
    stroke: var(--_surface);
    stroke-width: 1;
  }

  .dense .mark.completed {
    stroke: none;
  }

  .mark.missed {
    fill: none;
    stroke: var(--_danger);
    stroke-width: 2.5;
    stroke-linecap: round;
  }

  .mark.open {
    fill: var(--_surface);
    stroke: var(--_accent);
  }

  .ends {
    display: flex;
    justify-content: space-between;
    gap: var(--_s3);
    color: var(--_muted);
    font-size: var(--_t-small);
  }

  figcaption {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s1);
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_s4);
    font-size: var(--_t-small);
  }

  .legend li {
    display: flex;
    align-items: center;
    gap: var(--_s1);
  }

  .key {
    flex: none;
  }

  .tools {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s2);
    margin-block: 0;
  }

  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: var(--_s2) var(--_s3);
  }

  .field {
    display: grid;
    flex: 1 1 9em;
    gap: var(--_s1);
    min-inline-size: 0;
    max-inline-size: 100%;
  }

  .field span {
    font-size: var(--_t-small);
    color: var(--_muted);
  }

  .field :is(input, select) {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--_target);
    padding: 0 var(--_s3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
  }

  .lists {
    gap: var(--_s4);
  }

  .year,
  .sessions {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s2);
  }

  .year h3 {
    color: var(--_muted);
  }

  /* Laid out when it comes near the view. The padding is for the focus ring, which would be cut off at the edge. */
  .part {
    --_session: 4.75rem;

    margin: calc(-1 * var(--_s2));
    padding: var(--_s2);
  }

  .part:not([data-size='few']) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto calc(50 * var(--_session));
  }

  .part[data-size='10'] {
    contain-intrinsic-block-size: auto calc(10 * var(--_session));
  }

  .part[data-size='20'] {
    contain-intrinsic-block-size: auto calc(20 * var(--_session));
  }

  .part[data-size='30'] {
    contain-intrinsic-block-size: auto calc(30 * var(--_session));
  }

  .part[data-size='40'] {
    contain-intrinsic-block-size: auto calc(40 * var(--_session));
  }

  .session {
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .session[data-outcome='open'] {
    border-color: var(--_accent);
    border-inline-start-width: 5px;
  }

  .summary {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--_s1) var(--_s3);
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_s2) var(--_s3);
    border: 0;
    border-radius: var(--_radius);
    background: transparent;
    color: var(--_text);
    font-size: var(--_t-note);
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .summary:hover {
    background: var(--_quiet);
  }

  .summary b {
    font-weight: 600;
  }

  .what,
  .how {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
  }

  .how {
    justify-items: end;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  .session:is([data-outcome='missed'], [data-outcome='no-show']) .outcome {
    color: var(--_danger);
    font-weight: 600;
  }

  .session[data-outcome='open'] .outcome {
    font-weight: 600;
  }

  .chevron {
    display: grid;
    color: var(--_muted);
    transition: rotate var(--_quick);
  }

  .summary[aria-expanded='true'] .chevron {
    rotate: 180deg;
  }

  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s3);
    padding: var(--_s1) var(--_s3) var(--_s3);
  }

  .reason .searched {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    max-inline-size: 68ch;
  }

  .rest {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_s2);
  }

  .end {
    display: grid;
    justify-items: center;
  }

  .empty .button {
    margin-block-start: var(--_s3);
  }

  .skeletons .skeleton {
    block-size: 4.25em;
  }

  @container (max-width: 30rem) {
    .summary {
      grid-template-columns: auto minmax(0, 1fr);
    }

    .how {
      grid-column: 2;
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-start;
      gap: 0 var(--_s3);
      text-align: start;
    }
  }

  @container (max-width: 26.25rem) {
    .history {
      padding: var(--as-inset, var(--_s4));
    }
  }

  @media (forced-colors: active) {
    .summary {
      border: 1px solid;
    }

    .axis {
      stroke: CanvasText;
    }

    .mark {
      fill: Canvas;
      stroke: CanvasText;
    }

    .mark.completed {
      fill: CanvasText;
      stroke: Canvas;
    }

    .mark.missed {
      fill: none;
      stroke: CanvasText;
    }

    .mark.open {
      stroke: Highlight;
    }
  }

  @media print {
    .part:not([data-size='few']) {
      content-visibility: visible;
    }

    .tools,
    .end,
    .chevron {
      display: none;
    }
  }
`;
