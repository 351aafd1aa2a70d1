import { ProviderPage, textsOf } from './support/provider-page.js';
import { expect, test, type Person } from './support/test.js';

/** A canary, to run where markup is more than text. */
const RUN = 'document.documentElement.dataset.ran=1';
const TEXTS = [
  `<img src=x onerror="${RUN}"><script>${RUN}</script><b>bold</b> &lt;i&gt; {{7*7}} \${7*7}`,
  `Dose: \u202E gm 001\u202C daily, \u2066isolated\u2069, \u202Anot closed`,
  'צריך לנוח שבוע.\nاشرب كثيرا من الماء.\n\tIndented, with  two spaces',
  'zero\u200Bwidth, e\u0301 and \u00E9, \u{1F469}\u{1F3FD}\u200D\u2695\uFE0F \u{1F1E9}\u{1F1EA}, \uFEFF',
  'W'.repeat(400),
];

const ran = ({ page }: Person): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset['ran']);

test('markup, bidi controls and what is not to be seen are text on both screens, and change nothing around them', async ({
  portal,
  patient,
  provider,
}) => {
  await portal.book('sam', 'dr-smith');
  const writer = await new ProviderPage(provider.page).open(portal.page('provider', 'dr-smith'));
  await patient.page.goto(portal.page('patient', 'sam'));
  await patient.page.getByRole('tab', { name: 'Notes' }).click();
  const seen = patient.page.locator('#panel-notes [part=note]');
  for (const text of TEXTS) await writer.share(text);

  for (const notes of [seen, writer.shared]) {
    await expect.poll(() => textsOf(notes)).toEqual(TEXTS);
    const besides = await notes.evaluateAll((all) =>
      all.map((note) => ({
        writer: note.querySelector('[part=note-provider]')?.textContent,
        isApart: ['isolate', 'plaintext'].includes(
          getComputedStyle(note.querySelector('[part=text]') ?? note).unicodeBidi,
        ),
        elements: note.querySelectorAll('[part=text] *').length,
      })),
    );
    expect(besides).toEqual(TEXTS.map(() => ({ writer: 'Dr. Smith', isApart: true, elements: 0 })));
  }
  for (const person of [patient, provider]) {
    expect(await ran(person)).toBeUndefined();
    await person.page.setViewportSize({ width: 320, height: 640 });
    expect(await person.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  }
});

test('a note that the server refuses says so, holds up no other, and is shared once it is changed', async ({
  portal,
  provider,
}) => {
  const { id } = await portal.book('sam', 'dr-smith');
  const writer = await new ProviderPage(provider.page).open(portal.page('provider', 'dr-smith'));
  const stored = async (): Promise<string[]> => {
    const { body } = await portal.api('sam', 'GET', `/bookings/${id}/notes`);
    return (body as { items: { content: string }[] }).items.map(({ content }) => content);
  };
  await writer.shareByClient(id, 'A bell \u0007 that came with what was pasted');
  await expect(writer.refused).toBeVisible();
  await writer.share('Another one, which goes its way.');
  await expect.poll(stored).toEqual(['Another one, which goes its way.']);

  await writer.keeps(20_000);
  await provider.page.reload();
  await expect(writer.refused).toBeVisible();
  await writer.change.click();
  await expect(writer.field).toHaveValue(/^A bell/);
  await writer.share('No bell');
  await expect.poll(stored).toEqual(['Another one, which goes its way.', 'No bell']);
  await expect(writer.refused).toHaveCount(0);
});

test('10,000 characters that take two units each go from the field to the patient, to the last one', async ({
  portal,
  patient,
  provider,
}) => {
  await portal.book('sam', 'dr-smith');
  const longest = '\u{1F600}'.repeat(10_000);
  const writer = await new ProviderPage(provider.page).open(portal.page('provider', 'dr-smith'));
  await patient.page.goto(portal.page('patient', 'sam'));
  await patient.page.getByRole('tab', { name: 'Notes' }).click();
  await writer.share(longest);
  await expect
    .poll(async () => (await textsOf(patient.page.locator('#panel-notes [part=note]')))[0] === longest)
    .toBe(true);
});
