import { css } from 'lit';

export const callControlsStyles = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_s4);
    padding: var(--_s3) var(--_s4) max(var(--_s3), env(safe-area-inset-bottom));
    /* In reach, also where what is said is longer than the screen. */
    position: sticky;
    inset-block-end: var(--_call-foot, 0);
    z-index: 2;
    background: var(--_surface);
  }

  .control {
    display: grid;
    justify-items: center;
    align-content: start;
    gap: 2px;
    min-inline-size: 76px;
    padding: var(--_s1);
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_text);
    font-size: var(--_t-small);
    line-height: var(--_leading-label);
    cursor: pointer;
  }

  .control .round {
    display: grid;
    place-items: center;
    inline-size: 52px;
    block-size: 52px;
    margin-block-end: 2px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_quiet);
    font-size: var(--_t-lead);
  }

  .control:is(.microphone, .camera)[aria-pressed='false'] .round,
  .control.share[aria-pressed='true'] .round {
    background: var(--_text);
    color: var(--_surface);
  }

  .control .word {
    color: var(--_muted);
  }

  .control.end {
    margin-inline-start: var(--_s8);
  }

  .control.end .round {
    background: var(--_stage-danger);
    color: var(--_stage-on-danger);
  }

  .control[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  @container (max-width: 35rem) {
    .controls {
      justify-content: space-between;
      gap: var(--_s1);
      padding-inline: max(var(--_s3), env(safe-area-inset-left)) max(var(--_s3), env(safe-area-inset-right));
    }

    /* They share the row evenly. */
    .control {
      flex: 1 1 auto;
      min-inline-size: 54px;
      padding-inline: 0;
    }

    .control .label {
      overflow-wrap: anywhere;
    }

    .control.end {
      margin-inline-start: 0;
    }

    .control.share {
      display: none;
    }
  }

  /* A column of a small phone: one row all the same. */
  @container (max-width: 17.5rem) {
    .controls {
      gap: 0;
      padding-inline: var(--_s1);
    }

    .control {
      flex: 1 1 0;
      min-inline-size: 52px;
      hyphens: auto;
    }
  }

  @media (max-height: 30rem) {
    @container (min-width: 30rem) {
      .controls {
        flex-flow: column;
        flex-wrap: nowrap;
        justify-content: start;
        gap: var(--_s1);
        padding: var(--_s2);
        padding-inline-end: max(var(--_s2), env(safe-area-inset-right));
        inset-block: 0 auto;
        align-self: start;
      }

      .control {
        padding-block: 0;
      }

      .control .round {
        inline-size: 44px;
        block-size: 44px;
        margin: 0;
      }

      /* The button's own shape says it, where there is no room for the word. */
      .control .word {
        display: none;
      }

      .control.end {
        margin-block-start: var(--_s2);
        margin-inline-start: 0;
      }
    }
  }

  @media (forced-colors: active) {
    .control .round {
      border-color: ButtonText;
    }

    .control:is(.microphone, .camera)[aria-pressed='false'] .round,
    .control.share[aria-pressed='true'] .round {
      border-width: 3px;
      border-color: Highlight;
    }
  }
`;
