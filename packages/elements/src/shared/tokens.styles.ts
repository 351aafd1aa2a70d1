import { css } from 'lit';

/**
 * What a portal sets (`--as-…`), with what is taken where it does not. Light or dark follows the portal's own
 * `color-scheme`: a page that declares none stays light, whatever the system prefers.
 */
export const tokens = css`
  :host {
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
    --_warning-surface: var(--as-warning-surface, light-dark(#fff6df, #33290f));
    --_danger-surface: var(--as-danger-surface, light-dark(#fdeeec, #3a1a19));
    --_good: var(--as-good, light-dark(#17693a, #85d8a4));
    --_focus: var(--as-focus, light-dark(#0b5c9e, #8cc4f5));
    --_radius: var(--as-radius, 6px);
    --_radius-card: var(--as-radius-card, 12px);
    --_space: var(--as-space, 4px);
    --_s1: var(--_space);
    --_s2: calc(var(--_space) * 2);
    --_s3: calc(var(--_space) * 3);
    --_s4: calc(var(--_space) * 4);
    --_s6: calc(var(--_space) * 6);
    --_s8: calc(var(--_space) * 8);
    --_s12: calc(var(--_space) * 12);
    --_inset: var(--as-inset, var(--_s6));

    display: block;
    box-sizing: border-box;
    container-type: inline-size;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    line-height: 1.5;
    border-radius: var(--_radius-card);
    text-align: start;
    -webkit-tap-highlight-color: transparent;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  h4,
  p,
  ol,
  ul,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  ol,
  ul {
    /* An empty marker, not "none": with that one Safari takes the list for no list. */
    list-style: '';
  }

  h2 {
    font-size: 1.375em;
    font-weight: 650;
    line-height: 1.2;
    text-wrap: balance;
    letter-spacing: -0.01em;
  }

  h3 {
    font-size: 1.125em;
    font-weight: 650;
    line-height: 1.3;
  }

  h2:focus,
  h3:focus {
    outline: none;
  }

  .muted {
    color: var(--_muted);
  }

  .small {
    font-size: 0.9375em;
  }

  .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }

  [hidden] {
    display: none !important;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
