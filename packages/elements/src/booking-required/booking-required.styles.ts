import { css } from 'lit';

export const bookingRequiredStyles = css`
  :host(:not([inline])) {
    display: contents;
  }

  dialog {
    container-type: inline-size;
  }

  .content {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s4);
    justify-items: start;
  }

  :host([inline]) .content {
    padding: var(--_inset);
  }

  .sign {
    display: inline-grid;
    place-items: center;
    inline-size: 3em;
    block-size: 3em;
    border-radius: 50%;
    background: var(--_quiet);
    color: var(--_muted);
  }

  .sentence {
    max-inline-size: 34em;
  }

  .line {
    inline-size: 100%;
  }

  book-appointment {
    --as-inset: 0;
  }

  @container (max-width: 26.25rem) {
    .content > .actions {
      justify-self: stretch;
    }
  }

  @media (max-width: 22rem) {
    dialog {
      padding: var(--_s4);
    }

    .countdown > span {
      min-inline-size: 4.5em;
    }
  }

  .backward {
    display: flex;
  }

  .backward:dir(rtl) {
    scale: -1 1;
  }
`;
