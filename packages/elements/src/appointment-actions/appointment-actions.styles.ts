import { css } from 'lit';

export const appointmentActionsStyles = css`
  :host {
    background: none;
    border-radius: 0;
  }

  :host(:state(empty)) {
    display: none;
  }

  .offers {
    gap: var(--_s2);
  }

  .offers .button {
    padding-inline: var(--_s3);
    font-weight: 500;
    text-decoration: none;
  }

  .offers .icon {
    inline-size: 1.125em;
    block-size: 1.125em;
    color: var(--_muted);
  }

  .notice {
    margin-block-end: var(--_s3);
  }

  .notice:last-child {
    margin-block-end: 0;
  }

  .notice.good > .icon {
    color: var(--_good);
  }

  .notice:focus-visible {
    outline-offset: 0;
  }

  dialog.change {
    inline-size: min(40rem, calc(100vw - 32px));
  }

  .inside {
    container-type: inline-size;
  }

  .standing {
    font-weight: 500;
  }

  .field {
    display: grid;
  }

  .chosen {
    flex: 0 0 100%;
  }

  .forth {
    position: sticky;
    inset-block-end: calc(-1 * var(--_s6));
    z-index: 1;
    margin-block-end: calc(-1 * var(--_s6));
    padding-block: var(--_s3) calc(var(--_s6) + env(safe-area-inset-bottom));
    background: var(--_surface);
  }

  dialog .choice input {
    scroll-margin-block-end: 12rem;
  }

  @container (max-width: 26rem) {
    .offers .button {
      flex: 1 1 100%;
      justify-content: flex-start;
    }

    .forth .button {
      flex: 1 1 auto;
      padding-inline: var(--_s4);
    }
  }

  @media (forced-colors: active) {
    .forth {
      background: Canvas;
    }
  }

  /* A phone on its side has no room for what stays. */
  @media (max-height: 30rem) {
    .forth {
      position: static;
    }
  }

  @media (max-width: 30rem) {
    dialog {
      padding: var(--_s4);
    }

    dialog.change {
      inline-size: 100vw;
      max-inline-size: 100vw;
      block-size: 100dvh;
      max-block-size: 100dvh;
      border: 0;
      border-radius: 0;
    }

    .forth {
      inset-block-end: calc(-1 * var(--_s4));
      margin-block-end: calc(-1 * var(--_s4));
      padding-block-end: calc(var(--_s4) + env(safe-area-inset-bottom));
    }
  }
`;
