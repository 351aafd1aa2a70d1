import { expectMediaBothWays, selectedPaths } from '../support/net/media.js';
import { ENGINES, expect, test as base } from '../support/net/test.js';
import { TurnClient, credentialsFor } from '../support/net/turn-client.js';
import { TurnServer } from '../support/net/turn-server.js';
import { meet } from '../support/test.js';

interface Fixtures {
  transport: 'udp' | 'tcp';
  isOnly: boolean;
  relay: TurnServer;
}

const test = base.extend<Fixtures>({
  transport: ['udp', { option: true }],
  isOnly: [true, { option: true }],
  relay: async ({ network }, use) => {
    const relay = await TurnServer.start(network.place('relay'));
    await use(relay);
    await relay.stop();
  },
  settings: async ({ relay, transport, isOnly }, use) => {
    await use(relay.env(transport, { ACTIVE_SESSION_RELAY_ONLY: String(isOnly) }));
  },
});

for (const engine of ENGINES) {
  test.describe(engine, () => {
    test.use({ engine });

    test('relay only: the call goes by the relay on both sides, and nobody learns the other’s address', async ({
      portal,
      places,
      relay,
      patient,
      provider,
    }) => {
      await portal.book('sam', 'dr-smith');
      await meet(portal, patient, provider);
      await expectMediaBothWays(patient, provider);
      const { address } = relay.place;
      for (const { page } of [patient, provider]) {
        const relayed = { local: 'relay', remote: 'relay', address, remoteAddress: address };
        expect(await selectedPaths(page)).toMatchObject([relayed]);
      }
      // With the direct cable cut for media, it goes on as before.
      places.patient.lose({ of: 'udp', with: [places.provider.address] });
      await expectMediaBothWays(patient, provider);
      const theirs = await patient.page.evaluate(() =>
        window.callRecord.connections.map(({ remoteDescription }) => remoteDescription?.sdp ?? '').join(''),
      );
      expect(theirs).not.toContain(places.provider.address);
    });

    test('each ticket has credentials of its own, which end', async ({ portal, relay, patient, provider }) => {
      await portal.book('sam', 'dr-smith');
      await meet(portal, patient, provider);
      const credentials: RTCIceServer[] = [];
      for (const { page } of [patient, provider]) {
        const servers = await page.evaluate(() => window.callRecord.iceServers);
        const server = servers.findLast(({ username }) => username?.includes(':'));
        if (server === undefined) throw new Error('The connection has no relay.');
        credentials.push(server);
      }
      const [one, other] = credentials.map(({ username }) => username ?? '');
      expect(one).not.toEqual(other);
      for (const { username = '', credential = '' } of credentials) {
        const [ends] = username.split(':');
        expect(Number(ends) * 1_000).toBeGreaterThan(Date.now());
        expect(Number(ends) * 1_000).toBeLessThan(Date.now() + 5 * 3_600_000);
        expect(credential).toBe(
          credentialsFor(relay.secret, Number(ends), username.slice(username.indexOf(':') + 1)).credential,
        );
        expect(username).not.toMatch(/sam|smith/);
      }
    });

    test.describe('where only TCP passes', () => {
      test.use({ transport: 'tcp', isOnly: false });

      test('the call connects by the relay', async ({ portal, places, patient, provider }) => {
        places.patient.lose({ of: 'udp' });
        await portal.book('sam', 'dr-smith');
        await meet(portal, patient, provider);
        await expectMediaBothWays(patient, provider);
        expect(await selectedPaths(patient.page)).toMatchObject([{ local: 'relay', relayProtocol: 'tcp' }]);
      });
    });
  });
}

test.describe('what the relay refuses', () => {
  const inAnHour = (): number => Date.now() / 1_000 + 3_600;

  test('credentials that have ended, of another secret, or changed', async ({ relay }) => {
    const place = { address: relay.place.address, port: relay.port };
    const good = credentialsFor(relay.secret, inAnHour());
    const ask = async (credentials: typeof good): Promise<number> => {
      const client = new TurnClient(place, credentials);
      const code = await client.allocate();
      client.close();
      return code;
    };
    expect(await ask(good)).toBe(0);
    expect(await ask(credentialsFor(relay.secret, Date.now() / 1_000 - 60))).toBe(401);
    expect(await ask(credentialsFor('another secret', inAnHour()))).toBe(401);
    const later = `${String(Number.parseInt(good.username) + 86_400)}:somebody`;
    expect(await ask({ ...good, username: later })).toBe(401);
    expect(await ask({ username: 'peerjs', credential: 'peerjsp' })).toBe(401);
  });

  test('addresses of this machine and of the network that it stands in', async ({ relay, places }) => {
    const client = new TurnClient(
      { address: relay.place.address, port: relay.port },
      credentialsFor(relay.secret, inAnHour()),
    );
    expect(await client.allocate()).toBe(0);
    expect(await client.permit(relay.place.address)).toBe(0);
    const inner = [
      ...[
        '127.0.0.1',
        '127.1.2.3',
        '0.0.0.0',
        '10.0.0.1',
        '100.64.0.1',
        '169.254.169.254',
        '172.16.0.1',
        '192.168.1.1',
      ],
      places.server.address,
    ];
    for (const address of inner) expect(`${address} ${String(await client.permit(address))}`).toBe(`${address} 403`);
    // Not of the family that was asked for; were it, it would be denied.
    for (const address of ['0:0:0:0:0:0:0:1', 'fd00:0:0:0:0:0:0:1', '0:0:0:0:0:ffff:7f00:1']) {
      expect(await client.permit(address)).toBeGreaterThanOrEqual(400);
    }
    client.close();
  });
});
