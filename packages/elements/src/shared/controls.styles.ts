import { css } from 'lit';

/** Buttons, notices, avatars and skeletons, the same in every element. */
export const controls = css`
  button,
  textarea,
  select,
  input {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  :focus-visible {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_s2);
    min-block-size: var(--_target);
    padding: var(--_s2) var(--_s4);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: transparent;
    color: var(--_text);
    font-weight: 600;
    line-height: var(--_leading-label);
    text-align: center;
    cursor: pointer;
    transition: background-color var(--_quick);
  }

  .button:hover {
    background: color-mix(in oklab, currentcolor 8%, transparent);
  }

  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
    padding-inline: calc(var(--_space) * 5);
  }

  .button.primary:hover {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  .button.danger {
    border-color: transparent;
    background: var(--_danger);
    color: var(--_on-danger);
  }

  .button.danger:hover {
    background: color-mix(in oklab, var(--_danger) 88%, var(--_text));
  }

  .button.plain {
    border-color: transparent;
    padding-inline: var(--_s2);
    color: var(--_accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }

  .button[aria-disabled='true'] {
    cursor: default;
    opacity: 0.75;
  }

  .button.large {
    min-block-size: 52px;
    padding-inline: var(--_s8);
    font-size: var(--_t-lead);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s3);
  }

  .notice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--_s1) var(--_s3);
    align-items: start;
    padding: var(--_s3) var(--_s4);
    border-radius: var(--_radius);
    background: var(--_quiet);
    border-inline-start: 4px solid var(--_edge);
  }

  .notice > *,
  .notice a,
  .notice .button {
    overflow-wrap: anywhere;
  }

  .notice > .icon {
    margin-block-start: 0.125em;
  }

  .notice > :not(.icon) {
    grid-column: 2;
    justify-self: start;
  }

  .notice.warning {
    background: var(--_warning-surface);
    border-inline-start-color: var(--_warning);
  }

  .notice.danger {
    background: var(--_danger-surface);
    border-inline-start-color: var(--_danger);
  }

  .avatar {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 2.75em;
    block-size: 2.75em;
    border-radius: 50%;
    background: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
    color: color-mix(in oklab, var(--_accent) 78%, var(--_text));
    font-weight: 650;
    line-height: 1;
    letter-spacing: 0.02em;
    overflow: clip;
    user-select: none;
  }

  .skeleton {
    border-radius: var(--_radius);
    background: var(--_quiet);
    min-block-size: 1em;
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  @keyframes breathe {
    to {
      opacity: 0.55;
    }
  }

  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s4);
    justify-items: start;
  }

  .stack > .wide {
    justify-self: stretch;
  }

  .card {
    padding: var(--_inset);
  }

  /* One sentence that is all there is to see. */
  .card.alone {
    border-radius: var(--_radius-card);
    background: var(--_quiet);
  }

  /* In a narrow column buttons share its lines, so that no edge is ragged. */
  @container (max-width: 26.25rem) {
    .stack > .button,
    .stack > .actions {
      justify-self: stretch;
    }

    .actions > .button:not(.plain) {
      flex: 1 1 auto;
    }
  }

  .facts {
    display: grid;
    grid-template-columns: minmax(6em, max-content) 1fr;
    gap: var(--_s2) var(--_s6);
  }

  .facts dt {
    color: var(--_muted);
  }

  /* One term may have several. */
  .facts dd {
    grid-column: -2;
    overflow-wrap: anywhere;
  }

  @container (max-width: 23.75rem) {
    .facts {
      grid-template-columns: 1fr;
      gap: 0;
    }

    .facts dd:not(:last-child) {
      margin-block-end: var(--_s3);
    }
  }

  .countdown {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    font-variant-numeric: tabular-nums;
  }

  .countdown > span {
    display: grid;
    justify-items: center;
    min-inline-size: 5em;
    padding: var(--_s3) var(--_s2);
    border-radius: var(--_radius);
    background: var(--_quiet);
  }

  .countdown b {
    font-size: var(--_t-large);
    font-weight: 600;
    line-height: var(--_leading-heading);
  }

  .countdown small {
    font-size: var(--_t-small);
    color: var(--_muted);
  }

  dialog {
    inline-size: min(28rem, calc(100vw - 32px));
    max-block-size: calc(100dvh - 32px);
    overflow: auto;
    padding: var(--_s6);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 8px 32px var(--_shadow);
  }

  dialog::backdrop {
    background: var(--_scrim);
  }

  @media (forced-colors: active) {
    .button,
    .button.primary,
    .button.danger,
    .avatar,
    .countdown > span,
    .notice {
      border: 1px solid;
    }

    .button.plain {
      border-color: Canvas;
    }
  }
`;
