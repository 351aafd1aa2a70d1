import { css } from 'lit';

export const providerNotesStyles = css`
  .notes {
    display: grid;
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
    padding-block: var(--_s1);
    background: var(--_surface);
  }

  h2 {
    font-size: 1.125em;
  }

  h3 {
    font-size: 1em;
  }

  .list {
    display: grid;
    gap: var(--_s3);
  }

  .note {
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
    font-size: 0.8125em;
    color: var(--_muted);
  }

  .meta b {
    color: var(--_text);
    font-weight: 600;
  }

  .meta time {
    font-variant-numeric: tabular-nums;
  }

  .kind {
    padding: 0 var(--_s2);
    border-radius: 99px;
    background: var(--_quiet);
    color: var(--_text);
    font-weight: 600;
  }

  .text {
    margin-block-start: var(--_s1);
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

  .fresh {
    border-color: var(--_accent);
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

  .group {
    display: grid;
    gap: var(--_s3);
  }

  .group + .group {
    margin-block-start: var(--_s4);
  }
`;
