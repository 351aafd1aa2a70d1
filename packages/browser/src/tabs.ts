import type { TabMessage, TabsPort } from '@active-session/core';

/** By BroadcastChannel, which is open only while somebody listens; a browser without it has tabs that are each by itself. */
export function createTabs(namespace: string): TabsPort {
  const listeners = new Set<(message: TabMessage) => void>();
  let channel: BroadcastChannel | undefined;

  const open = (): BroadcastChannel | undefined =>
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`${namespace}:tabs`);
  const onMessage = ({ data }: MessageEvent<unknown>) => {
    if (isTabMessage(data)) [...listeners].forEach((listener) => listener(data));
  };

  return {
    post(message) {
      if (channel) {
        channel.postMessage(message);
        return;
      }
      const once = open();
      once?.postMessage(message);
      once?.close();
    },
    subscribe(listener) {
      listeners.add(listener);
      if (channel === undefined) {
        channel = open();
        channel?.addEventListener('message', onMessage);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        channel?.close();
        channel = undefined;
      };
    },
  };
}

/** Anybody on this origin can post there. */
function isTabMessage(data: unknown): data is TabMessage {
  if (typeof data !== 'object' || data === null) return false;
  const { type, person } = data as Record<string, unknown>;
  return type === 'signed-out' && typeof person === 'string';
}
