import { css } from 'lit';

const layout = css`
  nav {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    max-block-size: inherit;
    padding: var(--as-inset, var(--_s4));
  }

  .panel {
    display: flex;
    flex-direction: column;
    gap: var(--_s2);
    min-block-size: 0;
  }

  header {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--_s3);
  }

  .sound {
    padding-inline: var(--_s2);
    border-color: transparent;
    color: var(--_muted);
    font-size: var(--_t-note);
    font-weight: 400;
    text-align: start;
  }

  .offline:empty {
    display: none;
  }

  /* The room for the ring of what is focused at its edge. */
  .list {
    display: grid;
    gap: var(--_s3);
    min-block-size: 6rem;
    margin: calc(-1 * var(--_s1));
    padding: var(--_s1);
    overflow: auto;
    scrollbar-width: thin;
  }

  ul,
  .loading {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s2);
  }

  .loading .skeleton {
    min-block-size: 60px;
  }

  summary {
    align-content: center;
    min-block-size: var(--_target);
    padding-inline: var(--_s3);
    border-radius: var(--_radius);
    color: var(--_muted);
    cursor: pointer;
  }

  summary:hover {
    background: var(--_quiet);
  }
`;

const entries = css`
  .entry {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: start;
    border: 1px solid transparent;
    border-radius: var(--_radius);
  }

  .entry:has(.item[aria-current='true']) {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 10%, var(--_surface));
  }

  .item {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 var(--_s2);
    align-content: center;
    align-items: center;
    inline-size: 100%;
    min-block-size: 60px;
    padding: var(--_s2) var(--_s3);
    border: 0;
    border-radius: var(--_radius);
    background: none;
    line-height: var(--_leading-label);
    text-align: start;
    cursor: pointer;
  }

  .item:hover {
    background: color-mix(in oklab, currentcolor 6%, transparent);
  }

  /* With nothing beside it, or with a row of its own for what can be done. */
  .item:last-child,
  .item:not(:has(+ .more)) {
    grid-column: 1 / -1;
  }

  .item-name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .over .item-name {
    font-weight: 400;
  }

  .item-about {
    grid-column: 2;
    font-size: var(--_t-note);
    color: var(--_muted);
  }

  .item-time {
    margin-inline-end: var(--_s1);
    color: var(--_text);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  /* Beside the first line of the name. */
  .dot {
    align-self: start;
    margin-block-start: 0.375em;
    inline-size: 0.625em;
    block-size: 0.625em;
    border: 2px solid var(--_edge);
    border-radius: 50%;
  }

  .there .dot {
    border-color: var(--_good);
    background: var(--_good);
  }

  .due .dot {
    border-color: var(--_warning);
    background: var(--_warning);
  }

  .open .dot {
    border-color: var(--_good);
  }

  .over .dot {
    border-style: none;
  }

  .there .item-status {
    color: var(--_good);
    font-weight: 600;
  }

  .due .item-status {
    color: var(--_warning);
    font-weight: 600;
  }

  .item-trouble,
  .item-guest,
  .item-said {
    display: flex;
    align-items: start;
    gap: var(--_s1);
    min-inline-size: 0;
    color: var(--_text);
    overflow-wrap: anywhere;
  }

  .item-trouble .icon,
  .item-guest .icon,
  .item-said .icon {
    inline-size: 1em;
    block-size: 1em;
    margin-block-start: 0.175em;
  }

  .item-trouble .icon {
    color: var(--_warning);
  }

  .item-said bdi {
    min-inline-size: 0;
  }

  .more {
    inline-size: var(--_target);
    margin: var(--_s2) var(--_s1);
    padding: 0;
    border-color: transparent;
    color: var(--_muted);
  }

  .entry > .working,
  .entry > .notice {
    grid-column: 1 / -1;
    margin: 0 var(--_s3) var(--_s3);
  }

  .entry > .act {
    padding-inline: var(--_s3);
    margin-block-end: var(--_s3);
    margin-inline-start: var(--_s3);
  }

  .entry > .act:not(:has(+ .more)) {
    grid-column: 1 / -1;
    margin-inline-end: var(--_s3);
  }

  .act + .more {
    margin-block: 0 var(--_s3);
  }

  /* What can be done stands beside it where there is room. */
  @container (min-width: 30rem) {
    .entry {
      grid-template-columns: minmax(0, 1fr) auto auto;
    }

    .entry > .item:has(+ .act) {
      grid-column: 1;
    }

    .entry > .item:has(+ .more) {
      grid-column: 1 / 3;
    }

    .entry > .act,
    .entry > .act + .more {
      grid-column: auto;
      margin-block: var(--_s2);
    }
  }

  .entry > .notice {
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    padding-inline: var(--_s3) 0;
  }

  .entry .close {
    grid-column: 3;
    inline-size: var(--_target);
    padding: 0;
    border-color: transparent;
  }
`;

const bar = css`
  :host([compact][open]) {
    position: relative;
    z-index: var(--as-queue-layer, 10);
  }

  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s3);
  }

  .bar .entry {
    flex: 1 1 10rem;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    min-inline-size: 0;
  }

  .bar .entry.entry.entry {
    border-color: transparent;
    background: none;
  }

  .bar .item {
    grid-column: 1;
  }

  .bar-guests {
    display: flex;
    flex: 0 1 auto;
    align-items: center;
    gap: var(--_s2);
    min-block-size: var(--_target);
    max-inline-size: 24rem;
    text-wrap: pretty;
    padding-inline: var(--_s3);
    border-inline-start: 4px solid var(--_accent);
    line-height: var(--_leading-label);
    text-align: start;
    overflow-wrap: anywhere;
  }

  .bar-guests .icon {
    flex: none;
  }

  .bar .item-trouble,
  .bar .item-said {
    display: inline-flex;
    margin-inline-start: var(--_s2);
    vertical-align: bottom;
  }

  .bar .entry > .act {
    grid-column: 2 / -1;
    margin: 0;
  }

  .bar > .button {
    flex: none;
    font-weight: 400;
  }

  [aria-expanded='true'] .icon {
    rotate: 180deg;
  }

  :host([compact]) .panel {
    position: absolute;
    inset-block-start: calc(100% + var(--_s1));
    inset-inline: 0;
    max-block-size: min(32rem, 70svh);
    padding: var(--_s4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    box-shadow: 0 8px 32px var(--_shadow);
  }

  /* Who waits at the door has a line of their own where there is no room beside. */
  @container (max-width: 62rem) {
    .bar {
      flex-wrap: wrap;
      row-gap: 0;
    }

    .bar > .bar-guests {
      order: 1;
      flex: 1 0 100%;
      max-inline-size: none;
    }
  }

  /* There is no room for it in one line, and it stands in the list. */
  @container (max-width: 30rem) {
    .bar .act,
    .bar .item-trouble,
    .bar .item-said {
      display: none;
    }
  }
`;

const forced = css`
  @media (forced-colors: active) {
    .item,
    .sound,
    .more,
    .entry .close,
    .choice {
      border: 1px solid Canvas;
    }

    .entry:has(.item[aria-current='true']) {
      border: 3px solid Highlight;
    }
  }
`;

export const sessionQueueStyles = [layout, entries, bar, forced];
