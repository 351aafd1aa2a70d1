import { css } from 'lit';

export const deviceCheckStyles = css`
  /* Inside of a card, which has its own. */
  :host([slot='device-check']) {
    --_inset: 0px;
  }

  .check {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s4);
    max-inline-size: 64rem;
    padding: var(--_inset);
  }

  header {
    display: grid;
    gap: var(--_s1);
  }

  .parts,
  .rest {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s6);
    align-content: start;
  }

  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s3);
    align-content: start;
    justify-items: start;
  }

  h4 {
    font-size: var(--_t-text);
    font-weight: 600;
  }

  h4,
  .summary li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s1) var(--_s4);
    inline-size: 100%;
  }

  .name,
  .mark {
    display: inline-flex;
    align-items: center;
    gap: var(--_s2);
  }

  .mark {
    font-weight: 400;
    color: var(--_muted);
  }

  .mark.good {
    color: var(--_good);
  }

  .mark.bad {
    color: var(--_danger);
  }

  .mark.busy .icon {
    animation: turn 1.2s linear infinite;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  .summary {
    display: grid;
    gap: var(--_s2);
    max-inline-size: 26rem;
  }

  .folded {
    gap: var(--_s3);
    justify-items: start;
  }

  .folded > .summary {
    justify-self: stretch;
  }

  .picture {
    position: relative;
    display: grid;
    inline-size: 100%;
    aspect-ratio: 4 / 3;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_quiet);
  }

  .picture.on {
    border-color: var(--_stage-backdrop);
    background: var(--_stage-backdrop);
  }

  .picture > * {
    grid-area: 1 / 1;
    min-inline-size: 0;
    min-block-size: 0;
  }

  video {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  video.mirrored {
    transform: scaleX(-1);
  }

  .instead {
    display: grid;
    gap: var(--_s2);
    place-content: center;
    justify-items: center;
    padding: var(--_s4);
    text-align: center;
  }

  .instead > .icon {
    inline-size: 2em;
    block-size: 2em;
    color: var(--_muted);
  }

  .meter {
    display: flex;
    gap: 2px;
    inline-size: 100%;
    block-size: 1.25em;
  }

  .meter > span {
    flex: 1;
    border: 1px solid var(--_edge);
    border-radius: 2px;
    transition: background-color var(--_quick);
  }

  .meter > .lit {
    border-color: var(--_good);
    background: var(--_good);
  }

  .failure {
    inline-size: 100%;
  }

  .failure > .icon {
    color: var(--_warning);
  }

  .failure > .help {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s2);
  }

  .failure > .help:empty {
    display: none;
  }

  .failure > .actions {
    margin-block-start: var(--_s2);
  }

  .done {
    padding-block-start: var(--_s4);
    border-block-start: 1px solid var(--_line);
  }

  .choice {
    display: grid;
    gap: var(--_s1);
    inline-size: 100%;
  }

  .choice > span {
    font-size: var(--_t-note);
    color: var(--_muted);
  }

  .choice > select,
  .choice > input {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    text-overflow: ellipsis;
  }

  @container (max-width: 26.25rem) {
    .folded > .button,
    .part > .button {
      justify-self: stretch;
    }
  }

  @container (min-width: 40rem) {
    .parts:not(.pictureless) {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: var(--_s8);
    }

    .pictureless {
      max-inline-size: 32rem;
    }
  }

  @media (forced-colors: active) {
    .meter > .lit {
      border-color: Highlight;
      background: Highlight;
      forced-color-adjust: none;
    }

    .picture,
    .failure {
      border: 1px solid;
    }
  }
`;
