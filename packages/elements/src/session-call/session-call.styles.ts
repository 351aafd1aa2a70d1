import { css } from 'lit';

/** The stage is dark in every scheme, so it has its own colours; `--as-stage-…` sets them. */
export const sessionCallStyles = css`
  .call {
    --_surface: var(--as-stage, #11161b);
    --_quiet: var(--as-stage-quiet, #262e36);
    --_text: var(--as-stage-text, #f1f4f6);
    --_muted: var(--as-stage-text-muted, #b3bec8);
    --_accent: var(--as-stage-accent, color-mix(in oklab, var(--as-accent, #8cc4f5) 40%, white));
    --_on-accent: var(--as-stage-on-accent, color-mix(in oklab, var(--as-accent, #0b5c9e) 20%, black));
    --_edge: #8694a1;
    --_focus: #ffd866;
    --_most: var(--_call-most, var(--as-call-max-block-size, 84svh));

    color-scheme: dark;
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: clamp(min(26rem, 92svh), 56.25cqi + 9rem, var(--_most));
    overflow: hidden;
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
  }

  .bar b {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .timer {
    font-variant-numeric: tabular-nums;
    color: var(--_muted);
  }

  .stage {
    position: relative;
    flex: 1;
    display: grid;
    min-block-size: 14rem;
    background: #0a0d10;
  }

  .remote {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }

  .remote[data-dim] {
    opacity: 0.35;
  }

  .message {
    position: relative;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--_s3);
    padding: var(--_s6) var(--_s4);
    text-align: center;
  }

  .message h2 {
    max-inline-size: 24em;
    font-size: 1.25em;
  }

  .message p {
    max-inline-size: 36em;
    color: var(--_muted);
  }

  .message .avatar {
    font-size: 1.75em;
    background: var(--_quiet);
    color: var(--_text);
  }

  .message.over {
    align-content: start;
  }

  .message.over h2 {
    padding: var(--_s2) var(--_s4);
    border-radius: var(--_radius);
    background: rgb(10 13 16 / 82%);
    font-size: 1em;
  }

  .message .actions {
    justify-content: center;
    margin-block-start: var(--_s2);
  }

  .busy {
    inline-size: min(12rem, 60%);
    block-size: 3px;
    overflow: hidden;
    border-radius: 2px;
    background: var(--_quiet);
  }

  .busy::before {
    content: '';
    display: block;
    inline-size: 40%;
    block-size: 100%;
    background: var(--_accent);
    animation: slide 1.4s ease-in-out infinite alternate;
  }

  @keyframes slide {
    to {
      margin-inline-start: 60%;
    }
  }

  .self {
    position: absolute;
    inset-block-end: var(--_s3);
    inset-inline-end: var(--_s3);
    display: grid;
    place-items: center;
    inline-size: clamp(92px, 20cqi, 208px);
    aspect-ratio: 4 / 3;
    padding: 0;
    overflow: hidden;
    border: 1px solid rgb(255 255 255 / 28%);
    border-radius: 10px;
    background: #1d242b;
    color: var(--_muted);
    font-size: 0.8125em;
    line-height: 1.3;
    cursor: pointer;
  }

  .self[data-corner='1'] {
    inset-block: var(--_s3) auto;
  }

  .self[data-corner='2'] {
    inset-block: var(--_s3) auto;
    inset-inline: var(--_s3) auto;
  }

  .self[data-corner='3'] {
    inset-inline: var(--_s3) auto;
  }

  .self video {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }

  .self .off {
    display: grid;
    justify-items: center;
    gap: var(--_s1);
    padding: var(--_s2);
  }

  /* Where words stand in place of the picture, the own picture has a row of its own and covers none of them. */
  .stage.worded {
    grid-template-rows: 1fr auto;
  }

  .stage.worded .avatar {
    display: none;
  }

  .stage.worded .self {
    position: static;
    justify-self: end;
    margin-block: 0 var(--_s3);
    margin-inline: 0 var(--_s3);
  }

  .tap {
    position: absolute;
    inset-block-end: var(--_s6);
    inset-inline: var(--_s4);
    margin-inline: auto;
    inline-size: fit-content;
  }

  .hint {
    padding: var(--_s2) var(--_s4);
    background: var(--_quiet);
    font-size: 0.9375em;
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_s4);
    padding: var(--_s3) var(--_s4) max(var(--_s3), env(safe-area-inset-bottom));
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
    font-size: 0.8125em;
    line-height: 1.3;
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
    font-size: 1.125rem;
  }

  .control[aria-pressed='false'] .round {
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
    background: var(--as-stage-danger, #c62f21);
    color: #fff;
  }

  .control[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

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

  @container (max-width: 35rem) {
    .call {
      min-block-size: clamp(min(26rem, 92svh), 76cqi + 9rem, min(80svh, var(--_most)));
    }

    .self {
      aspect-ratio: 3 / 4;
    }

    .controls {
      justify-content: space-between;
      gap: var(--_s2);
    }

    .control.end {
      margin-inline-start: auto;
    }
  }

  @container (max-width: 26.875rem) {
    .call {
      min-block-size: clamp(min(26rem, 92svh), 100cqi + 8.5rem, min(78svh, var(--_most)));
    }
  }

  @media (forced-colors: active) {
    .round,
    .self,
    .busy {
      border: 1px solid ButtonText;
    }

    .call {
      border: 1px solid;
    }
  }
`;
