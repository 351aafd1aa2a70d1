/** Made by scripts/tokens.mjs of packages/elements/tokens; do not edit. */
import { css } from 'lit';

export const tokenDeclarations = css`
  :host {
    --_space: var(--as-space, 4px);
    --_s1: var(--_space);
    --_s2: calc(var(--_space) * 2);
    --_s3: calc(var(--_space) * 3);
    --_s4: calc(var(--_space) * 4);
    --_s6: calc(var(--_space) * 6);
    --_s8: calc(var(--_space) * 8);
    --_s12: calc(var(--_space) * 12);
    --_radius: var(--as-radius, 6px);
    --_radius-card: var(--as-radius-card, 12px);
    --_target: 44px;
    --_t-small: 0.8125em;
    --_t-note: 0.9375em;
    --_t-text: 1em;
    --_t-lead: 1.125em;
    --_t-title: 1.375em;
    --_t-large: 1.75em;
    --_leading: 1.5;
    --_leading-label: 1.35;
    --_leading-heading: 1.2;
    --_quick: 120ms;
    --_calm: 180ms;
    --_stage: var(--as-stage, #11161b);
    --_stage-backdrop: var(--as-stage-backdrop, #0a0d10);
    --_stage-quiet: var(--as-stage-quiet, #262e36);
    --_stage-text: var(--as-stage-text, #f1f4f6);
    --_stage-muted: var(--as-stage-text-muted, #b3bec8);
    --_stage-edge: var(--as-stage-edge, #8694a1);
    --_stage-focus: var(--as-stage-focus, #ffd866);
    --_stage-danger: var(--as-stage-danger, #c62f21);
    --_stage-on-danger: var(--as-stage-on-danger, #ffffff);
    --_stage-fair: var(--as-stage-fair, #ffd866);
    --_stage-poor: var(--as-stage-poor, #ffab9f);
    --_stage-veil: var(--as-stage-veil, rgb(10 13 16 / 88%));
    --_accent: var(--as-accent, light-dark(#0b5c9e, #8cc4f5));
    --_on-accent: var(--as-on-accent, light-dark(#ffffff, #05233f));
    --_surface: var(--as-surface, light-dark(#ffffff, #14181d));
    --_quiet: var(--as-surface-quiet, light-dark(#f3f6f8, #1e242b));
    --_text: var(--as-text, light-dark(#17212b, #eef2f5));
    --_muted: var(--as-text-muted, light-dark(#52606d, #aab6c2));
    --_line: var(--as-line, light-dark(#d9e0e6, #353f49));
    --_edge: var(--as-edge, light-dark(#76838f, #808d99));
    --_danger: var(--as-danger, light-dark(#b3261e, #ffa198));
    --_on-danger: var(--as-on-danger, light-dark(#ffffff, #45070a));
    --_danger-surface: var(--as-danger-surface, light-dark(#fdeeec, #3a1a19));
    --_warning: var(--as-warning, light-dark(#8a5a00, #e3b341));
    --_warning-surface: var(--as-warning-surface, light-dark(#fff6df, #33290f));
    --_good: var(--as-good, light-dark(#17693a, #85d8a4));
    --_focus: var(--as-focus, light-dark(#0b5c9e, #8cc4f5));
    --_scrim: var(--as-scrim, light-dark(rgb(8 14 20 / 55%), rgb(0 0 0 / 65%)));
    --_shadow: var(--as-shadow, light-dark(rgb(0 0 0 / 20%), rgb(0 0 0 / 50%)));
  }
`;
