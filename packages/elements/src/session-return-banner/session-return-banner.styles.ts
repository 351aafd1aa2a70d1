import { css } from 'lit';

export const sessionReturnBannerStyles = css`
  :host {
    background: none;
    border-radius: 0;
  }

  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s2) var(--_s4);
    padding: var(--_s2) var(--as-inset, var(--_s4));
    padding-inline-start: max(var(--as-inset, var(--_s4)), env(safe-area-inset-left));
    border: 1px solid var(--_line);
    border-inline-start: 4px solid var(--_accent);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .sentence {
    flex: 1 1 14em;
    display: flex;
    align-items: center;
    gap: var(--_s3);
    min-block-size: var(--_target);
    font-weight: 600;
    line-height: var(--_leading-label);
    overflow-wrap: anywhere;
  }

  .sentence .icon {
    color: var(--_accent);
  }

  .buttons {
    display: flex;
    align-items: center;
    gap: var(--_s2);
  }

  a.button {
    text-decoration: none;
  }

  .hide {
    min-inline-size: var(--_target);
    padding: var(--_s2);
    border-color: transparent;
  }

  /* It stays in view and takes no room of its own: nothing on the page moves when it comes. */
  :host([sticky]) {
    position: sticky;
    inset-block-start: env(safe-area-inset-top, 0);
    z-index: var(--as-banner-layer, 100);
    block-size: 0;
  }

  :host([sticky]) .banner {
    border-start-start-radius: 0;
    border-start-end-radius: 0;
    box-shadow: 0 4px 16px var(--_shadow);
  }

  @container (max-width: 26rem) {
    .buttons {
      inline-size: 100%;
    }

    .buttons .primary {
      flex: 1;
    }
  }

  @media (forced-colors: active) {
    .hide {
      border-color: Canvas;
    }
  }

  @media print {
    .banner {
      display: none;
    }
  }
`;
