import { replace } from '../../test-support/replace.js';

/** What the hostile texts would call. */
export const RUN = 'globalThis.__ran(1)';

/** Lit makes its templates through a policy of its own; nothing else may turn a text into markup, a script or an address. */
const POLICY = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** Everything that must not happen, as it happened. */
export interface Trap {
  readonly sprung: readonly string[];
  readonly release: () => void;
}

/**
 * Puts the page under a strict policy with Trusted Types, for as long as it lives, and notes whatever runs, is refused,
 * fails, is asked for elsewhere or leads away.
 */
export function setTrap(): Trap {
  const sprung: string[] = [];
  const undo = new AbortController();
  const { signal } = undo;
  const note = (what: string): void => void sprung.push(what);
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = POLICY;
  document.head.append(policy);

  document.addEventListener(
    'securitypolicyviolation',
    ({ violatedDirective, sample }) => note(`refused: ${violatedDirective} ${sample}`),
    { signal },
  );
  window.addEventListener('error', ({ message }) => note(`error: ${message}`), { signal, capture: true });
  window.addEventListener('unhandledrejection', ({ reason }) => note(`rejected: ${String(reason)}`), { signal });
  window.addEventListener('beforeunload', () => note('left the page'), { signal });
  const requests = new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) if (!name.startsWith(location.origin)) note(`asked for: ${name}`);
  });
  requests.observe({ type: 'resource' });
  Object.assign(globalThis, { __ran: () => note('ran') });
  const undone = [
    replace(window, 'alert', () => note('alert')),
    replace(window, 'confirm', () => sprung.push('confirm') > 0),
    replace(window, 'prompt', () => `prompt ${sprung.push('prompt')}`),
    replace(window, 'open', () => {
      note('open');
      return null;
    }),
    // Asked for by a person's own button.
    replace(window, 'print', () => undefined),
  ];
  return {
    sprung,
    release() {
      undo.abort();
      requests.disconnect();
      for (const step of undone) step();
    },
  };
}
