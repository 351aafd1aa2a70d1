import { expect, type Page } from '@playwright/test';

/** What has the focus, as a person with a keyboard meets it. */
export interface Focused {
  /** Its name, or its text. */
  readonly name: string;
  readonly tag: string;
  /** Whether the page shows that it has the focus, in the part of it that one sees. */
  readonly isSeen: boolean;
  readonly top: number;
  readonly left: number;
  readonly right: number;
}

/** More stops than any screen has: somebody who presses Tab this often is in a trap. */
const MOST = 60;

/** What has the focus now; null: nothing has, which leaves a person at the top of the page. */
export async function focused(page: Page): Promise<Focused | null> {
  return await page.evaluate(() => {
    let place: Element | null = document.activeElement;
    while (place?.shadowRoot?.activeElement) place = place.shadowRoot.activeElement;
    if (!(place instanceof HTMLElement) || place === document.body) return null;
    const element = place;
    const isField = [HTMLInputElement, HTMLSelectElement, HTMLTextAreaElement].some((type) => element instanceof type);
    const labels = isField ? [...((element as HTMLInputElement).labels ?? [])] : [];
    const named = (element.ariaLabelledByElements ?? []).filter((one) => one instanceof HTMLElement);
    const words =
      [...labels, ...named, element].map((one) => one.ariaLabel ?? one.innerText).find((text) => text !== '') ?? '';
    const { top, left, width, height } = element.getBoundingClientRect();
    const isInView = top + height > 0 && top < innerHeight && left + width > 0 && left < innerWidth;
    const around = [element.parentElement, element.parentElement?.parentElement].filter(
      (one) => one instanceof Element,
    );
    const isOutlined = [element, ...labels, ...around].some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    // The call as a whole has its ring inside, where the page can't cut it off.
    const { content, borderTopWidth } = getComputedStyle(element, '::after');
    const isFramed = content !== 'none' && parseFloat(borderTopWidth) >= 2;
    return {
      name: words.replaceAll(/\s+/g, ' ').trim(),
      tag: element.localName,
      isSeen: isInView && (isOutlined || isFramed),
      right: left + scrollX + width,
      top: top + scrollY,
      left: left + scrollX,
    };
  });
}

/** Presses Tab until what has the focus has this name; on the way it is always somewhere, and always to be seen. */
export async function tabTo(
  page: Page,
  name: RegExp | string,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<readonly Focused[]> {
  const stops: Focused[] = [];
  for (let times = 0; times < MOST; times += 1) {
    await page.keyboard.press(key);
    const stop = await focused(page);
    // Past the end of the page the browser's own buttons have it for a moment.
    if (stop === null) continue;
    expect(stop, `the focus on “${stop.name}” is to be seen`).toMatchObject({ isSeen: true });
    stops.push(stop);
    if (typeof name === 'string' ? stop.name.startsWith(name) : name.test(stop.name)) return stops;
  }
  throw new Error(`“${String(name)}” was not reached. Stops: ${stops.map((stop) => stop.name).join(' · ')}`);
}

/** Waits until something has the focus whose name is this, without a hand of the person. */
export async function expectFocus(page: Page, name: RegExp): Promise<void> {
  await expect.poll(async () => (await focused(page))?.name ?? 'nothing has the focus').toMatch(name);
}

/** Each stop is below the one before or beside it, as one reads: no jump back up to what one has passed. */
export function expectReadingOrder(stops: readonly Focused[]): void {
  const jumps = stops.flatMap((stop, at) => {
    const before = stops[at - 1];
    if (before === undefined || stop.top >= before.top - 12 || stop.left >= before.right - 12) return [];
    return [`from “${before.name}” up to “${stop.name}”`];
  });
  const back = stops.flatMap((stop, at) => {
    const before = stops[at - 1];
    if (before === undefined || Math.abs(stop.top - before.top) > 4 || stop.left >= before.left) return [];
    return [`from “${before.name}” back to “${stop.name}”`];
  });
  expect([...jumps, ...back]).toEqual([]);
}

/** Every stop from here to the end of the page. */
export async function allStops(page: Page): Promise<readonly Focused[]> {
  const stops: Focused[] = [];
  await isRound(page);
  for (let times = 0; times < MOST; times += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop === null || (await isRound(page))) return stops;
    expect(stop, `the focus on “${stop.name}” is to be seen`).toMatchObject({ isSeen: true });
    stops.push(stop);
  }
  throw new Error(`The focus did not leave the page: ${stops.map((stop) => stop.name).join(' · ')}`);
}

/** Whether the focus has begun at the top again since it was asked last. */
async function isRound(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const kept = window as unknown as { focusBefore?: Element | null };
    const [before, now] = [kept.focusBefore ?? null, document.activeElement];
    kept.focusBefore = now;
    if (before === null || now === null || before === now) return false;
    return (before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  });
}
