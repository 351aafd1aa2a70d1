/** Every story is read after it is rendered and played: in a longer language, and in one that is written from right to left. */
import { registerMessages } from '../packages/elements/src/shared/messages.ts';
import { stickingOut } from '../packages/elements/src/test-support/look.ts';
import { pseudoAccented, pseudoMirrored } from '../packages/elements/src/test-support/pseudo.ts';
import { unworded } from '../packages/elements/src/test-support/words.ts';

registerMessages('en-XA', pseudoAccented);
registerMessages('ar-XB', pseudoMirrored);

/** CSS pixels of the narrowest screen, and of a usual phone. */
const [NARROW, PHONE] = [320, 390];

export async function expectGoodWords(canvas: HTMLElement): Promise<void> {
  const before = canvas.style.cssText;
  const faults: string[] = [];
  const restore = speak(canvas, 'en-XA', 'ltr');
  canvas.style.inlineSize = `${String(NARROW)}px`;
  await rendered();
  faults.push(...(await unworded(canvas)));
  faults.push(...stickingOut(canvas).map((fault) => `in a longer language: ${fault}`));
  speak(canvas, 'ar-XB', 'rtl');
  canvas.style.inlineSize = `${String(PHONE)}px`;
  await rendered();
  faults.push(...stickingOut(canvas).map((fault) => `from right to left: ${fault}`));
  restore();
  canvas.style.cssText = before;
  await rendered();
  if (faults.length > 0) throw new Error(`What does not work in another language:\n${[...new Set(faults)].join('\n')}`);
}

/** Turns the page to a language; gives what turns it back. */
function speak(canvas: HTMLElement, lang: string, dir: string): () => void {
  const places = [canvas, ...canvas.querySelectorAll('session-scope')];
  const before = places.map((place) => [place, place.getAttribute('lang'), place.getAttribute('dir')] as const);
  for (const place of places) {
    place.setAttribute('lang', lang);
    place.setAttribute('dir', dir);
  }
  return () => {
    for (const [place, ...values] of before) {
      for (const [at, name] of ['lang', 'dir'].entries()) {
        const value = values[at] ?? null;
        if (value === null) place.removeAttribute(name);
        else place.setAttribute(name, value);
      }
    }
  };
}

/** The elements hear of the language, render, and so do the elements inside them. */
async function rendered(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}
