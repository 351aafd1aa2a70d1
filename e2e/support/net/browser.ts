import { chromium, type Browser } from '@playwright/test';
import { launchArgs, mediaArgs, resolveBrowser } from '../../../scripts/browser.mjs';
import type { Place } from './place.js';

/**
 * A Chromium of its own in a place. It speaks with this process through pipes, so whatever happens to its network, a
 * test can still ask it.
 *
 * @param origin whose pages may use camera and microphone, although they come without TLS
 */
export async function launchIn(place: Place, origin: string): Promise<Browser> {
  const { executablePath, env } = await resolveBrowser();
  return chromium.launch({
    executablePath: place.wrapperOf(executablePath),
    env: { ...(process.env as Record<string, string>), ...env },
    args: [
      ...launchArgs,
      ...mediaArgs,
      `--unsafely-treat-insecure-origin-as-secure=${origin}`,
      // Nobody answers mDNS here, so addresses are told as they are.
      '--disable-features=WebRtcHideLocalIpsWithMdns',
    ],
  });
}
