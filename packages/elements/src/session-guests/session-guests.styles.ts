import { css } from 'lit';

export const sessionGuestsStyles = css`
  .area {
    display: grid;
    gap: var(--_s3);
    justify-items: start;
  }

  .guests {
    display: grid;
    gap: var(--_s2);
    inline-size: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .guest {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s1) var(--_s3);
    padding: var(--_s1) var(--_s3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }

  /* Somebody waits for an answer: not by colour alone, the words say it too. */
  .guest[data-status='asking'] {
    border-color: var(--_accent);
    border-inline-start-width: 4px;
  }

  .whom {
    display: grid;
    min-inline-size: min(11em, 100%);
    flex: 1;
    line-height: var(--_leading-label);
    overflow-wrap: anywhere;
  }

  /* On one line with the name where there is room, so that the call below stays in sight. */
  .guest .actions {
    flex-wrap: nowrap;
    gap: var(--_s2);
  }

  .guest .button {
    padding-inline: var(--_s3);
  }

  .guest .icon-only {
    flex: none;
    min-inline-size: var(--_target);
    inline-size: var(--_target);
    min-block-size: var(--_target);
    padding: 0;
  }

  .guest > .wrong {
    flex-basis: 100%;
  }

  .field {
    display: grid;
    gap: var(--_s1);
  }

  .field > label,
  legend {
    padding: 0;
    font-weight: 600;
  }

  input[type='text'] {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  #link {
    background: var(--_quiet);
    text-overflow: ellipsis;
  }

  fieldset {
    display: grid;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .choice {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: var(--_target);
    cursor: pointer;
  }

  .choice input {
    flex: none;
    inline-size: 1.375em;
    block-size: 1.375em;
    margin: 0;
    accent-color: var(--_accent);
  }

  [data-wrong] {
    padding-inline-start: var(--_s3);
    border-inline-start: 4px solid var(--_danger);
  }

  .wrong {
    color: var(--_danger);
    font-weight: 600;
  }

  /* Room is kept for what is said of copying. */
  .outcome {
    min-block-size: 1lh;
  }

  @media (max-height: 50rem) {
    .full {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .choice {
      padding-inline: var(--_s2);
      border: 1px solid;
    }
  }
`;
