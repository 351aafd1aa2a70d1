import { css } from 'lit';

export const noteComposerStyles = css`
  .composer,
  .write,
  .unsent-notes,
  .elsewhere {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s3);
  }

  .composer {
    gap: var(--_s4);
    padding: var(--_inset);
  }

  .composer > .skeleton {
    block-size: 9em;
  }

  .whose h2 {
    font-size: var(--_t-lead);
  }

  .corrects {
    display: grid;
    justify-items: start;
    padding-inline-start: var(--_s3);
    border-inline-start: 4px solid var(--_edge);
    font-size: var(--_t-note);
    font-weight: 600;
  }

  .corrects .button {
    margin-inline-start: calc(-1 * var(--_s2));
  }

  .quote {
    max-inline-size: 100%;
    max-block-size: 3lh;
    overflow: hidden;
    color: var(--_muted);
    font-weight: 400;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .quote:empty {
    display: none;
  }

  dialog .quote {
    max-block-size: 6lh;
    padding-inline-start: var(--_s3);
    border-inline-start: 4px solid var(--_edge);
  }

  .closed {
    font-weight: 600;
  }

  /* The field is as high as its text: the same text stands behind it. */
  .grow {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }

  .grow::after {
    content: attr(data-text) ' ';
    visibility: hidden;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .grow::after,
  textarea {
    grid-area: 1 / 1;
    min-block-size: calc(4lh + 2 * var(--_s3) + 2px);
    max-block-size: var(--_field-most, max(12lh, 40svh));
    padding: var(--_s3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    line-height: var(--_leading);
  }

  textarea {
    inline-size: 100%;
    overflow: auto;
    background: var(--_surface);
    color: var(--_text);
    resize: none;
  }

  .grow::after {
    overflow: hidden;
  }

  textarea:read-only {
    background: var(--_quiet);
  }

  textarea[aria-invalid='true'] {
    border-color: var(--_danger);
  }

  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .problem {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--_s2);
    color: var(--_danger);
    font-weight: 600;
  }

  .problem .button {
    grid-column: 2;
    justify-self: start;
  }

  .room {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  .row,
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: var(--_s2) var(--_s3);
  }

  .kind-choice {
    display: grid;
    flex: 1 1 9em;
    min-inline-size: 0;
    max-inline-size: 20em;
  }

  select {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    text-overflow: ellipsis;
  }

  /* It keeps its room, so that nothing moves when a text is begun. */
  .foot {
    align-items: center;
    min-block-size: var(--_target);
  }

  .status {
    flex: 1 1 10em;
    min-inline-size: 0;
  }

  .foot-acts {
    display: flex;
    flex-wrap: wrap;
    margin-inline-end: calc(-1 * var(--_s2));
  }

  .outbox,
  .others {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s2);
  }

  h3 {
    font-size: var(--_t-text);
  }

  .unsent {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s1);
    padding: var(--_s3) var(--_s4);
    border: 1px dashed var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .about {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s1) var(--_s2);
    color: var(--_muted);
  }

  .kind {
    padding: 0 var(--_s2);
    border-radius: 1em;
    background: var(--_quiet);
    color: var(--_text);
    font-weight: 600;
  }

  .unsent .text {
    max-block-size: 6lh;
    overflow: hidden;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .unsent .state {
    color: var(--_muted);
  }

  .unsent.refused {
    border-color: var(--_danger);
  }

  .unsent.refused .state {
    color: var(--_danger);
    font-weight: 600;
  }

  .unsent .actions {
    gap: 0 var(--_s1);
    margin-block-start: var(--_s1);
  }

  .unsent .actions > .button:not(.plain) {
    flex: 0 1 auto;
    padding-inline: var(--_s3);
  }

  .elsewhere {
    gap: var(--_s2);
    padding-block-start: var(--_s3);
    border-block-start: 1px solid var(--_line);
  }

  .others .button {
    flex-wrap: wrap;
    justify-content: start;
    gap: 0 var(--_s2);
    inline-size: 100%;
    font-weight: 500;
    text-align: start;
    overflow-wrap: anywhere;
  }

  @container (max-width: 26.25rem) {
    .composer {
      padding: var(--as-inset, var(--_s4));
    }
  }

  @container (max-width: 20rem) {
    .row .button {
      flex: 1 1 auto;
    }
  }

  @media (forced-colors: active) {
    .kind {
      border: 1px solid;
    }
  }

  @media print {
    .composer {
      display: none;
    }
  }
`;
