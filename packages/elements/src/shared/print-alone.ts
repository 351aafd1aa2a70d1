import { adoptStyles, css, render, type CSSResultOrNative, type TemplateResult } from 'lit';

/**
 * Only what is printed is told what to do: on screen, the page is as it was. The copy stands beside the body, because an
 * element deep in somebody's page can't be printed alone from where it is.
 */
const page = css`
  [data-active-session-print] {
    display: none;
  }

  @media print {
    :root {
      color-scheme: light;
      background: #fff;
    }

    :root > body,
    :root > :not(head, [data-active-session-print]) {
      display: none !important;
    }

    [data-active-session-print] {
      display: block !important;
    }
  }
`;

export interface PrintOptions {
  readonly styles: readonly CSSResultOrNative[];
  /** Whose font the paper has. */
  readonly like: HTMLElement;
  readonly lang: string;
  readonly dir: string;
}

/**
 * Prints this and nothing else of the page. Gives what takes every trace of it away again; it happens by itself when the
 * person does the next thing here. "After printing" is no moment for it: phones tell of that while they still print.
 */
export function printAlone(content: TemplateResult, { styles, like, lang, dir }: PrintOptions): () => void {
  const { styleSheet } = page;
  const copy = document.createElement('div');
  const root = copy.attachShadow({ mode: 'open' });
  const undoing = new AbortController();
  const { fontFamily } = getComputedStyle(like);
  copy.setAttribute('data-active-session-print', '');
  copy.lang = lang;
  copy.dir = dir;
  adoptStyles(root, [...styles]);
  const font = fontSheet(fontFamily);
  if (font !== null) root.adoptedStyleSheets.push(font);
  render(content, root);
  if (styleSheet !== undefined) document.adoptedStyleSheets.push(styleSheet);
  document.documentElement.append(copy);

  const undo = (): void => {
    undoing.abort();
    copy.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== styleSheet);
  };
  for (const type of ['pointerdown', 'keydown']) {
    window.addEventListener(type, undo, { capture: true, signal: undoing.signal });
  }
  window.print();
  return undo;
}

/** Beside the body it inherits nothing that a portal sets on the body. */
function fontSheet(fontFamily: string): CSSStyleSheet | null {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host {}');
  const [rule] = sheet.cssRules;
  if (!(rule instanceof CSSStyleRule)) return null;
  rule.style.fontFamily = fontFamily;
  return sheet;
}
