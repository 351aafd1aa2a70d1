import { commands } from 'vitest/browser';
import type { Media } from './look.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    emulateMedia(media: Media): Promise<void>;
  }
}

globalThis.emulateMedia = (media) => commands.emulateMedia(media);
