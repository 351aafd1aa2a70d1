import { Portal } from './support/portal.js';
import { expect, test } from './support/test.js';

const HALF_HOUR = 30 * 60_000;

/** A window that opens or closes around a slot of the demo so many ms from now. */
function minutesUntil(slot: number, inMs: number): number {
  return (slot - Date.now() - inMs) / 60_000;
}

/** The first half hour that is at least a minute ahead: the demo's next free time with Dr. Smith. */
function nextSlot(): number {
  return Math.ceil((Date.now() + 60_000) / HALF_HOUR) * HALF_HOUR;
}

test('the session opens by itself at the right moment, with a countdown before it', async ({ patient }) => {
  const { page } = patient;
  const slot = nextSlot();
  const portal = await Portal.start({
    window: { opensBeforeMinutes: minutesUntil(slot, 12_000), closesAfterMinutes: 120 },
  });
  try {
    await portal.book('sam', 'dr-smith', slot - Date.now() - 1_000);
    await page.goto(portal.page('patient', 'sam'));
    const tab = page.getByRole('tab', { name: 'Active Session' });
    await expect(tab).toHaveAttribute('aria-disabled', 'true');
    await tab.click({ force: true });
    await expect(
      page
        .getByRole('dialog')
        .getByText(/Dr\. Smith/)
        .first(),
    ).toBeVisible();
    await page.keyboard.press('Escape');

    await expect(tab).toHaveAttribute('aria-disabled', 'false', { timeout: 20_000 });
    await tab.click({ force: true });
    await expect(page.getByRole('heading', { name: 'You can join now.' })).toBeVisible();
  } finally {
    await portal.stop();
  }
});
