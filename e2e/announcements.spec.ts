import { listen, type Hearing } from './support/hearing.js';
import { expect, expectFrames, test } from './support/test.js';

/** What is on its way is said where it takes a moment, and some of it takes none here. */
const PASSING = ['Getting your camera and microphone ready…', 'Leaving the call…', 'Ending the session…'];
const settled = ({ said }: Hearing): readonly string[] => said.filter((text) => !PASSING.includes(text));

test('what a screen reader says through a whole session: each thing once, in the order in which it happens', async ({
  portal,
  patient,
  provider,
}) => {
  const { page } = patient;
  const [hers, theirs] = [await listen(patient), await listen(provider)];
  await portal.book('sam', 'dr-smith');
  await provider.page.goto(portal.page('provider', 'dr-smith'));
  await expect(provider.page.getByRole('button', { name: /Sam Rivera/ })).toBeVisible();
  await page.goto(portal.page('patient', 'sam'));

  await expect.poll(() => settled(hers)).toEqual(['Your session is open, in the tab Active Session.']);

  await test.step('the patient waits', async () => {
    await page.getByRole('tab', { name: 'Active Session' }).click();
    await page.getByRole('button', { name: 'Start Call' }).click();
    await expect(page.getByRole('heading', { name: /not here yet/ })).toBeVisible();
    await expect.poll(() => settled(theirs)).toEqual(['Sam Rivera is waiting.']);
  });

  await test.step('both are together', async () => {
    await provider.page.getByRole('button', { name: 'Start Call' }).click();
    await Promise.all([expectFrames(page), expectFrames(provider.page)]);
  });

  await test.step('a note', async () => {
    await provider.page.getByRole('textbox', { name: /note/i }).fill('Follow-up in 2 weeks.');
    await provider.page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(page.locator('active-session').getByText('Follow-up in 2 weeks.')).toBeVisible();
  });

  await test.step('the provider leaves and comes back', async () => {
    await provider.page.getByRole('button', { name: 'End Call' }).click();
    await provider.page
      .getByRole('dialog')
      .getByRole('button', { name: /Leave for now/ })
      .click();
    await expect(page.getByRole('heading', { name: 'Dr. Smith has left the call.' })).toBeVisible();
    await provider.page.getByRole('button', { name: 'Come back' }).click();
    await Promise.all([expectFrames(page), expectFrames(provider.page)]);
  });

  await test.step('the provider ends the session', async () => {
    await provider.page.getByRole('button', { name: 'End Call' }).click();
    await provider.page
      .getByRole('dialog')
      .getByRole('button', { name: /End the session/ })
      .click();
    await expect(page.getByRole('heading', { name: 'Your session with Dr. Smith has ended.' })).toBeVisible();
  });

  await expect
    .poll(() => settled(hers))
    .toEqual([
      'Your session is open, in the tab Active Session.',
      '→ Call with Dr. Smith',
      'Dr. Smith is not here yet. You are in the right place.',
      'Connecting to Dr. Smith…',
      'You are connected to Dr. Smith.',
      'New note from Dr. Smith.',
      'Dr. Smith has left the call.',
      'Connecting to Dr. Smith…',
      'You are connected to Dr. Smith.',
      '→ Your session with Dr. Smith has ended.',
    ]);
  await expect
    .poll(() => settled(theirs))
    .toEqual([
      'Sam Rivera is waiting.',
      '→ Call with Sam Rivera',
      'Connecting to Sam Rivera…',
      'You are connected to Sam Rivera.',
      'Shared with Sam Rivera.',
      '→ Call with Sam Rivera',
      'You have left the call.',
      'Sam Rivera is waiting.',
      '→ Call with Sam Rivera',
      'Connecting to Sam Rivera…',
      'You are connected to Sam Rivera.',
      '→ Call with Sam Rivera',
      'Your session with Sam Rivera has ended.',
    ]);
});
