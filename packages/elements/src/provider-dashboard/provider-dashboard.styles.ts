import { css } from 'lit';

export const providerDashboardStyles = css`
  .board {
    display: grid;
    grid-template-columns: 13rem minmax(0, 1fr) minmax(17rem, 22rem);
    gap: var(--_s6);
    align-items: start;
    padding: var(--_inset);
  }

  .queue {
    display: grid;
    gap: var(--_s3);
  }

  .queue-list {
    display: grid;
    gap: var(--_s2);
  }

  .item {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 var(--_s2);
    align-items: center;
    inline-size: 100%;
    min-block-size: 60px;
    padding: var(--_s2) var(--_s3);
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    line-height: var(--_leading-label);
    text-align: start;
    cursor: pointer;
  }

  .item:hover {
    background: var(--_quiet);
  }

  .item[aria-current='true'] {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 10%, var(--_surface));
  }

  .item-name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .item-about {
    display: flex;
    flex-wrap: wrap;
    grid-column: 2;
    gap: 0 var(--_s2);
    font-size: var(--_t-note);
    color: var(--_muted);
  }

  .item-time {
    color: var(--_text);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .dot {
    inline-size: 0.625em;
    block-size: 0.625em;
    border: 2px solid var(--_edge);
    border-radius: 50%;
  }

  .item.now .dot {
    border-color: var(--_good);
    background: var(--_good);
  }

  .item.open .dot {
    border-color: var(--_good);
  }

  .item.now .item-status {
    color: var(--_good);
    font-weight: 600;
  }

  .item-trouble {
    display: inline-flex;
    align-items: center;
    gap: var(--_s1);
    flex-basis: 100%;
    color: var(--_text);
  }

  .item-trouble .icon {
    color: var(--_warning);
    inline-size: 1em;
    block-size: 1em;
  }

  .main {
    display: grid;
    gap: var(--_s3);
    min-inline-size: 0;
  }

  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--_s1) var(--_s3);
  }

  details {
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    padding: 0 var(--_s4);
  }

  summary {
    min-block-size: var(--_target);
    padding-block: var(--_s2);
    align-content: center;
    cursor: pointer;
    font-weight: 600;
  }

  details p {
    padding-block-end: var(--_s3);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .trouble:empty {
    display: none;
  }

  .aside {
    display: grid;
    gap: var(--_s4);
  }

  provider-notes {
    --as-inset: 0;
  }

  .composer {
    display: grid;
    gap: var(--_s2);
    padding: var(--_s4);
    border-radius: var(--_radius-card);
    background: var(--_quiet);
  }

  .composer > label {
    display: grid;
    font-weight: 600;
  }

  .composer > label .small {
    font-weight: 400;
  }

  textarea,
  select {
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
  }

  textarea {
    inline-size: 100%;
    padding: var(--_s3);
    line-height: inherit;
    resize: vertical;
  }

  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  select {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_s2) var(--_s3);
  }

  .composer-row {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--_s3);
  }

  .kind-choice {
    display: grid;
    flex: 1 1 9em;
  }

  .status {
    min-block-size: 1.5em;
  }

  .outbox {
    display: grid;
    gap: var(--_s2);
  }

  .unsent {
    display: grid;
    gap: var(--_s1);
    padding: var(--_s3) var(--_s4);
    border: 1px dashed var(--_edge);
    border-radius: var(--_radius);
  }

  .unsent .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .unsent .state {
    color: var(--_muted);
  }

  .unsent.refused {
    border-color: var(--_danger);
  }

  .unsent.refused .state {
    color: var(--_danger);
    font-weight: 600;
  }

  .placeholder {
    display: grid;
    place-items: center;
    min-block-size: 20rem;
    padding: var(--_s6);
    border: 1px dashed var(--_line);
    border-radius: var(--_radius-card);
    color: var(--_muted);
    text-align: center;
  }

  .panes {
    display: none;
  }

  .badge {
    min-inline-size: 1.6em;
    padding-inline: var(--_s2);
    border-radius: 1em;
    background: var(--_quiet);
    color: var(--_text);
    font-size: var(--_t-small);
    font-variant-numeric: tabular-nums;
  }

  /* Call, notes and queue in view together: what is long scrolls in its own column, and the field to write in stays. */
  @container (min-width: 43.76rem) {
    .main {
      --_call-most: var(--as-call-max-block-size, calc(100svh - 20rem));
    }

    .aside {
      display: flex;
      flex-direction: column;
      max-block-size: max(32rem, 100svh - 15rem);
    }

    .aside > * {
      flex: none;
    }

    .aside > .scroller {
      flex: 0 1 auto;
      min-block-size: 8rem;
      --_notes-header: sticky;
      margin: calc(-1 * var(--_s1));
      padding: var(--_s1);
      overflow: auto;
    }
  }

  @container (min-width: 62.51rem) {
    .main {
      --_call-most: var(--as-call-max-block-size, calc(100svh - 15rem));
    }

    .aside {
      max-block-size: max(32rem, 100svh - 9rem);
    }

    .trouble {
      order: 1;
    }

    .queue-list {
      max-block-size: max(24rem, 100svh - 14rem);
      margin: calc(-1 * var(--_s1));
      padding: var(--_s1);
      overflow: auto;
      scrollbar-width: thin;
    }
  }

  @container (max-width: 62.5rem) {
    .board {
      grid-template-columns: minmax(0, 3fr) minmax(17rem, 2fr);
      gap: var(--_s4);
    }

    .queue {
      grid-column: 1 / -1;
      grid-template-columns: auto 1fr;
      align-items: baseline;
      gap: var(--_s2) var(--_s4);
    }

    .queue > :nth-child(n + 3) {
      grid-column: 1 / -1;
    }

    .queue h2 {
      font-size: var(--_t-lead);
    }

    .queue-list {
      display: flex;
      gap: var(--_s2);
      margin-inline: calc(-1 * var(--_s1));
      padding: var(--_s1);
      overflow-x: auto;
      scrollbar-width: thin;
    }

    .queue-list li {
      flex: 0 0 auto;
    }

    .item {
      min-inline-size: 11rem;
      border-color: var(--_line);
    }
  }

  @container (max-width: 43.75rem) {
    .board {
      --_inset: var(--as-inset, var(--_s4));

      grid-template-columns: minmax(0, 1fr);
    }

    .panes {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: var(--_s1);
      padding: var(--_s1);
      border-radius: var(--_radius);
      background: var(--_quiet);
    }

    .panes .button {
      border-color: transparent;
    }

    .panes [aria-pressed='true'] {
      background: var(--_surface);
      border-color: var(--_edge);
    }

    [data-pane='notes'] .main,
    [data-pane='call'] .aside {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .item,
    .panes .button {
      border-color: Canvas;
    }

    .item[aria-current='true'],
    .panes [aria-pressed='true'] {
      border: 3px solid Highlight;
    }
  }
`;
