import { css } from 'lit';
import { tokenDeclarations } from './tokens.generated.js';

/**
 * What a portal sets (`--as-…`), with what is taken where it does not. Light or dark follows the portal's own
 * `color-scheme`: a page that declares none stays light, whatever the system prefers.
 */
const foundation = css`
  :host {
    --_inset: var(--as-inset, var(--_s6));

    display: block;
    box-sizing: border-box;
    container-type: inline-size;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    line-height: var(--_leading);
    border-radius: var(--_radius-card);
    text-align: start;
    overflow-wrap: break-word;
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

  /* A long word in large text is broken before it sticks out. */
  h2,
  h3,
  h4,
  p,
  dd {
    overflow-wrap: anywhere;
  }

  h2 {
    font-size: var(--_t-title);
    font-weight: 650;
    line-height: var(--_leading-heading);
    text-wrap: balance;
    letter-spacing: -0.01em;
  }

  h3 {
    font-size: var(--_t-lead);
    font-weight: 650;
    line-height: var(--_leading-heading);
  }

  h2:focus,
  h3:focus {
    outline: none;
  }

  .muted {
    color: var(--_muted);
  }

  .small {
    font-size: var(--_t-note);
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

export const tokens = [tokenDeclarations, foundation];
