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
    line-height: var(--_leading-label);
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
    min-block-size: var(--_target);
    color: var(--_accent);
    text-underline-offset: 0.2em;
    overflow-wrap: anywhere;
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
    /* No room for both: which ones are new says more. */
    .handle .new + .count {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .next > .button,
    .others .button {
      inline-size: 100%;
    }

    .card {
      --_inset: var(--as-inset, var(--_s4));
    }

    .below {
      padding-inline: var(--as-inset, var(--_s4));
    }
  }

  .handle {
    display: flex;
    align-items: center;
    gap: var(--_s3);
    inline-size: 100%;
    min-block-size: var(--_handle);
    padding: var(--_s2) var(--_s4);
    padding-block-end: max(var(--_s2), env(safe-area-inset-bottom));
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    color: var(--_text);
    line-height: var(--_leading-label);
    text-align: start;
    cursor: pointer;
    /* A swipe is for the sheet, not for the page. */
    touch-action: none;
  }

  .handle .icon {
    color: var(--_muted);
    transform: rotate(180deg);
    transition: transform var(--_calm);
  }

  .unfolded .handle {
    border-end-start-radius: 0;
    border-end-end-radius: 0;
  }

  .unfolded .handle .icon {
    transform: none;
  }

  .handle .title {
    flex: 1;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .handle .new {
    padding-inline: var(--_s2);
    border-radius: 1em;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: var(--_t-small);
    font-weight: 600;
  }

  /* Below the call: a sheet at the bottom of the screen. The call makes room for it, its controls stand above it. */
  @container (max-width: 56.24rem) {
    .layout.with-notes {
      --_handle: calc(var(--_target) + var(--_s3));
      --_sheet: 0px;
      --_call-foot: calc(var(--_handle) + var(--_sheet));
      --_call-most: calc(var(--as-call-max-block-size, 84svh) - var(--_call-foot));
      /* The handle says what the notes' own heading says. */
      --_notes-heading: absolute;
      --_notes-heading-clip: inset(50%);
      --_notes-counts: none;
    }

    .layout.unfolded {
      --_sheet: min(44svh, 26rem);
      --_call-least: 18rem;
      --_stage-least: 9rem;
      --_self: 72px;
    }

    .beside {
      position: sticky;
      inset-block-end: 0;
      z-index: 3;
      margin-block-start: calc(-1 * var(--_s3));
    }

    .scroller {
      block-size: var(--_sheet);
      border: 1px solid var(--_line);
      border-block-start: 0;
      border-radius: 0 0 var(--_radius-card) var(--_radius-card);
      background: var(--_surface);
      overflow: auto;
      overscroll-behavior: contain;
      animation: unfold var(--_calm) ease-out;
    }

    .layout:not(.unfolded) .scroller {
      display: none;
    }
  }

  @keyframes unfold {
    from {
      block-size: 0;
    }
  }

  /* A phone on its side has the height for the call alone: the notes come below it. */
  @media (max-height: 30rem) {
    @container (max-width: 56.24rem) {
      .layout.with-notes {
        --_call-foot: 0px;
        --_call-most: var(--as-call-max-block-size, 84svh);
      }

      .layout.with-notes .beside {
        position: static;
        margin-block-start: 0;
      }
    }
  }

  @container (min-width: 56.25rem) {
    .layout.with-notes {
      grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
      gap: var(--_s4);
    }

    .handle {
      display: none;
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

  @media (forced-colors: active) {
    .handle .new {
      border: 1px solid;
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

    .handle {
      display: none;
    }

    .layout .scroller {
      display: block;
      position: static;
      block-size: auto;
      overflow: visible;
    }
  }
`;

/** Of the summary alone, on paper. */
export const paperSummaryStyles = css`
  .facts {
    grid-template-columns: minmax(6em, max-content) 1fr;
    gap: var(--_s1) var(--_s6);
  }

  .button {
    display: none;
  }
`;
