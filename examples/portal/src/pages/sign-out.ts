import type { SessionClient } from '@active-session/core';

/** Asks for the client as every element does: by the context protocol, at the place in the page that has one. */
class ClientRequest extends Event {
  readonly context = Symbol.for('@active-session/client');
  readonly callback: (client: SessionClient) => void;

  constructor(callback: (client: SessionClient) => void) {
    super('context-request', { bubbles: true, composed: true });
    this.callback = callback;
  }
}

function clientAt(place: Element | null): SessionClient | undefined {
  let found: SessionClient | undefined;
  place?.dispatchEvent(
    new ClientRequest((client) => {
      found = client;
    }),
  );
  return found;
}

/** How many notes signing out would delete: those of this page, and those that other tabs hold. */
async function unsentOf(client: SessionClient): Promise<number> {
  await client.keeping.scan();
  const here = client.getSnapshot().unsent.map(({ drafts, waiting, refused }) => drafts + waiting + refused);
  return here.reduce((sum, count) => sum + count, client.keeping.getSnapshot().heldElsewhere);
}

/** Signs out when the button is pressed; over notes that are not shared it asks first, and says how many there are. */
export function offerSignOut(): void {
  const dialog = document.querySelector<HTMLDialogElement>('#unsent');
  const question = dialog?.querySelector('h2');
  const signOut = async (): Promise<void> => {
    await clientAt(document.querySelector('session-scope'))?.signOut();
    location.assign('/');
  };
  const ask = async (): Promise<void> => {
    const client = clientAt(document.querySelector('session-scope'));
    const count = client === undefined ? 0 : await unsentOf(client);
    if (count === 0 || !dialog || !question) {
      void signOut();
      return;
    }
    question.textContent = count === 1 ? '1 note is not shared' : `${String(count)} notes are not shared`;
    dialog.showModal();
  };
  document.querySelector('#sign-out')?.addEventListener('click', () => void ask());
  dialog?.addEventListener('close', () => {
    if (dialog.returnValue === 'sign-out') void signOut();
    dialog.returnValue = '';
  });
}
