import { describe, expect, it } from 'vitest';
import type { Backend } from '../ports/backend.port.js';
import { isRejected } from '../test-support/named-property.js';
import { historyRaces, type Plant } from './test-support/history-races.js';

const SEED = 20_260_107;

it('whatever happens meanwhile, once all is read a history shows what its backend has', async () => {
  const { report } = await historyRaces().check({ seed: SEED, runs: 400 });
  expect(report).toBe('');
}, 120_000);

describe('the property rejects', () => {
  const withHistory =
    (change: (history: NonNullable<Backend['notes']['history']>) => NonNullable<Backend['notes']['history']>): Plant =>
    ({ notes, ...rest }) => ({ ...rest, notes: { ...notes, history: change(notes.history!.bind(notes)) } });

  it.each<[string, Plant]>([
    [
      'a page that is left out',
      withHistory((read) => async (...given) => ({ ...(await read(...given)), cursor: undefined })),
    ],
    [
      'one that is left out',
      withHistory((read) => async (...given) => {
        const page = await read(...given);
        return { ...page, items: page.items.slice(1) };
      }),
    ],
    ['no events', ({ events: _, ...backend }) => backend],
  ])('%s', async (_, plant) => {
    expect(await isRejected([historyRaces(plant)], { seed: SEED, runs: 100 })).toBe(true);
  });
});
