import { css } from 'lit';

/** What the provider of a session can do with a note. */
export const ownActsStyles = css`
  /* As large as a finger, and no higher than a line of the note. */
  .own {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_s1);
    margin: var(--_s1) calc(-1 * var(--_s3)) calc(-1 * var(--_s3));
  }

  .own .act {
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
    cursor: pointer;
  }

  .own .act:hover {
    color: var(--_text);
  }

  .quote {
    max-inline-size: 100%;
    max-block-size: 6lh;
    overflow: hidden;
    padding-inline-start: var(--_s3);
    border-inline-start: 4px solid var(--_edge);
    color: var(--_muted);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  @media print {
    .own {
      display: none;
    }
  }
`;
