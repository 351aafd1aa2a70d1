import { css } from 'lit';

/** Several people at once: all as large, all whole. One alone has the stage. */
export const tilesStyles = css`
  .tiles,
  .tile {
    position: absolute;
    inset: 0;
  }

  .tiles.group {
    display: grid;
    grid-auto-rows: minmax(0, 1fr);
    gap: var(--_s1);
    padding: var(--_s1);
  }

  .group .tile {
    position: relative;
    inset: auto;
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_quiet);
  }

  .group .tile[hidden] {
    display: none;
  }

  .unseen {
    position: absolute;
    inset: 0;
    display: grid;
    align-content: start;
    justify-items: center;
    padding: var(--_s1) var(--_s3);
    color: var(--_muted);
    font-size: var(--_t-note);
    text-align: center;
  }

  .unseen .avatar {
    background: var(--_surface);
    color: var(--_text);
  }

  .caption {
    position: absolute;
    inset-block-end: var(--_s2);
    inset-inline-start: var(--_s2);
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_s2);
    max-inline-size: calc(100% - 2 * var(--_s2));
    padding: var(--_s1) var(--_s2);
    border-radius: var(--_radius);
    background: var(--_stage-veil);
    font-size: var(--_t-note);
    line-height: var(--_leading-label);
    overflow-wrap: anywhere;
  }

  .caption b {
    font-weight: 600;
  }

  .muted-microphone {
    display: inline-flex;
  }

  /* Under each other where it is narrow: the last one leaves room for the own picture beside its name. */
  .group .tile:last-child .caption {
    max-inline-size: calc(100% - clamp(92px, 20cqi, 208px) - 3 * var(--_s2));
  }

  .stage.several {
    min-block-size: max(var(--_stage-least, 14rem), 26rem);
  }

  @container (min-width: 35rem) {
    .unseen {
      align-content: center;
      gap: var(--_s1);
      padding-block-end: var(--_s12);
    }

    .tiles.group:not([data-count='1']) {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }

    .stage.several {
      min-block-size: max(var(--_stage-least, 14rem), 18rem);
    }
  }

  /* A phone on its side has room beside, and none below. */
  @media (max-height: 30rem) {
    .stage.several {
      min-block-size: 10rem;
    }

    @container (min-width: 30rem) {
      .tiles.group {
        grid-template-columns: none;
        grid-auto-columns: minmax(0, 1fr);
        grid-auto-flow: column;
      }
    }
  }

  @media (forced-colors: active) {
    .group .tile,
    .caption {
      border: 1px solid;
    }
  }
`;
