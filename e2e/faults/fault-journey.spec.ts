import { Portal } from '../support/portal.js';
import { ProviderPage, textsOf } from '../support/provider-page.js';
import { expect, expectFrames, meet, test as base } from '../support/test.js';

/** Short, so that a sign-in ends again and again on the way. */
const TOKEN_SECONDS = 10;
/** For so long the server takes it all the same. */
const TOLERANCE_SECONDS = 5;
const CUT = 30_000;

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- what Playwright wants
  portal: async ({}, use) => {
    const portal = await Portal.startBehindWires({ tokenSeconds: TOKEN_SECONDS });
    await use(portal);
    await portal.stop();
  },
});

test('a cut of 30 s, a crash, a sign-in that expires and kill -9: each shared note is there once and in order, no draft is shared', async ({
  portal,
  patient,
  provider,
}) => {
  test.slow();
  const { relay, gate } = portal.wires;
  const { id } = await portal.book('sam', 'dr-smith');
  const shared: string[] = [];
  let writer = new ProviderPage(provider.page);
  const share = async (text: string): Promise<void> => {
    await writer.share(text);
    shared.push(text);
  };
  const seen = patient.page.locator('active-session provider-notes [part=note]');
  const expectSeen = (): Promise<void> => expect.poll(() => textsOf(seen), { timeout: 40_000 }).toEqual(shared);
  await meet(portal, patient, provider);
  await share('1: before anything.');
  await expectSeen();

  await test.step('nothing passes for 30 s and nobody is told; then the connections are gone', async () => {
    relay.silence();
    const back = new Promise((resolve) => setTimeout(resolve, CUT));
    await share('2: into the silence.');
    await share('3: and one more.');
    await expect(writer.waiting.first()).toBeVisible({ timeout: CUT });
    await writer.write('A thought that stays mine.');
    await Promise.all([expectFrames(patient.page), expectFrames(provider.page)]);
    expect(await textsOf(seen)).toEqual(['1: before anything.']);
    await back;
    relay.restore({ remembering: false });
    await expectSeen();
    await expect(writer.field).toHaveValue('A thought that stays mine.');
  });

  await test.step('the tab dies with a note on its way and a draft in its field', async () => {
    relay.cut();
    await share('4: shared while the network was cut.');
    await writer.write('5: begun before the crash,');
    await expect(writer.kept).toBeVisible();
    await writer.crash();
    relay.restore({ remembering: false });
    writer = await new ProviderPage(await provider.context.newPage()).open(portal.page('provider', 'dr-smith'));
    await expect(writer.field).toHaveValue('5: begun before the crash,');
    await expectSeen();
    await writer.page.getByRole('button', { name: /^(Come back|Start Call)$/ }).click();
    await Promise.all([expectFrames(patient.page), expectFrames(writer.page)]);
    await share('5: begun before the crash, and shared after it.');
    await expectSeen();
  });

  await test.step('the sign-in ends, and for a while there is no new one', async () => {
    gate.signInIsRefused = true;
    await writer.page.waitForResponse((answer) => answer.status() === 401 && answer.url().includes('/api/'), {
      timeout: 2 * (TOKEN_SECONDS + TOLERANCE_SECONDS) * 1_000,
    });
    await share('6: written while signed out.');
    await expect(writer.waiting).toBeVisible();
    expect(await textsOf(seen)).not.toContain('6: written while signed out.');
    await expectFrames(writer.page);
    gate.signInIsRefused = false;
    await expectSeen();
  });

  await test.step('the server is killed and started again', async () => {
    await portal.kill();
    await share('7: while there was no server.');
    await share('8: and another one.');
    await expect(writer.waiting.first()).toBeVisible();
    await portal.run();
    await expectSeen();
  });

  await test.step('in the end both screens and the server have the same, and of the draft nothing', async () => {
    const draft = 'What nobody but its writer reads.';
    await writer.write(draft);
    await expect(writer.kept).toBeVisible();
    await writer.settled(id, 20_000);
    await expect.poll(() => textsOf(writer.shared)).toEqual(shared);
    for (const person of ['sam', 'dr-smith']) {
      const { body } = await portal.api(person, 'GET', `/bookings/${id}/notes`);
      expect((body as { items: { content: string }[] }).items.map(({ content }) => content)).toEqual(shared);
    }
    expect(shared.map((text) => relay.hasSent(text))).toEqual(shared.map(() => true));
    for (const text of [draft, 'A thought that stays mine.']) expect(relay.hasSent(text), text).toBe(false);
    expect((await writer.writing(id)).drafts).toMatchObject([{ content: draft }]);
    await expect(patient.page.getByText(draft)).toHaveCount(0);
  });
});
