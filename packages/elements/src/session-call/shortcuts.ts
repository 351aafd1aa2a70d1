/** The keys of a call, where a portal has turned them on. None ends it. */
export const SHORTCUTS = { microphone: 'm', camera: 'v', share: 's', more: 'o', 'full-screen': 'f' } as const;

export type ShortcutAction = keyof typeof SHORTCUTS;

const ACTIONS = Object.keys(SHORTCUTS).filter((name): name is ShortcutAction => name in SHORTCUTS);

/** What a key asks for; null for none, while somebody writes or chooses, and for keys that the browser has a use for. */
export function shortcutOf(event: KeyboardEvent): ShortcutAction | null {
  const { altKey, ctrlKey, metaKey, repeat, isComposing, defaultPrevented } = event;
  if (altKey || ctrlKey || metaKey || repeat || isComposing || defaultPrevented) return null;
  if (event.composedPath().some(takesText)) return null;
  return ACTIONS.find((action) => SHORTCUTS[action] === event.key.toLowerCase()) ?? null;
}

function takesText(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement && (target.matches('input, textarea, select, dialog') || target.isContentEditable)
  );
}
