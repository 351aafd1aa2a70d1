import { css } from 'lit';

export const stageStyles = css`
  .stage {
    position: relative;
    flex: 1;
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr) auto;
    min-block-size: var(--_stage-least, 14rem);
    background: var(--_stage-backdrop);
  }

  /* Whole, always: what somebody holds into the camera, or shows on their screen, is not cut off. */
  .remote {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }

  .remote[data-dim] {
    opacity: 0.35;
  }

  .notices {
    position: relative;
    z-index: 2;
    grid-area: 1 / 1 / 2 / 3;
    display: grid;
    justify-items: center;
    gap: var(--_s1);
    padding: var(--_s2) var(--_s3) 0;
  }

  .said {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--_s2);
    max-inline-size: 100%;
    min-block-size: 36px;
    padding: var(--_s1) var(--_s3);
    border-radius: var(--_radius);
    background: var(--_stage-veil);
    font-size: var(--_t-note);
    line-height: var(--_leading-label);
  }

  .said p {
    padding-block: var(--_s1);
    overflow-wrap: anywhere;
  }

  .said .does {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
  }

  .said .button {
    padding-block: var(--_s1);
  }

  .said .close {
    min-inline-size: var(--_target);
    padding-inline: 0;
  }

  @container (max-width: 35rem) {
    .said:has(.button) {
      inline-size: 100%;
      align-items: start;
    }

    .said > .icon {
      margin-block: var(--_s1);
    }

    .said .does {
      grid-column: 2 / 4;
    }
  }

  .message {
    position: relative;
    grid-area: 2 / 1 / 3 / 3;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--_s3);
    padding: var(--_s6) var(--_s4);
    text-align: center;
  }

  /* Clear of the controls below, which stay in sight. */
  .message :is(a, button) {
    scroll-margin-block-end: 9rem;
  }

  .message h2 {
    max-inline-size: 24em;
    font-size: var(--_t-lead);
    overflow-wrap: anywhere;
  }

  @container (min-width: 48rem) {
    .message:not(.over) h2 {
      font-size: var(--_t-title);
    }
  }

  .message p {
    max-inline-size: 36em;
    color: var(--_muted);
    text-wrap: balance;
  }

  .message .avatar {
    font-size: var(--_t-large);
    background: var(--_quiet);
    color: var(--_text);
  }

  .message.over {
    z-index: 1;
    grid-area: 1 / 1 / 2 / 3;
    padding-block: var(--_s3) 0;
  }

  .message.over > * {
    padding: var(--_s2) var(--_s4);
    border-radius: var(--_radius);
    background: var(--_stage-veil);
    color: var(--_text);
  }

  .message.over > .busy,
  .message.over > .actions {
    padding: 0;
  }

  .message.over h2 {
    font-size: var(--_t-text);
  }

  .message :is(.actions, .way-out, .contact) {
    justify-content: center;
  }

  .quote {
    max-inline-size: 36em;
    padding: var(--_s3) var(--_s4);
    border-radius: var(--_radius);
    background: var(--_quiet);
    text-align: start;
  }

  .quote figcaption {
    color: var(--_muted);
    font-size: var(--_t-note);
  }

  .message .quote .text {
    color: var(--_text);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .quote a {
    color: var(--_accent);
  }

  .busy {
    inline-size: min(12rem, 60%);
    block-size: 3px;
    overflow: hidden;
    border-radius: 2px;
    background: var(--_quiet);
  }

  .busy::before {
    content: '';
    display: block;
    inline-size: 40%;
    block-size: 100%;
    background: var(--_accent);
    animation: slide 1.4s ease-in-out infinite alternate;
  }

  @keyframes slide {
    to {
      margin-inline-start: 60%;
    }
  }

  /* Its own place in the grid and not above it: no notice and no button is ever under it. */
  .self {
    position: relative;
    z-index: 1;
    grid-area: 2 / 1 / 4 / 3;
    place-self: end;
    display: grid;
    place-items: center;
    inline-size: var(--_self, clamp(92px, 20cqi, 208px));
    aspect-ratio: 4 / 3;
    margin: var(--_s3);
    overflow: hidden;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_quiet);
    color: var(--_muted);
    font-size: var(--_t-small);
    line-height: var(--_leading-label);
    text-align: center;
  }

  /* It takes no height of the stage: a long notice lies over it, and nothing moves. */
  .self:is([data-corner='bottom-end'], [data-corner='bottom-start']) {
    margin-block-start: -12rem;
  }

  .self[data-corner='top-end'] {
    place-self: start end;
  }

  .self[data-corner='top-start'] {
    place-self: start;
  }

  .self[data-corner='bottom-start'] {
    place-self: end start;
  }

  .self video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .self video[data-mirrored] {
    transform: scaleX(-1);
  }

  .self .off {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    inline-size: 100%;
    justify-items: center;
    gap: var(--_s1);
    padding: var(--_s2);
  }

  .move {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: start end;
    padding: var(--_s2);
    border: 0;
    border-radius: inherit;
    background: none;
    cursor: pointer;
  }

  .move:focus-visible {
    outline-offset: -3px;
  }

  .move .icon {
    padding: 2px;
    border-radius: 2px;
    background: var(--_stage-veil);
    color: var(--_text);
  }

  /* Where words stand in place of the picture, the own picture has a row of its own and covers none of them. */
  .stage.worded .self[data-corner] {
    grid-area: 3 / 2 / 4 / 3;
    place-self: end;
    inline-size: clamp(84px, 15cqi, 144px);
    margin-block-start: 0;
  }

  .stage.worded .message {
    padding-block: var(--_s4);
  }

  .meanwhile {
    position: relative;
    grid-area: 3 / 1 / 4 / 2;
    align-self: stretch;
    align-content: safe end;
    min-block-size: 0;
    margin: 0 var(--_s4) var(--_s3);
    overflow: auto;
    contain: size;
    color: var(--_muted);
    font-size: var(--_t-note);
  }

  @container (max-width: 35rem) {
    .self {
      aspect-ratio: 3 / 4;
    }
  }

  /* On the smallest screens what is said and the own picture share the height: both in sight, and nothing moves. */
  @container (max-width: 22rem) {
    .said {
      font-size: var(--_t-small);
    }

    .stage:has(.said .button) .self {
      inline-size: 72px;
      aspect-ratio: 1;
      margin: var(--_s2);
    }

    /* Below the sign of what moves it. */
    .stage:has(.said .button) .self .off {
      align-self: end;
      padding: 0;
    }

    .stage:has(.said .button) .move {
      padding: var(--_s1);
    }

    .stage:has(.said .button) .self .off .icon {
      display: none;
    }
  }

  /* A face where there is room for one. */
  @container (max-width: 35rem) {
    .stage.worded .avatar {
      font-size: var(--_t-lead);
    }

    .stage.worded:has(.meanwhile, .message .actions, .said) .avatar {
      display: none;
    }
  }

  @media (max-height: 48rem) {
    .stage.worded .avatar {
      display: none;
    }
  }

  @media (max-height: 30rem) {
    .stage {
      min-block-size: 10rem;
    }

    .self {
      inline-size: 92px;
      aspect-ratio: 4 / 3;
    }

    .message {
      gap: var(--_s2);
      padding-block: var(--_s3);
    }

    .message .avatar,
    .self .off .icon {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .self,
    .move .icon,
    .said,
    .quote,
    .busy {
      border: 1px solid;
    }
  }
`;
