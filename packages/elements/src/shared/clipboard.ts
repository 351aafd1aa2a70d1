/** Copies a text. False where the browser, the page's policy or the person does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure connection there is no clipboard at all.
    return false;
  }
}

/** Selects all text of an element, for who copies by keyboard or menu. */
export function selectText(element: Element | null): void {
  const selection = getSelection();
  if (element === null || selection === null) return;
  selection.setBaseAndExtent(element, 0, element, element.childNodes.length);
}
