import type { Ticket } from '@active-session/core';
import { nativeLies, peerLies, shownIn, spy, type Known, type Targets } from '../support/attack.js';
import { Attacker, openNative, openPeer } from '../support/attacker.js';
import { listen, type Hearing } from '../support/hearing.js';
import { expectMediaBothWays, statesSince } from '../support/net/media.js';
import { recordCall } from '../support/net/recorder.js';
import { Portal, type Engine } from '../support/portal.js';
import type { RawSocket } from '../support/raw-socket.js';
import { expect, meet, remoteVideo, test as base, type Person } from '../support/test.js';

const test = base.extend<{ engine: Engine; known: Known }>({
  engine: ['webrtc', { option: true }],
  portal: async ({ engine }, use) => {
    const portal = await Portal.start({ engine });
    await use(portal);
    await portal.stop();
  },
  // eslint-disable-next-line no-empty-pattern -- what Playwright wants
  known: async ({}, use) => use({ calls: new Set(), sdp: '', grants: [] }),
});

/** To each of the two, in one breath: less than what the server takes for a flood. */
const CALLS = 90;

/** What must be the same after an attack. */
interface Standing {
  readonly at: number;
  readonly connections: readonly number[];
  readonly streams: readonly (readonly string[])[];
  readonly shown: readonly string[];
  readonly said: readonly number[];
}

/** A patient and a provider in their call. */
interface Two {
  readonly id: string;
  readonly patient: Person;
  readonly provider: Person;
  readonly heard: readonly Hearing[];
}

/** Said of a network that is too weak for a picture: on a machine with much to do that comes and goes by itself. */
const OF_WEAK_NETWORKS = /connection (?:of .+ )?is (?:weak|well|good|not very good|poor)|You see .+ well again/;

/** Who attacks is a patient of this provider, too: that they came is true, and what the provider's queue is for. */
const OF_THE_NEXT_PATIENT = 'Lee Kowalski is waiting.';

const pagesOf = ({ patient, provider }: Two) => [patient.page, provider.page] as const;

async function standingOf(two: Two): Promise<Standing> {
  const each = <T>(read: () => T | Promise<T>): Promise<T[]> =>
    Promise.all(pagesOf(two).map((page) => page.evaluate(read)));
  return {
    at: performance.timeOrigin + performance.now(),
    connections: await each(() => window.callRecord.connections.length),
    streams: await each(() =>
      [...window.callRecord.connections].flatMap((connection) =>
        connection.getReceivers().map(({ track }) => `${track.id} ${track.readyState}`),
      ),
    ),
    shown: await each(shownIn),
    said: two.heard.map(({ said }) => said.length),
  };
}

/** Nothing got through: no connection more, the same streams, nothing said on any page, picture and sound go on. */
async function expectUntouched(two: Two, before: Standing): Promise<void> {
  await expectMediaBothWays(two.patient, two.provider);
  const after = await standingOf(two);
  expect(after.connections).toEqual(before.connections);
  expect(after.streams).toEqual(before.streams);
  expect(after.shown).toEqual(before.shown);
  const saidSince = two.heard.flatMap(({ said }, at) => said.slice(before.said[at]));
  const isNews = (text: string): boolean => text !== OF_THE_NEXT_PATIENT && !OF_WEAK_NETWORKS.test(text);
  expect(saidSince.filter(isNews)).toEqual([]);
  for (const page of pagesOf(two)) expect(await statesSince(page, before.at)).toEqual([]);
}

async function begin(portal: Portal, patient: Person, provider: Person, known: Known): Promise<Two> {
  const { id } = await portal.book('sam', 'dr-smith');
  const heard: Hearing[] = [];
  for (const person of [patient, provider]) {
    const { page, context, troubles } = person;
    spy(page, known);
    heard.push(await listen(person));
    await context.addInitScript(recordCall);
    page.on('console', (message) => {
      if (message.type() === 'error') (troubles as string[]).push(message.text());
    });
  }
  await meet(portal, patient, provider);
  return { id, patient, provider, heard };
}

/** Each of the two is spoken to in the name of the other. */
async function targetsOf(portal: Portal, booking: string): Promise<Targets[]> {
  const { body } = await portal.api('dr-smith', 'GET', `/bookings/${booking}`);
  const { parties } = body as { parties: { seat: string; peerId: string }[] };
  const [patient, provider] = ['patient', 'provider'].map((seat) => parties.find((party) => party.seat === seat));
  if (!patient || !provider) throw new Error('Both are in the call.');
  return [
    [patient, provider],
    [provider, patient],
  ].map(([to, as]) => ({ seat: to!.seat, peerId: to!.peerId, asSeat: as!.seat, asPeerId: as!.peerId }));
}

/** All sockets that a ticket gives. */
async function socketsOf({ engineGrant, signalling, peerId }: Ticket): Promise<RawSocket[]> {
  if (signalling === undefined) throw new Error('A ticket is for the channel, too.');
  const native = await openNative(signalling);
  return engineGrant === undefined ? [native] : [native, await openPeer(engineGrant, peerId)];
}

/** Every lie on every socket, and waits until the server has taken them all. */
async function lie([native, peer]: RawSocket[], targets: readonly Targets[], known: Known): Promise<void> {
  for (const target of targets) {
    for (const message of nativeLies(target, known)) native?.send(message);
    for (const message of peer === undefined ? [] : peerLies(target, known)) peer?.send(message);
  }
  native?.send({ type: 'ping' });
  await native?.next('pong');
  if (peer !== undefined) {
    peer.send({ type: 'CANDIDATE', dst: 'nobody', payload: { type: 'media' } });
    await expect.poll(() => peer.received.some(({ src }) => src === 'nobody')).toBe(true);
  }
}

/** What did not pass on a socket that was open: one entry for each socket and kind, however much was sent. */
const isOfSocket = ({ subject }: { readonly subject: string | null }): boolean =>
  subject?.startsWith('signalling:') === true;

/** A guest whom the provider has let in, and whose page says nothing yet. */
async function letIn(portal: Portal, booking: string): Promise<Attacker> {
  const guest = await Attacker.guest(portal, 'Maria Lopez', booking);
  await guest.ticket();
  await guest.report('waiting');
  const { status } = await portal.api('dr-smith', 'POST', `/bookings/${booking}/admit`, { seat: 'guest-1' });
  expect(status).toBe(200);
  return guest;
}

/** What the two see of each other: streams that are shown and move. */
function streamsOf(two: Two): Promise<(string | undefined)[]> {
  return Promise.all(
    pagesOf(two).map((page) =>
      remoteVideo(page).evaluate((video) =>
        video instanceof HTMLVideoElement && video.srcObject instanceof MediaStream
          ? video.srcObject
              .getTracks()
              .map(({ id, readyState }) => `${id} ${readyState}`)
              .join()
          : undefined,
      ),
    ),
  );
}

function connectionsOf(two: Two): Promise<{ made: number; open: number }[]> {
  return Promise.all(
    pagesOf(two).map((page) =>
      page.evaluate(() => ({
        made: window.callRecord.connections.length,
        open: window.callRecord.connections.filter(({ connectionState }) => connectionState !== 'closed').length,
      })),
    ),
  );
}

/** Runs in the page: how many others are seen. */
function picturesIn(): number {
  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot === null ? [] : all(one.shadowRoot))]);
  return all(document).filter(
    (one) => one instanceof HTMLVideoElement && one.matches('video.remote:not([hidden])') && one.videoWidth > 0,
  ).length;
}

/** Whether the server gives nothing for a grant, on whichever of its two ways. */
async function isRefused(attempt: Promise<RawSocket>): Promise<boolean> {
  return attempt.then(
    (socket) => {
      socket.close();
      return false;
    },
    () => true,
  );
}

for (const engine of ['webrtc', 'peerjs'] as const) {
  test.describe(`engine ${engine}`, () => {
    test.use({ engine });

    test(`a patient with a session of their own reaches nobody of another one (${engine})`, async ({
      portal,
      patient,
      provider,
      known,
    }) => {
      const two = await begin(portal, patient, provider, known);
      const { id } = two;
      const own = await portal.book('lee', 'dr-smith');
      const lee = await Attacker.patient(portal, 'lee', own.id);
      const targets = await targetsOf(portal, id);
      const before = await standingOf(two);

      await test.step('by the routes', async () => {
        for (const [method, what, body] of [
          ['GET', '', undefined],
          ['POST', '/seat', { holder: 'attacker', takeOver: true }],
          ['POST', '/join', { lease: portal.seats()[0]?.lease }],
          ['POST', '/leave', { lease: portal.seats()[0]?.lease }],
          ['PUT', '/presence', { lease: portal.seats()[0]?.lease, state: 'waiting' }],
          ['POST', '/guests', { name: 'Lee', kind: 'family' }],
        ] as const)
          expect([what, (await lee.ask(method, `/bookings/${id}${what}`, body)).status]).toEqual([what, 404]);
      });

      await test.step('with grants that others have used, and with their peer ids', async () => {
        expect(known.grants.length).toBeGreaterThan(1);
        for (const { url, token, peerId } of known.grants) {
          const grant = { url, token, expiresAt: '' };
          expect(await isRefused(openNative(grant))).toBe(true);
          expect(await isRefused(openPeer(grant, peerId))).toBe(true);
        }
        for (const { peerId } of targets) {
          const { engineGrant, signalling } = await lee.ticket();
          for (const grant of [engineGrant, signalling])
            if (grant !== undefined) expect(await isRefused(openPeer(grant, peerId))).toBe(true);
        }
      });

      await test.step('by every message', async () => {
        expect(known.calls.size).toBeGreaterThan(0);
        await lie(await socketsOf(await lee.ticket()), targets, known);
      });

      await expectUntouched(two, before);
      const denied = portal.denied();
      expect(denied.filter((one) => one.actor === 'lee' && one.booking === id && !isOfSocket(one))).toHaveLength(6);
      // By a peer id they got at the two; on the channel they named seats, and theirs alone is there.
      const unheard = denied.filter((one) => one.actor === 'lee' && isOfSocket(one));
      expect(unheard.map(({ booking, subject }) => [booking === id, subject])).toEqual([
        [false, 'signalling:own-seat'],
        ...(engine === 'peerjs' ? [[true, 'signalling:another-booking']] : []),
      ]);
      expect(denied.filter(({ subject, booking }) => subject === 'signalling' && booking === id).length).toBe(
        known.grants.length,
      );
    });

    test(`a guest who is not let in reaches nobody (${engine})`, async ({ portal, patient, provider, known }) => {
      const two = await begin(portal, patient, provider, known);
      const { id } = two;
      const guest = await Attacker.guest(portal, 'Maria Lopez', id);
      const sockets = await socketsOf(await guest.ticket());
      await guest.report('waiting');
      // That somebody asks is shown; what they send is not.
      await expect(provider.page.getByRole('button', { name: /^Let in/ })).toBeVisible();
      const targets = await targetsOf(portal, id);
      const before = await standingOf(two);
      expect((await guest.parties()).map(({ peerId }) => peerId).filter((peerId) => peerId !== null)).toHaveLength(1);
      await lie(sockets, targets, known);
      await expectUntouched(two, before);
      const unheard = portal.denied().filter(isOfSocket);
      expect(unheard.map(({ booking, subject }) => [booking, subject])).toEqual(
        sockets.map(() => [id, 'signalling:not-admitted']),
      );
      for (const { actor } of unheard) expect(actor).toMatch(/^guest:/);
      for (const what of ['/admit', '/complete', '/guests', '/notes'])
        expect([what, (await guest.ask('POST', `/bookings/${id}${what}`, { seat: 'guest-1' })).status]).toEqual([
          what,
          403,
        ]);
    });

    test(`a guest who is let in speaks for nobody but themselves (${engine})`, async ({
      portal,
      patient,
      provider,
      known,
    }) => {
      const two = await begin(portal, patient, provider, known);
      const { id } = two;
      const guest = await letIn(portal, id);
      const targets = await targetsOf(portal, id);
      const before = await streamsOf(two);
      // What the lies name is what is spoken of: connections of the two, and calls that nobody has made.
      const sockets = await socketsOf(await guest.ticket());
      await guest.report('waiting');
      await lie(sockets, targets, known);
      await expectMediaBothWays(patient, provider);
      expect(await streamsOf(two)).toEqual(before);
      for (const page of pagesOf(two)) {
        expect(await page.evaluate(picturesIn)).toBe(1);
        expect((await statesSince(page, 0)).at(-1)?.state).toBe('connected');
      }
      for (const what of ['/admit', '/hold', '/complete', '/guests', '/notes', '/guests/guest-1/remove'])
        expect([what, (await guest.ask('POST', `/bookings/${id}${what}`, { seat: 'guest-1' })).status]).toEqual([
          what,
          403,
        ]);
    });

    test(`a guest who is let in can call without end, and the call of the two goes on (${engine})`, async ({
      portal,
      patient,
      provider,
      known,
    }) => {
      const two = await begin(portal, patient, provider, known);
      const { id } = two;
      const guest = await letIn(portal, id);
      const ticket = await guest.ticket();
      const [native, peer] = await socketsOf(ticket);
      await guest.report('waiting');
      const before = await streamsOf(two);
      for (const { seat, peerId } of await targetsOf(portal, id)) {
        for (let at = 0; at < CALLS; at += 1) {
          const [call, { sdp }] = [crypto.randomUUID(), known];
          const payload = { type: 'media', connectionId: call, sdp: { type: 'offer', sdp } };
          if (peer === undefined)
            native?.send({ seat, type: 'offer', payload: { call, round: 1, sdp, from: ticket.peerId, to: peerId } });
          else peer.send({ type: 'OFFER', dst: peerId, payload });
        }
      }
      await expectMediaBothWays(patient, provider);
      expect(await streamsOf(two)).toEqual(before);
      const open = (await connectionsOf(two)).map((connections) => connections.open);
      // Each of the two has one with the other and one with the guest, who never sends a byte.
      for (const count of open) expect(count).toBeLessThanOrEqual(3);
      await provider.page.reload();
      await provider.page.getByRole('button', { name: /Sam Rivera/ }).click();
      await provider.page.getByRole('button', { name: 'Come back' }).click();
      await expectMediaBothWays(patient, provider);
    });

    test(`who floods is shut out, and nobody else feels it (${engine})`, async ({
      portal,
      patient,
      provider,
      known,
    }) => {
      const two = await begin(portal, patient, provider, known);
      const { id } = two;
      const lee = await Attacker.patient(portal, 'lee', (await portal.book('lee', 'dr-smith')).id);
      const targets = await targetsOf(portal, id);
      const before = await standingOf(two);
      const big = 'x'.repeat(64 * 1024 - 200);
      const floods: Readonly<Record<string, readonly [message: unknown, code: number]>> = {
        messages: [{ seat: 'patient', dst: targets[0]?.peerId, type: 'CANDIDATE', payload: { type: 'media' } }, 1008],
        'frames of 64 kB': [{ seat: 'patient', dst: targets[0]?.peerId, type: 'offer', payload: { sdp: big } }, 1008],
        'frames that are larger': ['x'.repeat(64 * 1024 + 1), 1009],
        'no JSON': ['{', 1008],
        bytes: [new ArrayBuffer(100), 1008],
        'deep nesting': ['['.repeat(5_000) + ']'.repeat(5_000), 1008],
        'no type': [{ seat: 'patient' }, 1008],
      };
      for (const [name, [message, code]] of Object.entries(floods)) {
        await lee.comeBack();
        for (const socket of await socketsOf(await lee.ticket())) {
          let ended: { code: number; reason: string } | undefined;
          void socket.closed.then((how) => (ended = how));
          await expect
            .poll(
              () => {
                socket.flood(message);
                // Who does not listen for the reason any more is cut off without one.
                return ended?.code === 1006 ? code : ended?.code;
              },
              { message: name, intervals: [50] },
            )
            .toBe(code);
        }
      }
      await expectUntouched(two, before);
      await lee.comeBack();
      for (const socket of await socketsOf(await lee.ticket())) expect(socket.isOpen).toBe(true);
      await patient.page.reload();
      await patient.page.getByRole('tab', { name: 'Active Session' }).click();
      await patient.page.getByRole('button', { name: 'Come back' }).click();
      await expectMediaBothWays(patient, provider);
    });
  });
}
