import { css } from 'lit';
import { ownActsStyles } from './own-acts.styles.js';

const notes = css`
  .notes {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s4);
    padding: var(--_inset);
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--_s1) var(--_s4);
    position: var(--_notes-header, static);
    inset-block-start: calc(-1 * var(--_s2));
    z-index: 1;
    padding-block: var(--_s1);
    background: var(--_surface);
  }

  /* Where what is around the notes says it already, it is for assistive technology alone. */
  header h2 {
    position: var(--_notes-heading, static);
    clip-path: var(--_notes-heading-clip, none);
  }

  .counts {
    display: var(--_notes-counts, flex);
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--_s2);
  }

  h2 {
    font-size: var(--_t-lead);
  }

  h3 {
    font-size: var(--_t-text);
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_s2);
    margin-block: calc(-1 * var(--_s2));
  }

  .acts {
    display: flex;
    flex-wrap: wrap;
  }

  .acts .button:first-child,
  .hits .button,
  .correction .button {
    margin-inline-start: calc(-1 * var(--_s2));
  }

  .button.quiet {
    color: var(--_muted);
    font-size: var(--_t-note);
    font-weight: 500;
  }

  .search {
    position: relative;
    flex: 1 1 16em;
    min-inline-size: 0;
    margin-block: var(--_s1);
  }

  .search .icon {
    position: absolute;
    inset-block: 0;
    inset-inline-start: var(--_s3);
    margin-block: auto;
    color: var(--_muted);
    pointer-events: none;
  }

  .search input {
    inline-size: 100%;
    min-block-size: var(--_target);
    /* On both sides, because what is written there may go the other way than the page. */
    padding: 0 calc(var(--_s6) + var(--_s4));
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
  }

  .search input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .hits {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--_s3);
    overflow-wrap: anywhere;
  }

  .more {
    justify-self: center;
  }

  .lists,
  .found,
  .group {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s3);
  }

  .group + .group {
    margin-block-start: var(--_s4);
  }

  .list,
  .chunk {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s3);
  }

  /*
   * A chunk is laid out when it comes near the view. Until then it keeps about as much room as its notes take, and
   * afterwards exactly as much. The padding is for the focus ring, which would be cut off at the edge.
   */
  .chunk {
    --_note: 7.5rem;
    margin: calc(-1 * var(--_s2));
    padding: var(--_s2);
  }

  .chunk:not([data-size='few']) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto calc(50 * var(--_note));
  }

  .chunk[data-size='10'] {
    contain-intrinsic-block-size: auto calc(10 * var(--_note));
  }

  .chunk[data-size='20'] {
    contain-intrinsic-block-size: auto calc(20 * var(--_note));
  }

  .chunk[data-size='30'] {
    contain-intrinsic-block-size: auto calc(30 * var(--_note));
  }

  .chunk[data-size='40'] {
    contain-intrinsic-block-size: auto calc(40 * var(--_note));
  }

  .note {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    padding: var(--_s3) var(--_s4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s1) var(--_s2);
    font-size: var(--_t-small);
    color: var(--_muted);
  }

  .meta b {
    color: var(--_text);
    font-weight: 600;
  }

  .meta time {
    font-variant-numeric: tabular-nums;
  }

  .kind,
  .new {
    padding: 0 var(--_s2);
    border-radius: 1em;
    background: var(--_quiet);
    color: var(--_text);
    font-weight: 600;
  }

  .kind:empty {
    display: none;
  }

  .new {
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: var(--_t-small);
  }

  .meta .new {
    font-size: inherit;
  }

  .note > * {
    grid-column: 1 / -1;
  }

  .note > .meta {
    grid-column: 1;
  }

  /* Read after the note, seen beside its head. As large as a finger, and no higher than the line it stands in. */
  .note > .copy {
    grid-area: 1 / 2;
    align-self: start;
    margin-block: calc(-1 * var(--_s3));
    margin-inline-end: calc(-1 * var(--_s3));
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    padding: 0 var(--_s3);
    border: 0;
    border-radius: var(--_radius);
    background: transparent;
    color: var(--_muted);
    font-size: var(--_t-small);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
    user-select: none;
    cursor: pointer;
  }

  .copy:hover {
    color: var(--_text);
  }

  .correction {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_s2);
    margin-block-start: var(--_s2);
    padding-inline-start: var(--_s3);
    border-inline-start: 4px solid var(--_edge);
    font-size: var(--_t-note);
    font-weight: 600;
  }

  .gone,
  .text {
    margin-block-start: var(--_s1);
  }

  .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    max-inline-size: 68ch;
  }

  .text a {
    color: var(--_accent);
    text-underline-offset: 0.15em;
  }

  .withdrawn {
    border-style: dashed;
    color: var(--_muted);
  }

  /* Drawn by the mark, so that no other note has anything to be told of it. */
  .meta .new::before {
    content: '';
    position: absolute;
    inset: -1px;
    border: 1px solid var(--_accent);
    border-inline-start-width: 5px;
    border-radius: var(--_radius);
    pointer-events: none;
  }

  ::highlight(active-session-note-hit) {
    background-color: light-dark(#ffe08a, #6b5300);
    color: light-dark(#17212b, #ffffff);
  }

  .empty {
    padding: var(--_s6) var(--_s4);
    border: 1px dashed var(--_line);
    border-radius: var(--_radius);
    color: var(--_muted);
  }

  .empty strong {
    display: block;
    color: var(--_text);
    font-weight: 600;
  }

  .skeletons {
    display: grid;
    gap: var(--_s3);
  }

  .skeletons .skeleton {
    block-size: 5.25em;
  }

  /* Takes no room: where it comes and goes, nothing moves. */
  .jump {
    position: sticky;
    inset-block-end: var(--_s4);
    z-index: 1;
    display: flex;
    align-items: flex-end;
    justify-content: center;
    block-size: 0;
    margin-block-start: calc(-1 * var(--_s4));
  }

  .jump .button {
    border-radius: 1em;
    box-shadow: 0 2px 8px var(--_shadow);
  }

  @container (max-width: 26.25rem) {
    .notes {
      padding: var(--as-inset, var(--_s4));
    }

    .note {
      padding-inline: var(--_s3);
    }
  }

  @media (forced-colors: active) {
    .new,
    .kind {
      border: 1px solid;
    }
  }

  /* Whoever prints the page gets every note, whole, and nothing to press. */
  @media print {
    .chunk:not([data-size]),
    .chunk[data-size] {
      content-visibility: visible;
    }

    .tools,
    .jump,
    .copy,
    .correction .button,
    .hits .button {
      display: none;
    }

    .note {
      break-inside: avoid;
    }
  }
`;

export const providerNotesStyles = css`
  ${notes}
  ${ownActsStyles}
`;
