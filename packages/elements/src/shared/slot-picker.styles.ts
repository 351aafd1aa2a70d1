import { css } from 'lit';

/** What is chosen from, in a form of one question a page. */
export const slotPickerStyles = css`
  fieldset > legend,
  .field > label {
    padding: 0;
    font-weight: 600;
  }

  fieldset > legend {
    margin-block-end: var(--_s2);
  }

  .days,
  .times {
    display: grid;
    gap: var(--_s2);
    grid-template-columns: repeat(auto-fill, minmax(4.5em, 1fr));
  }

  .times {
    grid-template-columns: repeat(auto-fill, minmax(6em, 1fr));
  }

  .both .times {
    grid-template-columns: repeat(auto-fill, minmax(7em, 1fr));
  }

  .slots > div + div {
    margin-block-start: var(--_s3);
  }

  .slots > div > p {
    margin-block-end: var(--_s1);
  }

  [data-wrong] {
    position: relative;
    padding-inline-start: var(--_s4);
  }

  [data-wrong]::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 4px;
    background: var(--_danger);
    forced-color-adjust: none;
  }

  .choice {
    position: relative;
    display: grid;
    place-content: center;
    justify-items: center;
    min-block-size: 48px;
    padding: var(--_s1) var(--_s2);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    line-height: var(--_leading-label);
    text-align: center;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }

  .choice b {
    font-weight: 600;
  }

  .choice.slot b {
    white-space: nowrap;
  }

  /* A time that comes twice has its zone with it, and some languages write that in words. */
  .choice.slot b.zoned {
    white-space: normal;
  }

  .choice.day {
    padding-inline: var(--_s1);
  }

  .choice.day span {
    font-size: var(--_t-note);
    color: var(--_muted);
  }

  .choice input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
    /* What is at the bottom of a small page stands over it. */
    scroll-margin-block: var(--_s12) 6rem;
  }

  .choice:has(:checked) {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 10%, var(--_surface));
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  .choice:has(:focus-visible) {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }

  .choice:hover {
    background: color-mix(in oklab, var(--_accent) 6%, var(--_surface));
  }

  .later {
    margin-block-start: calc(-1 * var(--_s2));
    margin-inline-start: calc(-1 * var(--_s2));
  }

  .skeletons {
    display: grid;
    gap: var(--_s3);
  }

  .skeletons .skeleton {
    block-size: 72px;
  }

  .empty strong {
    display: block;
    font-weight: 600;
  }

  .theirs {
    display: block;
  }

  .mend {
    min-block-size: var(--_target);
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }

  textarea {
    inline-size: 100%;
    margin-block-start: var(--_s2);
    padding: var(--_s3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    line-height: inherit;
    resize: vertical;
  }

  .left {
    min-block-size: 1.5em;
    font-variant-numeric: tabular-nums;
  }

  @media (forced-colors: active) {
    .choice:has(:checked) {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }

    .choice:has(:focus-visible) {
      outline: 3px solid CanvasText;
      outline-offset: 2px;
    }
  }
`;
