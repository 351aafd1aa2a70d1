import type { ProviderNote } from '@active-session/core';
import { NOTE } from './fixtures.js';

/** One of each kind that matters: labelled, with links and lines, withdrawn. */
export const NOTES: readonly ProviderNote[] = [
  { ...NOTE, id: 'n1', timestamp: '2026-01-07T10:12:00.000Z', kind: 'diagnosis', content: 'Mild tension headache.' },
  { ...NOTE, id: 'n2', kind: 'follow-up' },
  {
    ...NOTE,
    id: 'n3',
    timestamp: '2026-01-07T10:33:00.000Z',
    kind: 'resource',
    content:
      'Exercises for the neck:\nhttps://www.nhs.uk/conditions/neck-pain/ (twice a day)\n\nStop if it hurts. Questions? Write to mailto:care@clinic.example or call tel:+44-20-7946-0000 on weekdays.',
  },
  { ...NOTE, id: 'n4', timestamp: '2026-01-07T10:35:00.000Z', content: '', withdrawnAt: '2026-01-07T10:36:00.000Z' },
];

/** A dose was wrong, and is corrected later. */
export const CORRECTED: readonly ProviderNote[] = [
  {
    ...NOTE,
    id: 'c1',
    timestamp: '2026-01-07T10:12:00.000Z',
    kind: 'prescription',
    content: 'Ibuprofen 600 mg, three times a day with food.',
  },
  { ...NOTE, id: 'c2', timestamp: '2026-01-07T10:20:00.000Z', content: 'Drink enough water.' },
  {
    ...NOTE,
    id: 'c3',
    timestamp: '2026-01-07T10:28:00.000Z',
    kind: 'prescription',
    amends: 'c1',
    content: 'Ibuprofen 400 mg, three times a day with food. Please do not take 600 mg.',
  },
];

const TEXTS = [
  'Follow-up in 2 weeks. Prescribed medication X.',
  'Stretch your neck twice a day, slowly, for five minutes. Stop if it hurts more than it pulls.',
  'Café au lait spots: nothing to worry about. We look at them again next year.',
  'Drink enough water.\nSleep eight hours.\nWalk for half an hour, every day, in daylight if you can.',
  'More about this: https://www.nhs.uk/conditions/tension-headaches/',
];
const KINDS = [undefined, 'diagnosis', 'recommendation', 'follow-up', 'resource', 'prescription'] as const;

/** As many notes as one likes, a minute apart. */
export function manyNotes(count: number, start = Date.UTC(2026, 0, 7, 9)): readonly ProviderNote[] {
  return Array.from({ length: count }, (_, index) => manyNote(index, start));
}

export function manyNote(index: number, start = Date.UTC(2026, 0, 7, 9)): ProviderNote {
  const kind = KINDS[index % KINDS.length];
  return {
    id: `m${index}`,
    providerName: index % 7 === 3 ? 'Dr. Lee' : 'Dr. Smith',
    timestamp: new Date(start + index * 60_000).toISOString(),
    content: `${TEXTS[index % TEXTS.length] ?? ''} (${index + 1})`,
    ...(kind === undefined ? {} : { kind }),
  };
}
