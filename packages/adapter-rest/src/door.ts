import type { Door } from './traffic.js';

/** A WebSocket is opened there, says nothing, and is closed: the browser makes a connection of its own for each. */
export function doorAt(WebSocketClass: typeof WebSocket, url: string): Door {
  return (within) =>
    new Promise((resolve) => {
      const socket = new WebSocketClass(url);
      const end = (answer: Awaited<ReturnType<Door>>) => (): void => {
        clearTimeout(timer);
        socket.close();
        resolve(answer);
      };
      const timer = setTimeout(end('silent'), within);
      socket.addEventListener('open', end('open'));
      socket.addEventListener('error', end('refused'));
    });
}
