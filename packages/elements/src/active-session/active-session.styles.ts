import { css } from 'lit';

export const activeSessionStyles = css`
  .card {
    max-inline-size: 46rem;
  }

  .person {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s2) var(--_s3);
    inline-size: 100%;
    padding-block-end: var(--_s4);
    margin-block-end: var(--_s2);
    border-block-end: 1px solid var(--_line);
  }

  .person p {
    display: grid;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }

  .person b {
    font-weight: 600;
  }

  .person .trouble {
    margin-inline-start: auto;
  }

  .opens {
    display: grid;
    gap: var(--_s1);
  }

  .facts {
    padding-block-start: var(--_s4);
    border-block-start: 1px solid var(--_line);
  }

  .layout {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s4);
  }

  .below {
    padding: 0 var(--_inset) var(--_inset);
    max-inline-size: 46rem;
  }

  .below provider-notes {
    --as-inset: 0;
  }

  .beside provider-notes {
    --as-inset: var(--_s2);
  }

  .next {
    display: grid;
    gap: var(--_s3);
    justify-items: start;
    padding: var(--_s4);
    border-radius: var(--_radius);
    background: var(--_quiet);
  }

  ::slotted(*),
  device-check {
    justify-self: stretch;
  }

  .reason .text,
  .notice .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .reason {
    padding-inline-start: var(--_s4);
    border-inline-start: 4px solid var(--_line);
  }

  .contact {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_s4);
  }

  .contact a {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    color: var(--_accent);
    text-underline-offset: 0.2em;
  }

  .others {
    display: grid;
    gap: var(--_s3);
    margin: 0 var(--_inset) var(--_inset);
    max-inline-size: calc(46rem - 2 * var(--_inset));
    padding: var(--_s4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }

  .layout + .others {
    margin-block-start: var(--_s4);
  }

  .others ul {
    display: grid;
    gap: var(--_s3);
  }

  .others li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s2) var(--_s3);
  }

  .after {
    padding-block-start: 0;
  }

  .backward {
    display: flex;
  }

  .backward:dir(rtl) {
    scale: -1 1;
  }

  .over {
    margin-block-start: var(--_s2);
  }

  @container (max-width: 26.25rem) {
    .card {
      --_inset: var(--as-inset, var(--_s4));
    }

    .below {
      padding-inline: var(--as-inset, var(--_s4));
    }
  }

  @container (min-width: 56.25rem) {
    .layout.with-notes {
      grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
    }

    /* As high as the call and no higher: long notes scroll beside it, and the picture stays in view. */
    .beside {
      position: relative;
    }

    .scroller {
      position: absolute;
      inset: 0;
      overflow: auto;
      --_notes-header: sticky;
      border: 1px solid var(--_line);
      border-radius: var(--_radius-card);
      padding: var(--_s2);
    }
  }

  /* Whoever prints the page gets what is to be read, whole, and nothing to press. */
  @media print {
    .button,
    .contact,
    .next,
    .trouble,
    .others,
    slot {
      display: none;
    }

    .scroller {
      position: static;
      overflow: visible;
    }
  }
`;

/** The summary alone, on paper. */
export const paperStyles = css`
  :host {
    background: #fff;
    color: #000;
    font-size: 11pt;
    container-type: normal;
  }

  .paper {
    display: grid;
    gap: var(--_s4);
  }

  h1 {
    margin: 0;
    font-size: 1.5em;
    line-height: 1.2;
  }

  .note {
    break-inside: avoid;
  }

  .facts {
    grid-template-columns: minmax(6em, max-content) 1fr;
    gap: var(--_s1) var(--_s6);
  }

  .text a::after {
    content: ' (' attr(href) ')';
    overflow-wrap: anywhere;
  }

  .button,
  .visually-hidden {
    display: none;
  }
`;
