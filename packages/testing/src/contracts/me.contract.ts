import { draftKeySchema, meSchema, parse, toInstant } from '@active-session/core';
import { assert, equal, refused } from './assert.js';
import { suite, type BackendHarness, type ContractTest } from './harness.js';

/** Who is signed in, what time it is, and what is only theirs. */
export function meContract(harness: BackendHarness): readonly ContractTest[] {
  const test = suite(harness, 'me');
  return [
    test(
      'says who is signed in',
      { rule: 1, needs: ['getMe'] },
      async ({ patient, provider, stranger, providerId }) => {
        const me = parse(meSchema, await patient.me(), 'me');
        equal(me.role, 'patient', 'role');
        const doctor = await provider.me();
        equal([doctor.role, doctor.id], ['provider', providerId], 'the provider');
        assert((await stranger.me()).id !== me.id, 'another sign-in is another person');
      },
    ),
    test('says the server’s time', { rule: 3, needs: ['getMe'] }, async ({ patient, now }) => {
      const first = toInstant((await patient.me()).serverTime);
      assert(Math.abs(first - now()) < 5_000, 'serverTime is the server’s time');
      assert(toInstant((await patient.me()).serverTime) >= first, 'it does not go back');
    }),
    test(
      'the server’s time is what is measured',
      { rule: 3, needs: ['getMe'] },
      async ({ patient: { backend }, now, signal }) => {
        const samples: number[] = [];
        backend.time?.subscribe(({ serverTime }) => void samples.push(serverTime));
        await backend.time?.measure({ signal });
        const [serverTime] = samples;
        assert(serverTime !== undefined && Math.abs(serverTime - now()) < 5_000, 'an answer shows the server’s time');
      },
    ),
    test(
      'a provider’s key for drafts is theirs alone, and stays',
      { rule: 11, needs: ['getDraftKey'] },
      async ({ patient, provider }) => {
        const key = parse(draftKeySchema, await provider.draftKey(), 'draft key');
        equal(await provider.draftKey(), key, 'the key, asked for again');
        await refused(patient.draftKey(), ['forbidden'], 'a patient');
      },
    ),
    test('each provider has another key', { rule: 11, needs: ['getDraftKey'] }, async (context) => {
      const other = await context.other().actor.draftKey();
      assert(other.key !== (await context.provider.draftKey()).key, 'the keys differ');
    }),
  ];
}
