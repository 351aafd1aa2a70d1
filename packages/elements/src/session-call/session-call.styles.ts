import { css } from 'lit';
import { callControlsStyles } from './call-controls.styles.js';
import { stageStyles } from './stage.styles.js';
import { tilesStyles } from './tiles.styles.js';

/** The stage is dark in every scheme, so it has its own colours; `--as-stage-…` sets them. */
const areaStyles = css`
  .call {
    --_surface: var(--_stage);
    --_quiet: var(--_stage-quiet);
    --_text: var(--_stage-text);
    --_muted: var(--_stage-muted);
    --_accent: var(--as-stage-accent, color-mix(in oklab, var(--as-accent, #8cc4f5) 40%, white));
    --_on-accent: var(--as-stage-on-accent, color-mix(in oklab, var(--as-accent, #0b5c9e) 20%, black));
    --_edge: var(--_stage-edge);
    --_focus: var(--_stage-focus);
    --_most: var(--_call-most, var(--as-call-max-block-size, 84svh));

    color-scheme: dark;
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: clamp(min(var(--_call-least, 26rem), 92svh), 56.25cqi + 9rem, var(--_most));
    overflow: clip;
    border-radius: var(--_radius-card);
    background: var(--_surface);
    color: var(--_text);
  }

  /* Above the pictures, and on the stage's own colours. */
  .call:focus-visible {
    outline: none;
  }

  .call:focus-visible::after {
    content: '';
    position: absolute;
    inset: 0;
    z-index: 3;
    border: 3px solid var(--_focus);
    border-radius: inherit;
    pointer-events: none;
  }

  /* The portal's accent, as light as the dark stage needs it and no paler. */
  @supports (color: oklch(from red l c h)) {
    .call {
      --_accent: var(--as-stage-accent, oklch(from var(--as-accent, #8cc4f5) max(l, 0.78) min(c, 0.14) h));
    }
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--_s4);
    min-block-size: 52px;
    padding: var(--_s2) var(--_s4);
    padding-inline: max(var(--_s4), env(safe-area-inset-left)) max(var(--_s4), env(safe-area-inset-right));
  }

  .bar b {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .facts-now {
    display: inline-flex;
    align-items: center;
    gap: var(--_s3);
  }

  .timer {
    font-variant-numeric: tabular-nums;
    color: var(--_muted);
  }

  .quality {
    display: inline-flex;
    align-items: center;
    gap: var(--_s1);
    min-inline-size: 4.25em;
    font-size: var(--_t-note);
  }

  .quality[data-quality='fair'] path:nth-of-type(n + 4),
  .quality[data-quality='poor'] path:nth-of-type(n + 3) {
    opacity: 0.3;
  }

  .quality[data-quality='fair'] {
    color: var(--_stage-fair);
  }

  .quality[data-quality='poor'] {
    color: var(--_stage-poor);
  }

  @container (max-width: 35rem) {
    .call {
      min-block-size: clamp(min(var(--_call-least, 26rem), 92svh), 76cqi + 9rem, min(80svh, var(--_most)));
    }
  }

  @container (max-width: 26.875rem) {
    .call {
      min-block-size: clamp(min(var(--_call-least, 26rem), 92svh), 100cqi + 8.5rem, min(78svh, var(--_most)));
    }
  }

  /* A phone on its side: the picture has the height, the controls stand beside it under the thumb. */
  @media (max-height: 30rem) {
    @container (min-width: 30rem) {
      .call {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto;
        min-block-size: min(22rem, 96svh);
      }

      .bar {
        min-block-size: var(--_target);
        padding-block: 0;
      }

      .call > .controls {
        grid-area: 1 / 2 / 3 / 3;
      }
    }
  }

  .call:fullscreen {
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 0;
    border-radius: 0;
  }

  @media (forced-colors: active) {
    .call {
      border: 1px solid;
    }
  }
`;

export const sessionCallStyles = [areaStyles, stageStyles, tilesStyles, callControlsStyles];
