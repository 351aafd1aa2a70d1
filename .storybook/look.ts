/** Every story is looked at after it is rendered and played: as it is, in a narrow column, with large text, and with what a system asks for. */
import {
  edgeless,
  moving,
  smallTargets,
  stickingOut,
  withoutRing,
} from '../packages/elements/src/test-support/look.ts';

/** What a system can ask a page for. */
export interface Media {
  readonly forcedColors: 'active' | 'none';
  readonly reducedMotion: 'reduce' | 'no-preference';
}

declare global {
  /** Set where the stories run as tests: makes the browser ask for this. */
  var emulateMedia: ((media: Media) => Promise<void>) | undefined;
}

/** A column of a page, or the whole of a small screen, in CSS pixels: 320 is 1280 at 400 %. */
const COLUMN = 320;

export async function expectGoodLook(canvas: HTMLElement): Promise<void> {
  const faults = [...smallTargets(canvas), ...stickingOut(canvas)].map((fault) => `as it is: ${fault}`);
  const { style } = canvas;
  const before = style.cssText;
  style.inlineSize = `${String(COLUMN)}px`;
  await rendered();
  faults.push(...[...smallTargets(canvas), ...stickingOut(canvas)].map((fault) => `at 320 px: ${fault}`));
  style.fontSize = '200%';
  await rendered();
  faults.push(...stickingOut(canvas).map((fault) => `at 320 px with large text: ${fault}`));
  style.cssText = before;
  faults.push(...(await faultsOfMedia(canvas)));
  faults.push(...withoutRing(canvas));
  if (faults.length > 0)
    throw new Error(`What a person could not read, press or find:\n${[...new Set(faults)].join('\n')}`);
}

async function faultsOfMedia(canvas: HTMLElement): Promise<readonly string[]> {
  const emulate = globalThis.emulateMedia;
  if (emulate === undefined) return [];
  try {
    await emulate({ forcedColors: 'active', reducedMotion: 'no-preference' });
    await rendered();
    const forced = edgeless(canvas).map((fault) => `with forced colours: ${fault}`);
    await emulate({ forcedColors: 'none', reducedMotion: 'reduce' });
    await rendered();
    return [...forced, ...moving(canvas).map((fault) => `with reduced motion: ${fault}`)];
  } finally {
    await emulate({ forcedColors: 'none', reducedMotion: 'no-preference' });
  }
}

/** What depends on the size of the container has followed it. */
async function rendered(): Promise<void> {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}
