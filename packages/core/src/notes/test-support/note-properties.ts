import fc from 'fast-check';
import { holds, type NamedProperty } from '../../test-support/named-property.js';
import { mergeNotes, noteKey } from '../note.rules.js';
import type { ProviderNote } from '../note.schema.js';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 7, 10);
const iso = (ms: number): string => new Date(START + ms).toISOString();

/** A chart in which every id stands for one note, as a backend keeps it; some were withdrawn. */
const anyChart: fc.Arbitrary<ProviderNote[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.option(fc.constantFrom('1', '2', '10', 'a', '__proto__', 'constructor'), { nil: undefined }),
      minute: fc.integer({ min: 0, max: 3 }),
      content: fc.constantFrom('a', 'b'),
      providerName: fc.constantFrom('Dr. Smith', 'Dr. Jones'),
      withdrawn: fc.boolean(),
    })
    .map(({ id, minute, withdrawn, ...rest }) => ({
      ...rest,
      timestamp: iso(minute * MINUTE),
      ...(id === undefined ? {} : { id }),
      ...(withdrawn && id !== undefined ? { withdrawnAt: iso(minute * MINUTE + 1) } : {}),
    })),
  { selector: noteKey, maxLength: 7 },
);

/** What a page gets of a chart over time: each note any number of times, one that was withdrawn as it was before too. */
const anyArrival = anyChart.chain((chart) =>
  fc.record({
    chart: fc.constant(chart),
    arrivals:
      chart.length === 0 ? fc.constant<ProviderNote[]>([]) : fc.array(fc.constantFrom(...chart), { maxLength: 6 }),
    before:
      chart.length === 0
        ? fc.constant<ProviderNote[]>([])
        : fc.array(fc.constantFrom(...chart).map(asBefore), { maxLength: 6 }),
    parts: fc.integer({ min: 1, max: 4 }),
  }),
);

function asBefore(note: ProviderNote): ProviderNote {
  const { withdrawnAt: _, ...before } = note;
  return before;
}

/** Notes, however they arrive: in parts, twice, in any order, and as they were before they were withdrawn. */
export function noteProperties(merge = mergeNotes): readonly NamedProperty[] {
  return [
    holds(
      'the page shows the chart, in its order, each note once',
      fc.property(anyArrival, ({ chart, arrivals, before, parts }) => {
        const got = [...before, ...arrivals, ...chart];
        const size = Math.ceil(got.length / parts) || 1;
        let shown: readonly ProviderNote[] = [];
        for (let at = 0; at < got.length; at += size) shown = merge(shown, got.slice(at, at + size));
        const expected = chart.toSorted(
          (a, b) =>
            Date.parse(a.timestamp) - Date.parse(b.timestamp) || ((a.id ?? noteKey(a)) < (b.id ?? noteKey(b)) ? -1 : 1),
        );
        return JSON.stringify(shown) === JSON.stringify(expected);
      }),
    ),
    holds(
      'what was withdrawn stays so, and what is shown is not changed by what comes under its id',
      fc.property(anyArrival, fc.constantFrom('x', ''), ({ chart, before }, content) => {
        const shown = merge([], chart);
        const others = before.filter(({ id }) => id !== undefined).map((note) => ({ ...note, content }));
        const after = merge(shown, others);
        return JSON.stringify(after) === JSON.stringify(shown);
      }),
    ),
    holds(
      'merging changes nothing that it was given',
      fc.property(anyArrival, ({ chart, arrivals }) => {
        const given = JSON.stringify(chart);
        merge(Object.freeze(chart), Object.freeze(arrivals));
        return JSON.stringify(chart) === given;
      }),
    ),
  ];
}
