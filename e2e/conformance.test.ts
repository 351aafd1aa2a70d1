import { listen } from '@active-session/server';
import { checkBackend, type Tokens } from '@active-session/testing/conformance';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { startServer, type Person, type RunningServer } from './support/reference.js';

async function start(): Promise<{ server: RunningServer; tokens: Tokens }> {
  const server = await startServer();
  onTestFinished(() => server.dispose());
  const [patient, provider, stranger, otherProvider] = await Promise.all(
    (['ann', 'dr-smith', 'ben', 'dr-jones'] as const).map((person) => server.token(person)),
  );
  if (patient === undefined || provider === undefined || stranger === undefined) throw new Error('There are four.');
  return { server, tokens: { patient, provider, stranger, otherProvider } };
}

/** The two addresses that `docs/backend.md` asks of a team that wants everything checked. */
async function startFixtures({ putBooking, advance }: RunningServer): Promise<string> {
  const app = new Hono()
    .post('/bookings', async (c) => {
      const { patient, provider, dateTime } = await c.req.json<
        Record<'patient' | 'provider', Person> & { dateTime: string }
      >();
      return c.json(await putBooking({ patient, provider, start: Date.parse(dateTime) }), 201);
    })
    .post('/clock', async (c) => {
      await advance((await c.req.json<{ advance: number }>()).advance);
      return c.body(null, 204);
    });
  const listening = await listen(app.fetch.bind(app), { host: '127.0.0.1', port: 0 });
  onTestFinished(() => listening.stop());
  return `http://127.0.0.1:${String(listening.port)}`;
}

test('the reference server holds every promise', async () => {
  const { server, tokens } = await start();
  const fixtures = await startFixtures(server);
  const report = await checkBackend({ endpoint: server.endpoint, tokens, fixtures });
  expect(report.rules.flatMap(({ broken }) => broken)).toEqual([]);
  expect(report.form).toMatchObject({ broken: [], faults: [] });
  expect(report.rules.flatMap(({ notChecked }) => notChecked)).toEqual([]);
  expect(report.capabilities.filter(({ state }) => state !== 'offered')).toEqual([]);
  expect(report.answers).toEqual({ serverTime: 'offered', problemDetails: 'offered' });
  expect(report.passed).toBe(true);
});

test('without fixtures it holds what can be asked by its own routes', async () => {
  const { server, tokens } = await start();
  const report = await checkBackend({ endpoint: server.endpoint, tokens });
  expect(report.rules.flatMap(({ broken }) => broken)).toEqual([]);
  expect(report.passed).toBe(true);
  expect(new Set(report.rules.flatMap(({ notChecked }) => notChecked.map(({ because }) => because)))).toEqual(
    new Set([
      'a booking that has begun is needed: nobody can book one, fixtures can',
      'the server’s clock can not be moved here',
    ]),
  );
});
