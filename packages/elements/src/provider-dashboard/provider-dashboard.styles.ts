import { css } from 'lit';

export const providerDashboardStyles = css`
  .board {
    display: grid;
    grid-template-columns: 14rem minmax(0, 1fr) minmax(17rem, 22rem);
    gap: var(--_s6);
    align-items: start;
    padding: var(--_inset);
  }

  .queue {
    --as-inset: 0;
  }

  .main {
    --_guests: 0rem;

    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    row-gap: var(--_s3);
    min-inline-size: 0;
  }

  .main > * {
    grid-column: 1 / -1;
    min-inline-size: 0;
  }

  .main > details {
    grid-column: 1;
  }

  /* The button to invite stands beside what the patient wants; who is invited takes room from the picture. */
  [data-guests='0'] > .guests {
    grid-column: 2;
    container-type: normal;
  }

  [data-guests='0'] > details + .guests::part(invite-button) {
    margin-inline-start: var(--_s3);
  }

  [data-guests='1'],
  [data-guests='2'] {
    --_guests: 8.5rem;
  }

  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--_s1) var(--_s3);
    align-items: center;
  }

  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--_s1) var(--_s3);
  }

  /* Room is kept: it says something else with everything that the patient does. */
  .sees {
    grid-column: 1 / -1;
    min-block-size: 1lh;
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

  .aside {
    display: grid;
    gap: var(--_s4);
  }

  provider-notes,
  session-history {
    --as-inset: 0;
  }

  .tabs,
  .panes {
    grid-template-columns: 1fr 1fr;
    gap: var(--_s1);
    padding: var(--_s1);
    border-radius: var(--_radius);
    background: var(--_quiet);
  }

  .tabs {
    display: grid;
  }

  .tabs .button,
  .panes .button {
    padding-inline: var(--_s2);
    border-color: transparent;
  }

  .tabs [aria-selected='true'],
  .panes [aria-pressed='true'] {
    background: var(--_surface);
    border-color: var(--_edge);
  }

  note-composer {
    --as-inset: var(--_s4);
    --_field-most: 10lh;

    background: var(--_quiet);
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
      --_call-most: var(--as-call-max-block-size, calc(100svh - 20rem - var(--_guests)));
    }

    .aside {
      display: flex;
      flex-direction: column;
      max-block-size: max(40rem, 100svh - 15rem);
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
      --_call-most: var(--as-call-max-block-size, calc(100svh - 15rem - var(--_guests)));
    }

    .aside {
      max-block-size: max(40rem, 100svh - 9rem);
    }

    .queue {
      max-block-size: max(24rem, 100svh - 9rem);
    }
  }

  @container (max-width: 62.5rem) {
    .board {
      grid-template-columns: minmax(0, 3fr) minmax(17rem, 2fr);
      gap: var(--_s4);
    }

    .queue {
      grid-column: 1 / -1;
    }
  }

  @container (max-width: 43.75rem) {
    .board {
      --_inset: var(--as-inset, var(--_s4));

      grid-template-columns: minmax(0, 1fr);
    }

    .panes {
      display: grid;
    }

    .main {
      grid-template-columns: minmax(0, 1fr);
    }

    .main > .guests {
      grid-column: 1;
    }

    [data-guests='0'] > details + .guests::part(invite-button) {
      margin-inline-start: 0;
    }

    [data-pane='notes'] .main,
    [data-pane='call'] .aside {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .tabs .button,
    .panes .button {
      border-color: Canvas;
    }

    .tabs [aria-selected='true'],
    .panes [aria-pressed='true'] {
      border: 3px solid Highlight;
    }
  }
`;
