import type { DeviceCheckView } from '@active-session/core';

const KINDS = ['camera', 'microphone'] as const;
/** ms in which another device may take the place of one that was unplugged. Until then nothing is said of it. */
const PATIENCE = 1_000;

/** A device that is gone for a moment only is not worth a word. */
export class LostDevices {
  /** ms until what was held back has to be shown; Infinity where nothing is. */
  left = Infinity;
  readonly #since = new Map<(typeof KINDS)[number], number>();

  /** The view without what was lost just now. */
  settle(view: DeviceCheckView, now: number): DeviceCheckView {
    this.left = Infinity;
    const { camera, microphone } = view.refused;
    const refused = { camera, microphone };
    for (const kind of KINDS) {
      if (refused[kind]?.code !== 'devices-lost') {
        this.#since.delete(kind);
        continue;
      }
      const since = this.#since.get(kind) ?? now;
      this.#since.set(kind, since);
      const left = since + PATIENCE - now;
      if (left <= 0) continue;
      this.left = Math.min(this.left, left);
      refused[kind] = undefined;
    }
    return { ...view, refused: withoutGaps(refused) };
  }
}

function withoutGaps({ camera, microphone }: Record<(typeof KINDS)[number], DeviceCheckView['error'] | undefined>) {
  return { ...(camera ? { camera } : {}), ...(microphone ? { microphone } : {}) };
}
