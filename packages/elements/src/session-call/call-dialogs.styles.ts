import { css } from 'lit';

/** The dialogs lie over the page, so they have the portal's colours and not those of the stage. */
export const callDialogsStyles = css`
  .choice {
    display: grid;
    gap: var(--_s1);
  }

  .end-dialog .stack {
    gap: var(--_s6);
  }

  .end-dialog .plain {
    justify-self: center;
  }

  .device {
    display: grid;
    gap: var(--_s1);
    font-weight: 600;
  }

  .device select {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    font-weight: 400;
    text-overflow: ellipsis;
  }

  .extras {
    display: grid;
    gap: var(--_s2);
  }

  .extras:not(:has(button)) {
    display: none;
  }

  .extras .button {
    justify-content: start;
    text-align: start;
  }

  .measured {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s1) var(--_s4);
  }

  .measured div {
    display: flex;
    gap: var(--_s2);
  }

  .measured dt {
    color: var(--_muted);
  }

  .measured dd {
    font-variant-numeric: tabular-nums;
  }

  .keys {
    grid-template-columns: max-content 1fr;
    gap: var(--_s1) var(--_s4);
    margin-block: var(--_s2);
  }

  kbd {
    display: inline-block;
    min-inline-size: 1.75em;
    padding-inline: var(--_s1);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    font: inherit;
    text-align: center;
  }

  /* There is a button for it beside the others. */
  @container (min-width: 35rem) {
    .extras .share {
      display: none;
    }
  }

  /* On a phone they come from below, under the thumb. */
  @media (max-width: 35rem) {
    dialog {
      inline-size: 100%;
      max-inline-size: 100%;
      margin-block-end: 0;
      padding-block-end: max(var(--_s6), env(safe-area-inset-bottom));
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
  }
`;
