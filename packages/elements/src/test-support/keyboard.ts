/** The runner's own way to the browser: what it presses goes through the browser as a person's key does. */
const SOCKET = '/__web-dev-server__web-socket.js';

interface RunnerSocket {
  sendMessageWaitForResponse(message: {
    readonly type: 'wtr-command';
    readonly sessionId: string;
    readonly command: string;
    readonly payload: unknown;
  }): Promise<unknown>;
}

/** Presses a key as a person would, by the name that Playwright has for it: `Tab`, `Shift+Tab`, `Enter`, `m`. */
export function press(key: string): Promise<void> {
  return command('send-keys', { press: key });
}

/** Makes the window of the test as large as that, in CSS pixels. */
export function resize(width: number, height: number): Promise<void> {
  return command('set-viewport', { width, height });
}

async function command(name: string, payload: unknown): Promise<void> {
  const sessionId = new URL(window.location.href).searchParams.get('wtr-session-id');
  if (sessionId === null) throw new Error('No test runner is there to press a key.');
  const socket = (await import(SOCKET)) as RunnerSocket;
  await socket.sendMessageWaitForResponse({ type: 'wtr-command', sessionId, command: name, payload });
}

/** What has the focus, through all shadow roots. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
