import { css } from 'lit';

export const activeSessionStyles = css`
  .card {
    max-inline-size: 46rem;
  }

  .person {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s2) var(--_s3);
    inline-size: 100%;
    padding-block-end: var(--_s4);
    margin-block-end: var(--_s2);
    border-block-end: 1px solid var(--_line);
  }

  .person p {
    display: grid;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }

  .person b {
    font-weight: 600;
  }

  .person .trouble {
    margin-inline-start: auto;
  }

  .opens {
    display: grid;
    gap: var(--_s1);
  }

  .facts {
    padding-block-start: var(--_s4);
    border-block-start: 1px solid var(--_line);
  }

  .layout {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s4);
  }

  .below {
    padding: 0 var(--_inset) var(--_inset);
    max-inline-size: 46rem;
  }

  .below provider-notes {
    --as-inset: 0;
  }

  .beside provider-notes {
    --as-inset: var(--_s2);
  }

  .next {
    display: grid;
    gap: var(--_s3);
    justify-items: start;
    padding: var(--_s4);
    border-radius: var(--_radius);
    background: var(--_quiet);
  }

  .backward {
    display: flex;
  }

  .backward:dir(rtl) {
    scale: -1 1;
  }

  .over {
    margin-block-start: var(--_s2);
  }

  @container (max-width: 26.25rem) {
    .card {
      --_inset: var(--as-inset, var(--_s4));
    }

    .below {
      padding-inline: var(--as-inset, var(--_s4));
    }
  }

  @container (min-width: 56.25rem) {
    .layout.with-notes {
      grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
    }

    /* As high as the call and no higher: long notes scroll beside it, and the picture stays in view. */
    .beside {
      position: relative;
    }

    .scroller {
      position: absolute;
      inset: 0;
      overflow: auto;
      --_notes-header: sticky;
      border: 1px solid var(--_line);
      border-radius: var(--_radius-card);
      padding: var(--_s2);
    }
  }
`;
