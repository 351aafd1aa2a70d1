import { css } from 'lit';

/** What every copy for paper has: black on white, notes in one piece, and the addresses of links, which one can't press. */
export const paperStyles = css`
  :host {
    background: #fff;
    color: #000;
    font-size: 11pt;
    container-type: normal;
  }

  .paper {
    display: grid;
    gap: var(--_s4);
  }

  h1 {
    margin: 0;
    font-size: 1.5em;
    line-height: var(--_leading-heading);
  }

  .note {
    break-inside: avoid;
  }

  .text a::after {
    content: ' (' attr(href) ')';
    overflow-wrap: anywhere;
  }

  .copy,
  .visually-hidden {
    display: none;
  }
`;
