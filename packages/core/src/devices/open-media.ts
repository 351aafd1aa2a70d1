import { toSessionError, type SessionError, type SessionErrorCode } from '../errors.js';
import type { DevicesPort, LocalMedia, MediaRequest, OpenOptions } from '../ports/devices.port.js';

export type Refused = Readonly<Partial<Record<'microphone' | 'camera', SessionError>>>;

export interface OpenedMedia {
  readonly media: LocalMedia;
  /** What was asked for and can't be had. */
  readonly refused: Refused;
}

/** Reasons that can be those of one device, whether the browser says of which or not. */
const OF_ONE: readonly SessionErrorCode[] = ['devices-missing', 'devices-busy', 'devices-failed', 'devices-system'];
/** Reasons that come of a decision. Going on without a device that it did not name would ask the person again. */
const DECIDED: readonly SessionErrorCode[] = ['devices-denied', 'devices-blocked'];

/**
 * Opens what was asked for; where one of two devices can't be had, the other one alone, because a call with sound and no
 * picture is a call.
 *
 * @throws SessionError `devices-…` where none can be had, or where the person said no to both
 */
export async function openMedia(port: DevicesPort, request: MediaRequest, options: OpenOptions): Promise<OpenedMedia> {
  try {
    return { media: await port.open(request, options), refused: {} };
  } catch (thrown) {
    const error = toSessionError(thrown);
    for (const without of request.microphone && request.camera ? tryWithout(error) : []) {
      const rest = { microphone: without !== 'microphone', camera: without !== 'camera' };
      const media = await port.open(rest, options).catch(() => null);
      if (media !== null) return { media, refused: { [without]: error } };
    }
    throw error;
  }
}

function tryWithout({ code, problems }: SessionError): readonly ('microphone' | 'camera')[] {
  const named = (['camera', 'microphone'] as const).filter((kind) => problems.some(({ path }) => path === kind));
  if (named.length === 1 && (OF_ONE.includes(code) || DECIDED.includes(code))) return named;
  return OF_ONE.includes(code) ? ['camera', 'microphone'] : [];
}
