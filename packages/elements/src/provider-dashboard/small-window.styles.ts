import { css } from 'lit';

/** What stands in the small window beside the elements: the whole of it is one column. */
export const smallWindowStyles = css`
  :host {
    margin: 0;
    min-block-size: 100vh;
    border-radius: 0;
  }

  .window {
    display: grid;
    align-content: start;
    gap: var(--_s3);
    padding: var(--_s3);
  }

  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--_s1) var(--_s3);
  }

  .timer {
    font-variant-numeric: tabular-nums;
  }

  .stage {
    display: grid;
    place-items: center;
    min-block-size: 9rem;
    max-block-size: 45vh;
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_stage);
    color: var(--_stage-text);
    text-align: center;
  }

  .stage > * {
    grid-area: 1 / 1;
  }

  .stage p {
    padding: var(--_s4);
  }

  video {
    display: block;
    inline-size: 100%;
    max-block-size: 45vh;
    object-fit: contain;
  }

  note-composer {
    --as-inset: var(--_s3);

    background: var(--_quiet);
  }
`;
