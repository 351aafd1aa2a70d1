import { css } from 'lit';

export const bookAppointmentStyles = css`
  form {
    max-inline-size: 46rem;
    padding: var(--_inset);
  }

  .head {
    display: grid;
    gap: var(--_s1);
  }

  fieldset > legend,
  .field > label {
    padding: 0;
    margin-block-end: var(--_s2);
    font-weight: 600;
  }

  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
    gap: var(--_s3);
  }

  .provider {
    display: flex;
    align-items: center;
    gap: var(--_s3);
    min-block-size: 72px;
    padding: var(--_s3) var(--_s4);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-card);
    cursor: pointer;
  }

  .provider input {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    margin: 0;
    accent-color: var(--_accent);
  }

  .names {
    display: grid;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }

  .names b {
    font-weight: 600;
  }

  .days,
  .slots {
    display: grid;
    gap: var(--_s2);
    grid-template-columns: repeat(auto-fill, minmax(6em, 1fr));
  }

  .slots {
    grid-template-columns: repeat(auto-fill, minmax(7em, 1fr));
  }

  .choice {
    position: relative;
    display: grid;
    place-content: center;
    justify-items: center;
    min-block-size: 48px;
    padding: var(--_s2);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    line-height: 1.3;
    text-align: center;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }

  .choice b {
    font-weight: 600;
  }

  .choice.day span {
    font-size: 0.9375em;
    color: var(--_muted);
  }

  .choice input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .choice:has(:checked),
  .provider:has(:checked) {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 10%, var(--_surface));
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  .choice:has(:focus-visible),
  .provider:has(:focus-visible) {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }

  .provider input:focus-visible {
    outline: none;
  }

  .choice:hover,
  .provider:hover {
    background: color-mix(in oklab, var(--_accent) 6%, var(--_surface));
  }

  .field {
    display: grid;
  }

  .field > label {
    margin: 0;
  }

  textarea {
    inline-size: 100%;
    min-block-size: 8em;
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

  .review > div {
    display: grid;
    grid-template-columns: minmax(7em, 12em) 1fr auto;
    gap: var(--_s1) var(--_s4);
    align-items: baseline;
    padding-block: var(--_s3);
    border-block-end: 1px solid var(--_line);
  }

  .review > div:first-child {
    border-block-start: 1px solid var(--_line);
  }

  .review dt {
    color: var(--_muted);
  }

  .review dd {
    overflow-wrap: anywhere;
  }

  .text {
    white-space: pre-wrap;
  }

  .next {
    display: grid;
    gap: var(--_s2);
  }

  .next ul {
    display: grid;
    gap: var(--_s2);
  }

  .next li {
    display: flex;
    gap: var(--_s3);
  }

  .next .icon {
    margin-block-start: 0.125em;
    color: var(--_good);
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

  @container (max-width: 28.75rem) {
    form {
      --_inset: var(--as-inset, var(--_s4));
    }

    .review > div {
      grid-template-columns: 1fr auto;
    }

    .review dd:nth-of-type(1) {
      grid-row: 2;
      grid-column: 1;
    }

    .review dd:nth-of-type(2) {
      grid-row: 1 / span 2;
      grid-column: 2;
    }

    .forward {
      flex: 1;
    }
  }

  @media (forced-colors: active) {
    .choice:has(:checked),
    .provider:has(:checked) {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }
  }
`;
