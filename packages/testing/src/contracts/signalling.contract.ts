import type { Grant, NetworkTest, SignallingChannel, SignallingMessage } from '@active-session/core';
import { networkTestSchema, parse } from '@active-session/core';
import type { Actor } from './actor.js';
import { equal, NotCheckable, present, refused } from './assert.js';
import { suite, type BackendHarness, type ContractContext, type ContractTest } from './harness.js';
import { bothWait, join, SESSION, type Seated } from './session.js';

type Message = SignallingMessage | { readonly type: 'closed' };

/** The backend's own signalling channel: one use a grant, one booking a conversation. */
export function signallingContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'signalling');
  const needs = [...SESSION, 'signalling'] as const;
  return [
    test('the two of a booking talk, and each is named by the server', { rule: 5, needs }, async (context) => {
      const { id } = await context.openBooking();
      const { hers, his } = await bothOpen(context, await bothWait(context, id));
      const heard = hear(hers);
      his.send({ seat: 'patient', type: 'ice-restart', payload: { round: 1 } });
      await context.eventually('the patient heard the provider', () => heard.length > 0);
      equal(heard, [{ seat: 'provider', type: 'ice-restart', payload: { round: 1 } }], 'what was heard');
    }),
    test('a grant opens one channel, once, for its own person', { rule: 5, needs }, async (context) => {
      const { patient } = context;
      const { id } = await context.openBooking();
      const { patients } = await bothWait(context, id);
      const grant = grantOf(patients);
      const channel = await open(context, patient, grant);
      await refused(open(context, patient, grant), ['forbidden'], 'the same grant again');
      await refused(open(context, patient, { ...grant, token: 'guessed' }), ['forbidden'], 'a guessed one');
      channel.close();
    }),
    test('nobody is heard in another booking', { rule: 5, needs }, async (context) => {
      const [here, there] = [await context.openBooking(), await context.openBooking()];
      const { hers, his } = await bothOpen(context, await bothWait(context, here.id));
      const elsewhere = await open(context, context.provider, grantOf(await join(context.provider, there.id)));
      const heard = hear(hers);
      elsewhere.send({ seat: 'patient', type: 'from-elsewhere', payload: null });
      his.send({ seat: 'patient', type: 'from-here', payload: null });
      await context.eventually('the patient heard the provider', () => heard.length > 0);
      equal(
        heard.map(({ type }) => type),
        ['from-here'],
        'what was heard',
      );
    }),
    test(
      'the end of the session ends the channel',
      { rule: 6, needs: [...needs, 'completeBooking'] },
      async (context) => {
        const { id } = await context.openBooking();
        const { hers } = await bothOpen(context, await bothWait(context, id));
        const heard = hear(hers);
        await context.provider.complete(id);
        await context.eventually('the channel is closed', () => heard.some(({ type }) => type === 'closed'));
      },
    ),
    test(
      'nothing is forwarded to or from who is held',
      { rule: 9, needs: [...needs, 'admitPatient', 'holdPatient'] },
      async (context) => {
        const { id } = await context.openBooking();
        const { hers, his } = await bothOpen(context, await bothWait(context, id));
        const heard = hear(hers);
        await context.provider.hold(id);
        his.send({ seat: 'patient', type: 'offer', payload: 'while held' });
        // It goes the same way as the message before it, so when the last one is here the first one was dropped.
        await context.provider.admit(id);
        const say = (): void => {
          his.send({ seat: 'patient', type: 'offer', payload: 'when admitted' });
        };
        await context.eventually('the patient hears again', () => {
          if (heard.length === 0) say();
          return heard.length > 0;
        });
        const payloads = heard.map((message) => ('payload' in message ? message.payload : null));
        equal([...new Set(payloads)], ['when admitted'], 'what was heard');
      },
    ),
    test(
      'the check before the call has a channel that answers',
      { rule: 9, needs: ['testNetwork', 'signalling'] },
      async (context) => {
        const test: NetworkTest = parse(networkTestSchema, await context.patient.testNetwork(), 'network test');
        const channel = await open(context, context.patient, test.probe);
        const heard = hear(channel);
        channel.send({ seat: '', type: 'probe', payload: { sent: 1 } });
        await context.eventually('the probe came back', () => heard.length > 0);
        equal(
          heard.map((message) => ('payload' in message ? message.payload : null)),
          [{ sent: 1 }],
          'what came back',
        );
      },
    ),
  ];
}

async function bothOpen(
  context: ContractContext,
  { patients, providers }: { patients: Seated; providers: Seated },
): Promise<{ hers: SignallingChannel; his: SignallingChannel }> {
  return {
    hers: await open(context, context.patient, grantOf(patients)),
    his: await open(context, context.provider, grantOf(providers)),
  };
}

function grantOf({ ticket }: Seated): Grant {
  if (ticket.signalling === undefined) throw new NotCheckable('its tickets name no channel of its own');
  return ticket.signalling;
}

async function open({ signal }: ContractContext, { backend }: Actor, grant: Grant): Promise<SignallingChannel> {
  return present(backend.signalling, 'a signalling channel').open(grant, { signal });
}

function hear(channel: SignallingChannel): readonly Message[] {
  const heard: Message[] = [];
  channel.subscribe((message) => void heard.push(message));
  return heard;
}
