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

  .kinds .provider {
    min-block-size: 52px;
    border-radius: var(--_radius);
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
    line-height: var(--_leading-label);
    overflow-wrap: anywhere;
  }

  .names b {
    font-weight: 600;
  }

  .provider:has(:checked) {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 10%, var(--_surface));
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  .provider:has(:focus-visible) {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }

  .provider input:focus-visible {
    outline: none;
  }

  .provider:hover {
    background: color-mix(in oklab, var(--_accent) 6%, var(--_surface));
  }

  .field {
    display: grid;
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

    .forward.primary {
      flex: 1;
      padding-inline: var(--_s3);
    }

    /* Within reach of a thumb, however many times there are. */
    .forth {
      position: sticky;
      inset-block-end: 0;
      z-index: 1;
      margin-inline: calc(-1 * var(--_inset));
      margin-block-end: calc(-1 * var(--_inset));
      padding: var(--_s4) var(--_inset) calc(var(--_s3) + env(safe-area-inset-bottom));
      background: linear-gradient(transparent, var(--_surface) var(--_s3));
    }
  }

  /* A phone on its side has no room for what stays. */
  @media (max-height: 30rem) {
    .forth.actions {
      position: static;
    }
  }

  @media (forced-colors: active) {
    .forth.actions {
      background: Canvas;
    }

    .provider:has(:checked) {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }
  }
`;
