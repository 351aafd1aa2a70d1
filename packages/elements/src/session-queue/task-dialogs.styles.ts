import { css } from 'lit';

export const taskDialogsStyles = css`
  .whose {
    font-weight: 600;
  }

  .commands {
    display: grid;
    gap: var(--_s2);
  }

  .commands .button {
    justify-content: start;
    text-align: start;
  }

  .field {
    display: grid;
    gap: var(--_s1);
  }

  .field > label {
    font-weight: 600;
  }

  textarea,
  #late-own {
    inline-size: 100%;
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    line-height: inherit;
    resize: vertical;
  }

  #late-own {
    inline-size: 6em;
    min-block-size: var(--_target);
  }

  [data-wrong] {
    padding-inline-start: var(--_s3);
    border-inline-start: 4px solid var(--_danger);
  }

  .wrong {
    color: var(--_danger);
    font-weight: 600;
  }

  .wrong:empty,
  .expected:empty {
    display: none;
  }

  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(9em, 1fr));
    gap: 0 var(--_s3);
  }

  .choice {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: var(--_target);
    cursor: pointer;
  }

  .choice:last-child {
    grid-column: 1 / -1;
  }

  .choice input {
    flex: none;
    inline-size: 1.375em;
    block-size: 1.375em;
    margin: 0;
    accent-color: var(--_accent);
  }

  .expected {
    font-weight: 600;
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
